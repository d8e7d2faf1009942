package dev.drover.provider.egress;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Ends a connection on which nothing has moved for too long; unix sockets know no timeouts of their own. */
final class Deadline implements AutoCloseable {
    private final Runnable end;
    private final Thread watch;
    private volatile long nanos;
    private volatile boolean closed;

    Deadline(Duration first, Runnable end) {
        this.end = end;
        this.nanos = System.nanoTime() + first.toNanos();
        this.watch = Thread.ofVirtual().name("egress-deadline").unstarted(this::watch);
    }

    void start() {
        watch.start();
    }

    /** From now on this long. */
    void set(Duration left) {
        long before = nanos;
        nanos = System.nanoTime() + left.toNanos();
        if (nanos < before) {
            LockSupport.unpark(watch);
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(watch);
    }

    private void watch() {
        while (!closed) {
            long left = nanos - System.nanoTime();
            if (left <= 0) {
                end.run();
                return;
            }
            LockSupport.parkNanos(this, left);
        }
    }
}
