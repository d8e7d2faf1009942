package dev.drover.testing.model;

import java.time.Duration;

/** A count that one can wait for. */
final class Tally {
    private int count;

    synchronized void add(int more) {
        count += more;
        notifyAll();
    }

    synchronized int count() {
        return count;
    }

    /** Whether it reached that number in time. */
    synchronized boolean reached(int number, Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (count < number) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }
}
