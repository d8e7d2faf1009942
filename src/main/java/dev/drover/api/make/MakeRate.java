package dev.drover.api.make;

import dev.drover.core.Problem;
import dev.drover.core.Refused;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How many requests an organization makes in a minute, as far as they reach this server (contract, section 1). */
public final class MakeRate {
    /** No organization makes so many. */
    public static final int NO_LIMIT = Integer.MAX_VALUE;

    private final int limit;
    private final Clock clock;
    private final Map<Integer, Minute> minutes = new ConcurrentHashMap<>();

    public MakeRate(int limit, Clock clock) {
        this.limit = limit;
        this.clock = clock;
    }

    int limit() {
        return limit;
    }

    /** Counts a request; refused when the minute is full. */
    void count(int organization) {
        if (limit == NO_LIMIT) {
            return;
        }
        Instant now = clock.instant();
        Instant start = now.truncatedTo(ChronoUnit.MINUTES);
        Minute minute = minutes.merge(
                organization,
                new Minute(start, 1),
                (before, first) -> before.start().equals(start) ? new Minute(start, before.requests() + 1) : first);
        if (minute.requests() > limit) {
            Duration left = Duration.between(now, start.plus(1, ChronoUnit.MINUTES));
            throw new Refused(new Problem.RateLimited("", Problem.Window.MINUTE, limit, null, left));
        }
    }

    private record Minute(Instant start, int requests) {}
}
