package dev.drover.core.run;

import dev.drover.core.computer.Keeper;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees to it that a run of an agent that keeps a computer is worked by the server that has it. */
final class Placing {
    private static final Logger log = LoggerFactory.getLogger(Placing.class);
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final RunRoom room;
    private final RunLog runLog;

    Placing(RunRoom room, RunLog runLog) {
        this.room = room;
        this.runLog = runLog;
    }

    /**
     * Returns when the run can be worked here, or nowhere for as long as is bearable: then it ends by what it lacks.
     *
     * @throws LeaseLost when it is another server's now
     */
    void settle(Held held, LiveRun live) throws LeaseLost, InterruptedException {
        Keeper first = keeper(held, live);
        Keeper keeper = first instanceof Keeper.Nowhere nowhere ? awaited(held, live, nowhere) : first;
        if (keeper instanceof Keeper.There there) {
            hand(held.lease(), live, there.node());
        }
    }

    private Keeper keeper(Held held, LiveRun live) {
        return live.undisturbed(() -> room.workshop().kept().keeper(held.run().agent()));
    }

    private Keeper awaited(Held held, LiveRun live, Keeper.Nowhere nowhere) throws LeaseLost, InterruptedException {
        note(held, live, nowhere);
        Keeper keeper = nowhere;
        long deadline = System.nanoTime() + nowhere.patience().toNanos();
        while (keeper instanceof Keeper.Nowhere && System.nanoTime() - deadline < 0) {
            Thread.sleep(LOOK);
            if (live.undisturbed(() -> room.stores().rows().held(held.lease())).isEmpty()) {
                throw new LeaseLost(held.run().id());
            }
            keeper = keeper(held, live);
        }
        return keeper;
    }

    /** Whoever looks at the run sees what it waits for, and until when. */
    private void note(Held held, LiveRun live, Keeper.Nowhere nowhere) throws LeaseLost {
        RunLogStore events = room.stores().events();
        String words = "Waiting at most %d s for its computer: %s."
                .formatted(nowhere.patience().toSeconds(), nowhere.why());
        LogEnd end = live.undisturbed(() -> events.end(held.run().id()));
        new LogWriter(runLog, held.lease(), end, RunUsage.NONE, room.workshop().clock()).append(new Entry.Noted(words));
    }

    private void hand(Lease lease, LiveRun live, UUID node) throws LeaseLost {
        Optional<UUID> handed = live.undisturbed(() -> room.transactions().call(() -> {
            if (!room.stores().rows().hand(lease, node)) {
                return Optional.empty();
            }
            room.notices().handed(lease, node);
            return Optional.of(node);
        }));
        if (handed.isPresent()) {
            live.handed();
            log.info("run {} is handed to server {}, which has the computer of its agent", lease.run(), node);
        }
        throw new LeaseLost(lease.run());
    }
}
