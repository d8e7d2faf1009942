package dev.drover;

import dev.drover.api.http.Route;
import dev.drover.api.http.SocketRoute;
import dev.drover.core.machine.FleetNews;
import dev.drover.core.machine.Machines;
import dev.drover.core.runtime.Runtimes;
import dev.drover.provider.json.JacksonDocuments;
import java.util.ArrayList;
import java.util.List;

/** The Trinity dialect, over all the rooms that only it speaks of. */
record TrinityRooms(List<Route> routes, List<SocketRoute> sockets, TasksRoom tasks, Machines machines) {
    static TrinityRooms open(Core core, MachineSetup kept) {
        if (!core.ground().alone()) {
            core.closing()
                    .with(new FleetNews(
                            core.ground().notifications(),
                            kept.events(),
                            new JacksonDocuments(),
                            core.room().node()));
        }
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

    /** What other servers left is taken up from now on, and schedules fire. */
    void begin(Closing closing) {
        machines.begin();
        tasks.start(closing);
    }
}
