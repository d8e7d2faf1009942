package dev.drover;

import dev.drover.api.TrinityRoutes;
import dev.drover.api.http.Route;
import dev.drover.api.trinity.TrinityAgentPath;
import dev.drover.api.trinity.TrinityAutonomy;
import dev.drover.api.trinity.TrinityChat;
import dev.drover.api.trinity.TrinityExecutions;
import dev.drover.api.trinity.TrinityGlances;
import dev.drover.api.trinity.TrinitySchedules;
import dev.drover.api.trinity.TrinitySessions;
import dev.drover.api.trinity.TrinityTasks;
import dev.drover.core.execution.Activities;
import dev.drover.core.execution.ChatSessionStore;
import dev.drover.core.execution.Chats;
import dev.drover.core.execution.ExecutionRoom;
import dev.drover.core.execution.ExecutionStore;
import dev.drover.core.execution.Executions;
import dev.drover.core.execution.GlanceStore;
import dev.drover.core.id.AgentId;
import dev.drover.core.machine.Machines;
import dev.drover.core.run.RunObserver;
import dev.drover.core.run.RunObservers;
import dev.drover.core.run.RunRoom;
import dev.drover.core.run.Runs;
import dev.drover.core.schedule.Autonomy;
import dev.drover.core.schedule.Dispatcher;
import dev.drover.core.schedule.ScheduleRoom;
import dev.drover.core.schedule.ScheduleStore;
import dev.drover.core.schedule.Schedules;
import dev.drover.provider.cron.LibraryCrons;
import dev.drover.provider.json.JacksonEventCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Chat, tasks and schedules of agents that keep computers, and how the Trinity dialect speaks of them. */
record TasksRoom(
        ExecutionRoom room,
        Executions executions,
        ScheduleRoom scheduleRoom,
        Dispatcher dispatcher,
        GlanceStore glances,
        TrinityAgentPath path) {
    /** What is told of runs, and who tells those that watch agents. */
    static RunObserver watching(Telemetry telemetry, MachineSetup machines, Ground ground) {
        ExecutionStore store = new ExecutionStore(ground.database().jdbi(), new JacksonEventCodec());
        return new RunObservers(List.of(telemetry.observer(), new Activities(store, machines.events())));
    }

    /** Before anything is started. */
    static TasksRoom open(RunRoom room, Runs runs, MachineSetup setup, Machines machines, Ground ground) {
        var jdbi = ground.database().jdbi();
        JacksonEventCodec codec = new JacksonEventCodec();
        ExecutionRoom working = new ExecutionRoom(
                new ExecutionStore(jdbi, codec),
                new ChatSessionStore(jdbi),
                room.agents(),
                runs,
                machines,
                room.workshop().profiles(),
                setup.events(),
                ground.database(),
                room.audit(),
                room.workshop().plan(),
                room.ids(),
                room.workshop().clock());
        Executions executions = new Executions(working);
        ScheduleRoom scheduling = new ScheduleRoom(
                new ScheduleStore(jdbi, setup.specs().host()),
                new LibraryCrons(),
                executions,
                room.agents(),
                machines,
                ground.database(),
                ground.notifications(),
                room.audit(),
                room.ids(),
                room.workshop().clock());
        room.agents().whenDeleted(new Schedules(scheduling)::forget);
        return new TasksRoom(
                working,
                executions,
                scheduling,
                new Dispatcher(scheduling),
                new GlanceStore(jdbi, codec),
                setup.path());
    }

    List<Route> routes() {
        Schedules schedules = new Schedules(scheduleRoom);
        Chats chats = new Chats(room);
        List<Route> routes = new ArrayList<>(TrinityRoutes.tasks(
                new TrinityChat(chats, executions, path),
                new TrinitySessions(chats, executions, path),
                new TrinityTasks(executions, path),
                new TrinityExecutions(executions, path)));
        routes.addAll(TrinityRoutes.schedules(
                new TrinitySchedules(schedules, path),
                new TrinityAutonomy(new Autonomy(scheduleRoom), room.machines(), path)));
        routes.addAll(TrinityRoutes.glances(new TrinityGlances(glances, room.clock())));
        return routes;
    }

    /** The parallel tasks that an agent works on, by their ids. */
    List<String> busy(AgentId agent) {
        return executions.active(agent).stream().map(UUID::toString).toList();
    }

    /** When all else is. */
    void start(Closing closing) {
        closing.with(dispatcher);
        dispatcher.start();
    }
}
