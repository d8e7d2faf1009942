package dev.drover.core.schedule;

import java.time.LocalDateTime;
import java.util.Optional;

/** Reads cron expressions, and reckons by a clock on the wall that never jumps. */
public interface CronReader {
    /**
     * What an expression means.
     *
     * @param hasSeconds whether it has six fields, the seconds first, or is a word such as {@code @daily}
     * @throws IllegalArgumentException when it is none, with the reason
     */
    WallTimes read(String expression, boolean hasSeconds);

    /** When clocks show a time that was named. */
    @FunctionalInterface
    interface WallTimes {
        /** The first behind that one; empty when there is none any more. */
        Optional<LocalDateTime> next(LocalDateTime after);
    }
}
