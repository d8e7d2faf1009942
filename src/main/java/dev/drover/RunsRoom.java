package dev.drover;

import dev.drover.api.ConsoleRoutes;
import dev.drover.api.console.ConsoleRunLog;
import dev.drover.api.console.ConsoleRuns;
import dev.drover.api.http.Route;
import dev.drover.core.run.SeenRuns;
import java.util.List;

/** The runs of all dialects, for whoever may see them, and for as long as they are kept. */
record RunsRoom(List<Route> routes) {
    static RunsRoom open(Core core) {
        KeepSetup.open(core);
        SeenRuns runs = new SeenRuns(core.room(), core.runs());
        return new RunsRoom(ConsoleRoutes.runs(new ConsoleRuns(runs), new ConsoleRunLog(runs)));
    }
}
