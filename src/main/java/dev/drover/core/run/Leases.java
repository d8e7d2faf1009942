package dev.drover.core.run;

import dev.drover.core.Recurring;
import dev.drover.core.Refused;
import java.time.Duration;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps every unfinished run in somebody's hands. A node shows once a second that it lives, for all its runs at once;
 * the runs of one that has been silent for the time of a lease go to whoever sweeps next.
 */
public final class Leases implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Leases.class);
    private static final Duration BEAT = Duration.ofSeconds(1);
    private static final Duration LEASE = Duration.ofSeconds(3);
    private static final int CLAIM_AT_ONCE = 200;

    private final NodeStore nodes;
    private final UUID node;
    private final RunWorker worker;
    private volatile boolean closing;
    private final Thread heart;

    public Leases(RunRoom room, RunWorker worker) {
        this.nodes = room.stores().nodes();
        this.node = room.node();
        this.worker = worker;
        this.heart = new Thread(this::beat, "node-heart");
        heart.setDaemon(true);
    }

    /**
     * Shows that this node lives and takes up what others left.
     *
     * @param alone whether no other server can reach this database, so that what is left needs no waiting for
     */
    public void start(boolean alone, Recurring recurring) {
        nodes.seen(node);
        heart.start();
        if (alone) {
            nodes.goneButFor(node);
        }
        claim();
        recurring.every("orphaned-runs", BEAT, this::claim);
        recurring.every("forgotten-nodes", Duration.ofHours(1), nodes::forgetLongGone);
    }

    private void claim() {
        nodes.claimOrphans(node, LEASE, CLAIM_AT_ONCE).forEach(lease -> {
            log.info("run {} is taken up again by this server", lease.run());
            worker.begin(lease);
        });
    }

    private void beat() {
        while (!closing) {
            try {
                Thread.sleep(BEAT);
                nodes.seen(node);
            } catch (InterruptedException e) {
                return;
            } catch (Refused databaseAway) {
                log.warn("no sign of life was stored: {}", databaseAway.problem());
            } catch (RuntimeException e) {
                log.error("no sign of life was stored", e);
            }
        }
    }

    /** Says good-bye, so that others need not wait for this node's silence. */
    @Override
    public void close() {
        closing = true;
        heart.interrupt();
        try {
            nodes.gone(node);
        } catch (Refused databaseAway) {
            log.warn("the database is away; other servers will notice by our silence");
        }
    }
}
