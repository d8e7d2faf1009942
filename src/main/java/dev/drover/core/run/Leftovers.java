package dev.drover.core.run;

import dev.drover.core.id.AgentId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Clears away what runs left behind whose server was lost, or whose end came before they had a computer. */
final class Leftovers {
    private static final Logger log = LoggerFactory.getLogger(Leftovers.class);

    /** A run that another server ended so long ago is not being cleaned up any more. */
    private static final Duration LONGEST_CLEAN_UP = Duration.ofMinutes(1);

    private final RunStore rows;
    private final Workshop workshop;
    private final Freight freight;
    private final ReentrantLock sweeping = new ReentrantLock();

    Leftovers(RunRoom room) {
        this.rows = room.stores().rows();
        this.workshop = room.workshop();
        this.freight = new Freight(room);
    }

    /** What is on this machine; the agents at work are read first, so that one that comes meanwhile is open. */
    void sweep() {
        sweeping.lock();
        try {
            Set<AgentId> atHome = new HashSet<>(rows.agentsAtWork());
            atHome.addAll(workshop.kept().homes());
            workshop.computers().sweep(atHome, freight::collectLeftover);
        } catch (RuntimeException e) {
            log.warn("leftovers of computers stay until the next sweep: {}", e.toString());
        } finally {
            sweeping.unlock();
        }
    }

    /** Runs that still say their computer is being stopped. */
    void forget(boolean alone) {
        Instant now = workshop.clock().instant();
        rows.destroyed(alone ? now : now.minus(LONGEST_CLEAN_UP));
    }
}
