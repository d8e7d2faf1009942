package dev.drover;

import dev.drover.api.ConsoleRoutes;
import dev.drover.api.Routes;
import dev.drover.api.console.ConsolePages;
import dev.drover.api.http.Hop;
import dev.drover.api.http.Route;
import dev.drover.api.http.Router;
import dev.drover.api.http.SocketRoute;
import java.util.ArrayList;
import java.util.List;

/** The console, and what looking at a whole server needs beyond the dialects. */
record ConsoleRooms(List<Route> routes, List<SocketRoute> sockets) {
    static ConsoleRooms open(
            Core core, TrinityRooms trinity, SlawRooms slaw, AdminRoom admin, MachineSetup kept, MakeSetup make) {
        List<Route> routes = new ArrayList<>(trinity.routes());
        routes.addAll(slaw.routes());
        routes.addAll(RunsRoom.open(core).routes());
        routes.addAll(admin.routes(core));
        routes.addAll(core.entrance().people().routes(core));
        routes.addAll(OverviewSetup.routes(core, make.connections().models(), kept.events()));
        routes.addAll(ApprovalSetup.routes(core));
        routes.addAll(BackupRoom.routes(core));
        List<SocketRoute> sockets = new ArrayList<>(trinity.sockets());
        ConsoleVisits visits = ConsoleVisits.open(core, trinity.machines());
        routes.addAll(visits.routes());
        sockets.addAll(visits.sockets());
        return new ConsoleRooms(routes, sockets);
    }

    /** The way to every path, with what describes them all; the pages are for people alone, and described to nobody. */
    Router routed(List<Route> others, Hop hop) {
        List<Route> all = new ArrayList<>(others);
        all.addAll(routes);
        List<Route> described = new ArrayList<>(Routes.described(all));
        described.addAll(ConsoleRoutes.pages(new ConsolePages()));
        return new Router(hop.over(described), hop.overSockets(sockets));
    }
}
