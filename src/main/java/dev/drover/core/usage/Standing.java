package dev.drover.core.usage;

import java.time.Duration;
import java.time.Instant;

/**
 * What an account has used when it asks for more.
 *
 * @param lastMinute spawns accepted in the last 60 s, {@code lastHour} in the last 3,600 s, of the calling key
 * @param untilMinuteHasRoom when the oldest spawn of the full window leaves it; meaningless while there is room
 * @param nextMonth when the hours start anew: the first of the next month, UTC
 */
public record Standing(
        int lastMinute,
        int lastHour,
        Duration untilMinuteHasRoom,
        Duration untilHourHasRoom,
        double hoursThisMonth,
        Instant nextMonth,
        int concurrent) {}
