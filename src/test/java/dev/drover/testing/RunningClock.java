package dev.drover.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that starts when the test says and runs like any other; the test may put it forward. */
public final class RunningClock extends Clock {
    private volatile Clock running;

    public RunningClock(String start) {
        this.running = showing(Instant.parse(start));
    }

    private static Clock showing(Instant time) {
        return offset(systemUTC(), Duration.between(Instant.now(), time));
    }

    public void set(String to) {
        running = showing(Instant.parse(to));
    }

    public void pass(Duration time) {
        running = offset(running, time);
    }

    @Override
    public Instant instant() {
        return running.instant();
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("nobody asks for another zone");
    }
}
