package dev.drover.core.run;

import dev.drover.core.Refused;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Some events on their way into one run's log: all of them are stored, or none. */
final class Append {
    private final Lease lease;
    private final List<LogLine> lines;
    private final List<Event> events;
    private final @Nullable RunChange change;
    private final @Nullable RunUsage usage;
    private final CountDownLatch settled = new CountDownLatch(1);
    private volatile @Nullable Append before;
    private volatile boolean stored;
    private volatile @Nullable RuntimeException broken;

    /** From outside a run's loop: behind no other one, and it uses nothing. */
    Append(Lease lease, List<LogLine> lines, @Nullable RunChange change) {
        this(lease, lines, change, null, null);
    }

    /**
     * Behind another one of the same holder.
     *
     * @param usage what the run has used in all, when these events change that
     * @param before null when there is none
     */
    Append(
            Lease lease,
            List<LogLine> lines,
            @Nullable RunChange change,
            @Nullable RunUsage usage,
            @Nullable Append before) {
        this.lease = lease;
        this.lines = List.copyOf(lines);
        this.events = lines.stream().map(LogLine::event).toList();
        this.change = change;
        this.usage = usage;
        this.before = before;
    }

    Lease lease() {
        return lease;
    }

    List<LogLine> lines() {
        return lines;
    }

    List<Event> events() {
        return events;
    }

    @Nullable RunChange change() {
        return change;
    }

    @Nullable RunUsage usage() {
        return usage;
    }

    /** The place in the log where it begins. */
    LogPlace place() {
        return new LogPlace(lease.run(), events.getFirst().seq());
    }

    /**
     * Ends this one the way of the one before it when that was not stored, since a log has no gaps; nobody may have
     * waited for that one to hear of it.
     */
    boolean fallsWithItsPredecessor() {
        Append earlier = before;
        if (earlier == null || !earlier.isSettled() || earlier.stored) {
            return false;
        }
        RuntimeException why = earlier.broken;
        if (why == null) {
            settle(false);
        } else {
            fail(why);
        }
        return true;
    }

    void settle(boolean isStored) {
        stored = isStored;
        settled();
    }

    /** Does nothing to one that is settled. */
    void fail(RuntimeException why) {
        if (!isSettled()) {
            broken = why;
            settled();
        }
    }

    private boolean isSettled() {
        return settled.getCount() == 0;
    }

    private void settled() {
        settled.countDown();
        before = null; // or every event of a run would hold on to all before it
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
