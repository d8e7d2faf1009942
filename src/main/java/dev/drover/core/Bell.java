package dev.drover.core;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Wakes whoever waits for it; it counts its rings, so that none between looking and waiting is missed. Nobody who is
 * woken waits for another, as they would at a lock: there may be thousands.
 */
public class Bell {
    private final AtomicLong rings = new AtomicLong();
    private final Set<Waiter> waiting = ConcurrentHashMap.newKeySet();

    /** @param deadline by {@link System#nanoTime} */
    private record Waiter(Thread thread, long deadline) {
        boolean isLate() {
            return System.nanoTime() - deadline >= 0;
        }
    }

    public void ring() {
        rings.incrementAndGet();
        wakeAll();
    }

    /** The same, but one is woken first and the others later: what that one looks up is there for them then. */
    protected final void ringOneFirst(long nanosLater) {
        rings.incrementAndGet();
        waiting.stream().findAny().ifPresent(first -> LockSupport.unpark(first.thread));
        LockSupport.parkNanos(nanosLater);
        wakeAll();
    }

    private void wakeAll() {
        waiting.forEach(waiter -> LockSupport.unpark(waiter.thread));
    }

    /** How often it has rung. */
    public long rings() {
        return rings.get();
    }

    /** Waits for a ring after the count given; false when the time was up first. */
    public boolean await(long after, Duration atMost) throws InterruptedException {
        Waiter waiter = new Waiter(Thread.currentThread(), System.nanoTime() + atMost.toNanos());
        waiting.add(waiter);
        try {
            while (rings.get() == after && !waiter.isLate()) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                park(waiter.deadline - System.nanoTime());
            }
            return rings.get() != after;
        } finally {
            waiting.remove(waiter);
        }
    }

    /** May return at any time; it need not see to the time limit, if {@link #wakeLate} is called now and then. */
    protected void park(long nanos) {
        LockSupport.parkNanos(this, nanos);
    }

    /** Wakes those whose time is up. */
    protected final void wakeLate() {
        waiting.stream().filter(Waiter::isLate).forEach(waiter -> LockSupport.unpark(waiter.thread));
    }
}
