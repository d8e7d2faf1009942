package dev.drover;

import dev.drover.api.http.Route;
import dev.drover.api.http.SocketRoute;
import dev.drover.core.machine.Machines;
import java.util.ArrayList;
import java.util.List;

/** The Trinity dialect, over all the rooms that only it speaks of. */
record TrinityRooms(List<Route> routes, List<SocketRoute> sockets) {
    static TrinityRooms open(Core core, MachineSetup kept) {
        Machines machines = kept.start(core);
        List<Route> routes = new ArrayList<>(kept.routes(machines, core.book().audit()));
        FleetRoom fleet = FleetRoom.open(
                core.settings().fleet(), core.ground(), core.book(), machines, kept.events(), core.entrance().emails()::invite);
        routes.addAll(fleet.routes(core.runs()));
        routes.addAll(TerminalSetup.open(core, machines, kept.events()).routes(kept.path()));
        return new TrinityRooms(routes, fleet.sockets(core.entrance().access(), core.closing()));
    }
}
