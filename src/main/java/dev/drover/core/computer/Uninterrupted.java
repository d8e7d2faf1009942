package dev.drover.core.computer;

import java.time.Duration;

/** Waits that an interrupt must not cut short, since what is killed has to be seen gone; the interrupt is kept. */
public final class Uninterrupted {
    private Uninterrupted() {}

    /** Something to wait for, at most for some nanoseconds; true when it came. */
    @FunctionalInterface
    public interface Wait {
        boolean await(long nanos) throws InterruptedException;
    }

    public static boolean await(Duration time, Wait wait) {
        long deadline = System.nanoTime() + time.toNanos();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return wait.await(Math.max(0, deadline - System.nanoTime()));
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Runs with the interrupt flag down, because an interrupted thread cannot even write a file; puts it back. */
    public static void run(Runnable work) {
        boolean interrupted = Thread.interrupted();
        try {
            work.run();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    public static void pause(Duration time) {
        await(time, nanos -> {
            Thread.sleep(Duration.ofNanos(nanos));
            return true;
        });
    }
}
