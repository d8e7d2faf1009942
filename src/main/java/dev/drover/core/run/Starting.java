package dev.drover.core.run;

import dev.drover.core.access.Caller;
import dev.drover.core.id.RunId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/** Accepts further runs of agents that there are: the run, what its log begins with and its lease, all or nothing. */
final class Starting {
    /** Runs of one agent are numbered in turn: so many may wait for that, and leave connections to the rest. */
    private static final int AT_ONCE = 6;

    private final Semaphore places = new Semaphore(AT_ONCE, true);
    private final RunRoom room;
    private final RunWorker worker;
    private final SpawnChecks checks;

    Starting(RunRoom room, RunWorker worker) {
        this.room = room;
        this.worker = worker;
        this.checks = new SpawnChecks(room);
    }

    StartedRun start(Caller caller, StartRun order, Consumer<StartedRun> andStore) {
        checks.check(caller, order.brief().profile(), order.options());
        StartedRun started = stored(caller, order, andStore);
        if (order.options().webhook() != null) {
            room.hooks().kept();
        }
        worker.begin(new Lease(started.id(), 1));
        return started;
    }

    private StartedRun stored(Caller caller, StartRun order, Consumer<StartedRun> andStore) {
        places.acquireUninterruptibly();
        try {
            return room.transactions().call(() -> {
                // The agent is locked before anything refers to it, or one that is being deleted meets us halfway.
                StartedRun started = accept(caller, order);
                andStore.accept(started);
                return started;
            });
        } finally {
            places.release();
        }
    }

    private StartedRun accept(Caller caller, StartRun order) {
        Instant now = room.workshop().clock().instant().truncatedTo(ChronoUnit.MILLIS);
        room.admit(caller, now);
        int ordinal = room.agents().anotherRun(caller, order.agent());
        RunId run = new RunId(room.ids().next());
        room.stores()
                .rows()
                .insert(new Birth(
                        run,
                        order.agent(),
                        caller.user().id(),
                        ordinal,
                        caller.rateKey(),
                        order.task(),
                        "",
                        now,
                        room.node(),
                        order.options(),
                        order.lane(),
                        order.brief(),
                        first(order)));
        room.audit().record(caller.actor(), "agent.run", order.agent().toString(), "run " + run);
        room.notices().grown(Set.of(run));
        RunWebhook webhook = order.options().webhook();
        if (webhook != null) {
            room.hooks().keep(run, caller.user().id(), webhook);
        }
        room.hooks().changed(Map.of(run, RunStatus.SPAWNING), room.stores().views()::of);
        return new StartedRun(run, order.agent(), ordinal, now);
    }

    private static List<Entry> first(StartRun order) {
        List<Entry> first = new ArrayList<>();
        first.add(new Entry.Instructed(order.instructions()));
        order.messages().forEach(said -> first.add(new Entry.Spoken(said)));
        return first;
    }
}
