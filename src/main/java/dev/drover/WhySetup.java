package dev.drover;

import dev.drover.api.Routes;
import dev.drover.api.http.Route;
import dev.drover.api.jettson.JettsonReasons;
import dev.drover.core.health.Inspection;
import dev.drover.core.heartbeat.HeartbeatLogCheck;
import dev.drover.core.heartbeat.HeartbeatLogStore;
import dev.drover.core.heartbeat.HeartbeatWhys;
import dev.drover.core.heartbeat.StandingStore;
import dev.drover.core.overview.ReasonStore;
import dev.drover.core.overview.Reasons;
import dev.drover.core.run.LogCheck;
import dev.drover.core.run.SeenRuns;
import dev.drover.core.run.StuckRuns;
import dev.drover.core.run.Whys;
import dev.drover.provider.json.JacksonDocuments;
import dev.drover.provider.telemetry.StuckMeters;
import java.util.List;

/** Why agents do not move: one rule for whoever asks, for the check of all runs and for the metrics. */
record WhySetup(Reasons reasons, Inspection inspection) {
    static WhySetup open(Core core, BudgetSetup budgets, Telemetry telemetry) {
        var jdbi = core.ground().database().jdbi();
        Whys runs = new Whys(core.room());
        HeartbeatWhys heartbeats = new HeartbeatWhys(new StandingStore(
                jdbi, new JacksonDocuments(), core.settings().slaw().processes()));
        SeenRuns seen = new SeenRuns(core.room(), core.runs());
        StuckRuns stuck = new StuckRuns(
                List.of(runs::footings, heartbeats::footings),
                core.settings().relief().lease());
        StuckMeters.register(telemetry.meters(), stuck);
        return new WhySetup(
                new Reasons(
                        seen,
                        runs,
                        heartbeats,
                        budgets.budgets(),
                        new ReasonStore(jdbi),
                        core.settings().node().computerWait()),
                new Inspection(
                        stuck, new LogCheck(core.room().stores()), new HeartbeatLogCheck(new HeartbeatLogStore(jdbi))));
    }

    List<Route> routes() {
        return Routes.jettsonWhy(new JettsonReasons(reasons));
    }
}
