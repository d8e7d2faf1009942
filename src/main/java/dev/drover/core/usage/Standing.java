package dev.drover.core.usage;

import java.time.Duration;
import java.time.Instant;

/**
 * What an account has used when it asks for more.
 *
 * @param minute the last 60 s of the calling key, {@code hour} its last 3,600 s
 * @param nextMonth when the hours start anew: the first of the next month, UTC
 */
public record Standing(Window minute, Window hour, double hoursThisMonth, Instant nextMonth, int concurrent) {
    /**
     * A rolling window of accepted spawns.
     *
     * @param untilRoom until one more fits; meaningless while one does
     * @param untilGrowth until the oldest leaves it; nothing when there is none
     */
    public record Window(int spawned, Duration untilRoom, Duration untilGrowth) {
        boolean isFull(int limit) {
            return spawned >= limit;
        }
    }
}
