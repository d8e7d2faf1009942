package dev.drover.provider.database;

import dev.drover.core.Refused;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import org.jdbi.v3.core.Jdbi;

/**
 * The database's time, asked for now and then and counted on from there: so that servers whose clocks differ, or jump,
 * still agree on what is due, what is over and who is silent.
 */
final class DatabaseClock implements InstantSource {
    private static final Duration FRESH = Duration.ofSeconds(10);
    private static final Duration FRESH_GUESS = Duration.ofSeconds(2);
    /** An answer that took longer says less than counting on does. */
    private static final Duration PROMPT = Duration.ofSeconds(1);

    private final Jdbi jdbi;
    private final AtomicLong askAt = new AtomicLong();
    private volatile Known known;

    /** What the database said, when by the counter of this machine, and how long it took to say so. */
    private record Known(Instant instant, long nanos, long took) {}

    /** Asks at once; while the database is away, time goes on from what it said last. */
    DatabaseClock(Jdbi jdbi) {
        this.jdbi = jdbi;
        this.known = asked();
        this.askAt.set(known.nanos + FRESH.toNanos());
    }

    /** Never waits: whoever finds that it is time to ask has somebody else do so. */
    @Override
    public Instant instant() {
        long nanos = System.nanoTime();
        long due = askAt.get();
        if (nanos - due >= 0 && askAt.compareAndSet(due, nanos + FRESH_GUESS.toNanos())) {
            Thread.ofVirtual().name("database-clock").start(this::ask);
        }
        Known last = known;
        return last.instant.plusNanos(nanos - last.nanos);
    }

    private void ask() {
        try {
            Known fresh = asked();
            if (fresh.took <= PROMPT.toNanos()) {
                known = fresh;
                askAt.set(fresh.nanos + FRESH.toNanos());
            }
        } catch (Refused away) {
            // It is asked again soon.
        }
    }

    private Known asked() {
        long before = System.nanoTime();
        Instant instant = jdbi.withHandle(handle -> handle.createQuery("select clock_timestamp()")
                .mapTo(Instant.class)
                .one());
        long took = System.nanoTime() - before;
        return new Known(instant, before + took / 2, took);
    }
}
