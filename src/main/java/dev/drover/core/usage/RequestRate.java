package dev.drover.core.usage;

import dev.drover.core.Problem;
import dev.drover.core.Refused;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** How many requests an organization makes in a minute by the clock, whichever servers they reach. */
public final class RequestRate {
    private final int limit;
    private final RequestStore store;
    private final Clock clock;

    /** @param limit {@link Plan#NO_LIMIT} for none; then nothing is counted */
    public RequestRate(int limit, RequestStore store, Clock clock) {
        this.limit = limit;
        this.store = store;
        this.clock = clock;
    }

    /** Counts a request; refused when the minute is full. */
    public void count(int organization) {
        if (limit == Plan.NO_LIMIT) {
            return;
        }
        Instant now = clock.instant();
        Instant start = now.truncatedTo(ChronoUnit.MINUTES);
        if (store.count(organization, start) > limit) {
            Duration left = Duration.between(now, start.plus(1, ChronoUnit.MINUTES));
            throw new Refused(new Problem.RateLimited("", Problem.Window.MINUTE, limit, null, left));
        }
    }
}
