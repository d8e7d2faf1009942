package dev.drover.provider.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Where a crowd waits for connections, first come first served. The pool itself gives up soon, so that a database that
 * is away is noticed soon; only as many as it has connections wait there, and the others wait here for longer, as long
 * as those before them get what they want.
 */
final class Queue {
    private static final Duration WHILE_SERVED = Duration.ofSeconds(30);
    private static final Duration WHILE_AWAY = Duration.ofSeconds(3);

    private final Semaphore places;
    private volatile boolean away;

    Queue(int connections) {
        this.places = new Semaphore(connections, true);
    }

    /** Where connections come from. */
    interface Counter {
        Connection connection() throws SQLException;
    }

    /** A connection, when it is this thread's turn. */
    Connection served(Counter counter) throws SQLException {
        enter();
        try {
            Connection connection = counter.connection();
            away = false;
            return connection;
        } catch (SQLException e) {
            away = true;
            throw e;
        } finally {
            places.release();
        }
    }

    private void enter() throws SQLException {
        Duration most = away ? WHILE_AWAY : WHILE_SERVED;
        try {
            if (!places.tryAcquire(most.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new SQLTransientConnectionException("no turn to ask for a connection within " + most);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLTransientConnectionException("interrupted while waiting for a connection", e);
        }
    }
}
