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
 * Keeps every unfinished run in somebody's hands. A node shows again and again that it lives, for all its runs at once;
 * the runs of one that has been silent for the time of its lease go to whoever sweeps next. Every node sweeps, by the
 * database's clock alone: no other node and no clock of a node's own can keep it from that.
 */
public final class Leases implements AutoCloseable {
    /** What a node's lease is unless somebody says otherwise. */
    public static final Duration USUAL = Duration.ofSeconds(5);

    private static final Logger log = LoggerFactory.getLogger(Leases.class);
    private static final Duration LONGEST_BEAT = Duration.ofSeconds(1);
    private static final int BEATS_A_LEASE = 5;
    private static final Duration LONGEST_GOODBYE = Duration.ofSeconds(5);
    private static final int CLAIM_AT_ONCE = 200;
    private static final int BEATS_A_LOOK = 5;

    private final RunRoom room;
    private final NodeStore nodes;
    private final LiveRuns live;
    private final UUID node;
    private final Duration lease;
    private final Duration beat;
    private @Nullable Heart heart;

    /** @param lease how long this node may be silent before others take its runs over */
    public Leases(RunRoom room, Duration lease) {
        this.room = room;
        this.nodes = room.stores().nodes();
        this.live = room.liveRuns();
        this.node = room.node();
        this.lease = lease;
        Duration part = lease.dividedBy(BEATS_A_LEASE);
        this.beat = part.compareTo(LONGEST_BEAT) < 0 ? part : LONGEST_BEAT;
    }

    /**
     * Shows that this node lives, takes up what others left and clears away what they left of runs that are over.
     *
     * @param alone whether no other server can reach this database, so that what is left needs no waiting for
     */
    public void start(RunWorker worker, boolean alone, Recurring recurring) {
        nodes.seen(node, lease);
        if (alone) {
            nodes.goneButFor(node);
        }
        heart = new Heart(worker);
        claim(worker);
        worker.clearLeftovers(alone);
        recurring.every("ended-computers", Duration.ofHours(1), () -> worker.clearLeftovers(false));
        recurring.every("forgotten-nodes", Duration.ofHours(1), nodes::forgetLongGone);
        recurring.every("forgotten-idempotency-keys", Duration.ofHours(1), this::forgetOldKeys);
    }

    private void forgetOldKeys() {
        room.stores().once().forget(room.workshop().clock().instant().minus(SpawnAgent.IdempotencyKey.KEPT));
    }

    private void claim(RunWorker worker) {
        int claimed = CLAIM_AT_ONCE;
        while (worker.takesRuns() && claimed == CLAIM_AT_ONCE && nodes.anyOrphans(node)) {
            List<Lease> leases = room.transactions().call(() -> {
                List<AgentTime> worked = new ArrayList<>();
                List<Lease> taken = nodes.claimOrphans(node, CLAIM_AT_ONCE, worked::add);
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

    /** The threads that show that this node lives and look after runs; apart, so that no look delays a beat. */
    private final class Heart implements AutoCloseable {
        private final RunWorker worker;
        private final Thread thread = new Thread(() -> again("no sign of life was stored", this::beat), "node-heart");
        private final Thread eye = new Thread(() -> again("runs were not looked after", this::look), "node-eye");
        private volatile boolean closing;
        private long looks;
        private Set<RunId> idle = Set.of();

        Heart(RunWorker worker) {
            this.worker = worker;
            for (Thread each : List.of(thread, eye)) {
                each.setDaemon(true);
                each.start();
            }
        }

        private void again(String otherwise, Runnable work) {
            while (!closing) {
                try {
                    Thread.sleep(beat);
                    work.run();
                } catch (InterruptedException e) {
                    return;
                } catch (Refused databaseAway) {
                    log.warn("{}: {}", otherwise, databaseAway.problem());
                } catch (RuntimeException e) {
                    log.error(otherwise, e);
                }
            }
        }

        private void beat() {
            nodes.seen(node, lease);
        }

        private void look() {
            claim(worker);
            if (++looks % BEATS_A_LOOK == 0) {
                takeUpIdle();
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
            if (!again.isEmpty()) {
                begin(worker, nodes.reclaim(node, again));
            }
        }

        @Override
        public void close() {
            closing = true;
            for (Thread each : List.of(thread, eye)) {
                each.interrupt();
                Uninterrupted.await(LONGEST_GOODBYE, nanos -> each.join(Duration.ofNanos(nanos)));
            }
        }
    }
}
