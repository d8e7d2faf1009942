package dev.drover.provider.database;

import com.github.kagkarlsson.scheduler.Clock;
import dev.drover.core.Refused;
import java.time.Duration;
import java.time.Instant;
import org.jdbi.v3.core.Jdbi;

/**
 * The database's time, asked for now and then and counted on from there: so that nodes whose clocks differ, or jump,
 * still agree on what is due and on who is silent.
 */
final class DatabaseClock implements Clock {
    private static final Duration FRESH = Duration.ofSeconds(30);
    private static final Duration FRESH_GUESS = Duration.ofSeconds(1);

    private final Jdbi jdbi;
    private Instant known = Instant.now();
    private long knownAt = System.nanoTime();
    private long askAt = knownAt;

    DatabaseClock(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    @Override
    public synchronized Instant now() {
        if (System.nanoTime() - askAt >= 0) {
            ask();
        }
        return known.plusNanos(System.nanoTime() - knownAt);
    }

    /** While the database is away, time goes on from what it said last. */
    private void ask() {
        try {
            long before = System.nanoTime();
            known = jdbi.withHandle(handle -> handle.createQuery("select clock_timestamp()")
                    .mapTo(Instant.class)
                    .one());
            knownAt = before;
            askAt = before + FRESH.toNanos();
        } catch (Refused away) {
            askAt = System.nanoTime() + FRESH_GUESS.toNanos();
        }
    }
}
