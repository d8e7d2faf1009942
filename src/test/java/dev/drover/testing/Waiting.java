package dev.drover.testing;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what comes by itself; the time is a bound for hangs only. */
public final class Waiting {
    private static final long PACE_MILLIS = 20;

    private Waiting() {}

    public static <T> T until(Duration atMost, Supplier<Optional<T>> wanted) {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (System.nanoTime() < deadline) {
            Optional<T> found = wanted.get();
            if (found.isPresent()) {
                return found.get();
            }
            pause();
        }
        throw new AssertionError("it did not come within " + atMost);
    }

    public static void until(BooleanSupplier wanted) {
        until(Duration.ofMinutes(2), () -> wanted.getAsBoolean() ? Optional.of(true) : Optional.empty());
    }

    private static void pause() {
        try {
            Thread.sleep(PACE_MILLIS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
