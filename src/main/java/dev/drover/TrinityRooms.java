package dev.drover;

import dev.drover.api.http.Route;
import dev.drover.api.http.SocketRoute;
import dev.drover.core.machine.Machines;
import dev.drover.core.runtime.Runtimes;
import java.util.ArrayList;
import java.util.List;

/** The Trinity dialect, over all the rooms that only it speaks of. */
record TrinityRooms(List<Route> routes, List<SocketRoute> sockets, TasksRoom tasks, Machines machines) {
    static TrinityRooms open(Core core, MachineSetup kept) {
        Machines machines = kept.start(core);
        List<Route> routes = new ArrayList<>(core.entrance().routes(() -> Runtimes.NAMES));
        TasksRoom tasks = TasksRoom.open(core.room(), core.runs(), kept, machines, core.ground());
        routes.addAll(tasks.routes());
        FleetRoom fleet = FleetRoom.open(core, machines, kept);
        routes.addAll(kept.routes(machines, fleet, core.book()));
        routes.addAll(fleet.routes(tasks::busy));
        routes.addAll(TerminalSetup.open(core, machines, kept.events()).routes(kept.path()));
        return new TrinityRooms(routes, fleet.sockets(core.entrance().access(), core.closing()), tasks, machines);
    }

    /** Schedules fire from now on. */
    void begin(Closing closing) {
        tasks.start(closing);
    }
}
