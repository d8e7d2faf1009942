package dev.drover.api.http;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Cuts off peers that stall. A virtual thread that waits on a socket for too long is interrupted, and the JDK answers
 * that by closing the socket: sockets know no time limit for writing, so this is the one way to have it.
 */
final class Patience implements AutoCloseable {
    private final Duration limit;
    private final Set<Watch> watches = ConcurrentHashMap.newKeySet();
    private final Thread watchman;

    Patience(Duration limit) {
        this.limit = limit;
        watchman = Thread.ofVirtual().name("patience").start(this::keepWatch);
    }

    Duration limit() {
        return limit;
    }

    /** Watches what the calling thread does until the watch is closed. */
    Watch begin() {
        Watch watch = new Watch(Thread.currentThread(), System.nanoTime() + limit.toNanos());
        watches.add(watch);
        return watch;
    }

    private void keepWatch() {
        long pause = Math.max(10, Math.min(1_000, limit.toMillis() / 5));
        try {
            while (true) {
                Thread.sleep(pause);
                long now = System.nanoTime();
                watches.forEach(watch -> watch.check(now));
            }
        } catch (InterruptedException e) {
            // Closed: nobody is left to watch for.
        }
    }

    @Override
    public void close() {
        watchman.interrupt();
    }

    /** One piece of waiting. */
    final class Watch implements AutoCloseable {
        private final Thread thread;
        private final long deadline;
        private boolean fired;
        private boolean done;

        Watch(Thread thread, long deadline) {
            this.thread = thread;
            this.deadline = deadline;
        }

        private synchronized void check(long now) {
            if (!done && !fired && now - deadline > 0) {
                fired = true;
                thread.interrupt();
            }
        }

        synchronized boolean fired() {
            return fired;
        }

        /** Ends the watch; an interrupt it caused does not outlive it. */
        @Override
        public void close() {
            watches.remove(this);
            synchronized (this) {
                done = true;
                if (fired) {
                    Thread.interrupted();
                }
            }
        }
    }
}
