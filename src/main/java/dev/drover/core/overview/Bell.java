package dev.drover.core.overview;

import dev.drover.core.Notices;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Rings whenever something may have changed, here or on another server. A ring too many costs a look, no more. */
public final class Bell implements Notices.Hearer {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition rung = lock.newCondition();
    private long rings;

    public void ring() {
        lock.lock();
        try {
            rings++;
            rung.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void heard(String payload) {
        ring();
    }

    @Override
    public void mayHaveMissed() {
        ring();
    }

    long rings() {
        lock.lock();
        try {
            return rings;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a ring after the count given, or until the time is up. */
    void await(long after, long millis) throws InterruptedException {
        lock.lock();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(millis);
            while (rings == after && left > 0) {
                left = rung.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }
}
