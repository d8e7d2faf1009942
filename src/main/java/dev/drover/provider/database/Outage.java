package dev.drover.provider.database;

import dev.drover.core.Problem;
import dev.drover.core.Refused;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.List;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.HandleCallbackDecorator;
import org.jspecify.annotations.Nullable;

/** Tells a database that is away from one that said no, and turns the first into a refusal to wait out. */
final class Outage implements HandleCallbackDecorator {
    private static final System.Logger LOG = System.getLogger(Outage.class.getName());
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    /** Connection lost or refused; out of connections, memory or disk; shutting down, crashed or starting. */
    private static final List<String> STATES = List.of("08", "53", "57P01", "57P02", "57P03");

    @Override
    public <R, X extends Exception> HandleCallback<R, X> decorate(HandleCallback<R, X> callback) {
        return handle -> {
            try {
                return callback.withHandle(handle);
            } catch (RuntimeException e) {
                SQLException failure = outage(e);
                if (failure == null) {
                    throw e;
                }
                throw refusal(failure);
            }
        };
    }

    static boolean is(SQLException failure) {
        String state = failure.getSQLState();
        return failure instanceof SQLTransientConnectionException
                || (state != null && STATES.stream().anyMatch(state::startsWith));
    }

    static Refused refusal(SQLException failure) {
        LOG.log(System.Logger.Level.WARNING, "database away ({0}): {1}", failure.getSQLState(), failure.getMessage());
        return new Refused(new Problem.Unavailable("database", RETRY_AFTER));
    }

    private static @Nullable SQLException outage(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException failure && is(failure)) {
                return failure;
            }
        }
        return null;
    }
}
