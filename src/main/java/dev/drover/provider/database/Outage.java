package dev.drover.provider.database;

import dev.drover.core.Problem;
import dev.drover.core.Refused;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.HandleCallbackDecorator;
import org.jspecify.annotations.Nullable;

/** Tells a database that is away from one that said no, and turns the first into a refusal to wait out. */
final class Outage implements HandleCallbackDecorator {
    private static final System.Logger LOG = System.getLogger(Outage.class.getName());
    private static final Duration QUIET = Duration.ofSeconds(5);
    private static final AtomicLong LAST_LOGGED = new AtomicLong(System.nanoTime() - QUIET.toNanos());
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    /** Connection lost or refused; out of connections, memory or disk; shutting down, crashed or starting. */
    private static final List<String> STATES = List.of("08", "53", "57P01", "57P02", "57P03");

    @Override
    public <R, X extends Exception> HandleCallback<R, X> decorate(HandleCallback<R, X> callback) {
        return handle -> {
            try {
                return callback.withHandle(handle);
            } catch (Refused e) {
                throw e;
            } catch (RuntimeException e) {
                SQLException failure = outage(e);
                if (failure == null) {
                    throw e;
                }
                log(failure);
                throw refusal();
            }
        };
    }

    static boolean is(SQLException failure) {
        String state = failure.getSQLState();
        return failure instanceof SQLTransientConnectionException
                || (state != null && STATES.stream().anyMatch(state::startsWith));
    }

    /** Whether an outage is at the bottom of it. */
    static boolean isBehind(@Nullable Throwable thrown) {
        return thrown != null && outage(thrown) != null;
    }

    static Refused refusal() {
        return new Refused(new Problem.Unavailable("database", RETRY_AFTER));
    }

    /** Now and then: while a database is away, everybody who asks for it learns so. */
    static void log(SQLException failure) {
        long now = System.nanoTime();
        long last = LAST_LOGGED.get();
        if (now - last > QUIET.toNanos() && LAST_LOGGED.compareAndSet(last, now)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the database is away ({0}): {1}",
                    failure.getSQLState(),
                    failure.getMessage());
        }
    }

    /** Also among what was suppressed: when a connection is lost, undoing fails first and is what gets thrown. */
    private static @Nullable SQLException outage(Throwable thrown) {
        if (thrown instanceof SQLException failure && is(failure)) {
            return failure;
        }
        return Stream.concat(Stream.ofNullable(thrown.getCause()), Stream.of(thrown.getSuppressed()))
                .map(Outage::outage)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }
}
