package dev.drover;

import dev.drover.api.ConsoleRoutes;
import dev.drover.api.console.ConsoleTerminals;
import dev.drover.api.console.ConsoleWorkspaces;
import dev.drover.api.http.Route;
import dev.drover.api.http.SocketRoute;
import dev.drover.core.agent.NamedAgentStore;
import dev.drover.core.agent.NamedAgents;
import dev.drover.core.machine.Machines;
import dev.drover.core.terminal.Visits;
import java.util.List;

/** People in agents' computers: terminals, and files to look at. */
record ConsoleVisits(List<Route> routes, List<SocketRoute> sockets) {
    static ConsoleVisits open(Core core, Machines machines) {
        NamedAgents agents =
                new NamedAgents(new NamedAgentStore(core.ground().database().jdbi()));
        Visits visits = new Visits(agents, machines, core.runs(), core.book().audit());
        return new ConsoleVisits(
                ConsoleRoutes.workspaces(new ConsoleWorkspaces(visits)),
                ConsoleRoutes.terminals(new ConsoleTerminals(
                        core.entrance().access()::identify, visits, ConsoleTerminals.USUAL_IDLENESS)));
    }
}
