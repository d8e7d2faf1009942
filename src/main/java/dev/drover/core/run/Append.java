package dev.drover.core.run;

import dev.drover.core.Refused;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Some events on their way into one run's log: all of them are stored, or none. */
final class Append {
    private final Lease lease;
    private final List<Event> events;
    private final @Nullable RunChange change;
    private final CountDownLatch settled = new CountDownLatch(1);
    private volatile boolean stored;
    private volatile @Nullable RuntimeException broken;

    Append(Lease lease, List<Event> events, @Nullable RunChange change) {
        this.lease = lease;
        this.events = List.copyOf(events);
        this.change = change;
    }

    Lease lease() {
        return lease;
    }

    List<Event> events() {
        return events;
    }

    @Nullable RunChange change() {
        return change;
    }

    void settle(boolean isStored) {
        stored = isStored;
        settled.countDown();
    }

    void fail(RuntimeException why) {
        broken = why;
        settled.countDown();
    }

    /** Waits until it is on disk. An interrupt is kept for later: what was handed over will be stored either way. */
    void await() throws LeaseLost {
        boolean interrupted = false;
        while (true) {
            try {
                settled.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        RuntimeException why = broken;
        if (why != null) {
            throw why instanceof Refused
                    ? why
                    : new IllegalStateException("the log of run " + lease.run() + " broke", why);
        }
        if (!stored) {
            throw new LeaseLost(lease.run());
        }
    }
}
