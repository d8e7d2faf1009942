package dev.drover.core.run;

import dev.drover.core.Recurring;
import dev.drover.core.Refused;
import dev.drover.core.computer.Uninterrupted;
import dev.drover.core.id.RunId;
import dev.drover.core.usage.AgentTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps every unfinished run in somebody's hands. A node shows once a second that it lives, for all its runs at once;
 * the runs of one that has been silent for the time of a lease go to whoever sweeps next.
 */
public final class Leases implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Leases.class);
    private static final Duration BEAT = Duration.ofSeconds(1);
    static final Duration LEASE = Duration.ofSeconds(3);
    private static final Duration LONGEST_GOODBYE = Duration.ofSeconds(5);
    private static final int CLAIM_AT_ONCE = 200;
    private static final int BEATS_A_LOOK = 5;

    private final RunRoom room;
    private final NodeStore nodes;
    private final LiveRuns live;
    private final UUID node;
    private @Nullable Heart heart;

    public Leases(RunRoom room) {
        this.room = room;
        this.nodes = room.stores().nodes();
        this.live = room.liveRuns();
        this.node = room.node();
    }

    /**
     * Shows that this node lives, takes up what others left and clears away what they left of runs that are over.
     *
     * @param alone whether no other server can reach this database, so that what is left needs no waiting for
     */
    public void start(RunWorker worker, boolean alone, Recurring recurring) {
        nodes.seen(node);
        if (alone) {
            nodes.goneButFor(node);
        }
        heart = new Heart(worker);
        claim(worker);
        worker.clearLeftovers(alone);
        recurring.every("orphaned-runs", BEAT, () -> claim(worker));
        recurring.every("ended-computers", Duration.ofHours(1), () -> worker.forgetLeftovers(false));
        recurring.every("forgotten-nodes", Duration.ofHours(1), nodes::forgetLongGone);
        recurring.every("forgotten-idempotency-keys", Duration.ofHours(1), this::forgetOldKeys);
    }

    private void forgetOldKeys() {
        room.stores().once().forget(room.workshop().clock().instant().minus(SpawnAgent.IdempotencyKey.KEPT));
    }

    private void claim(RunWorker worker) {
        int claimed = CLAIM_AT_ONCE;
        while (worker.isOpen() && claimed == CLAIM_AT_ONCE) {
            List<Lease> leases = room.transactions().call(() -> {
                List<AgentTime> worked = new ArrayList<>();
                List<Lease> taken = nodes.claimOrphans(node, LEASE, CLAIM_AT_ONCE, worked::add);
                room.stores().usage().add(worked);
                return taken;
            });
            begin(worker, leases);
            claimed = leases.size();
        }
    }

    private static void begin(RunWorker worker, List<Lease> leases) {
        for (Lease lease : leases) {
            log.info("run {} is taken up again by this server", lease.run());
            worker.begin(lease);
        }
    }

    /** Says good-bye, so that others need not wait for this node's silence; its runs must have been let go of. */
    @Override
    public void close() {
        if (heart != null) {
            heart.close();
        }
        try {
            nodes.gone(node);
        } catch (Refused databaseAway) {
            log.warn("the database is away; other servers will notice by our silence");
        }
    }

    /** The one thread that shows that this node lives. */
    private final class Heart implements AutoCloseable {
        private final RunWorker worker;
        private final Thread thread = new Thread(this::beat, "node-heart");
        private volatile boolean closing;
        private Set<RunId> idle = Set.of();

        Heart(RunWorker worker) {
            this.worker = worker;
            thread.setDaemon(true);
            thread.start();
        }

        private void beat() {
            for (long beats = 1; !closing; beats++) {
                try {
                    Thread.sleep(BEAT);
                    nodes.seen(node);
                    if (beats % BEATS_A_LOOK == 0) {
                        takeUpIdle();
                    }
                } catch (InterruptedException e) {
                    return;
                } catch (Refused databaseAway) {
                    log.warn("no sign of life was stored: {}", databaseAway.problem());
                } catch (RuntimeException e) {
                    log.error("no sign of life was stored", e);
                }
            }
        }

        /**
         * Runs that are ours by the table, and nobody here works on them: the answer to a commit was lost, or an end
         * could not be stored. Seen twice in a row, since one that was stored just now has yet to begin.
         */
        private void takeUpIdle() {
            Set<RunId> found = new HashSet<>(nodes.heldBy(node));
            found.removeIf(live::contains);
            Set<RunId> again = new HashSet<>(found);
            again.retainAll(idle);
            idle = found;
            if (!again.isEmpty() && worker.isOpen()) {
                begin(worker, nodes.reclaim(node, again));
            }
        }

        @Override
        public void close() {
            closing = true;
            thread.interrupt();
            Uninterrupted.await(LONGEST_GOODBYE, nanos -> thread.join(Duration.ofNanos(nanos)));
        }
    }
}
