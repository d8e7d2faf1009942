package dev.drover.provider.database;

import dev.drover.core.Notices;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/** LISTEN and NOTIFY: one connection of its own listens, and comes back by itself when it breaks. */
public final class Notifications implements Notices, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Notifications.class.getName());
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    /** A peer that vanished without a word is noticed only by asking. */
    private static final Duration ASK = Duration.ofSeconds(20);

    private final DatabaseAddress address;
    private final Jdbi jdbi;
    private final Map<String, List<Hearer>> hearers = new ConcurrentHashMap<>();
    private volatile boolean closed;
    private @Nullable Thread listener;

    public Notifications(DatabaseAddress address, PostgresDatabase database) {
        this.address = address;
        this.jdbi = database.jdbi();
    }

    @Override
    public void say(String channel, String payload) {
        jdbi.useHandle(handle -> handle.createQuery("select cast(pg_notify(:channel, :payload) as text)")
                .bind("channel", channel)
                .bind("payload", payload)
                .mapTo(String.class)
                .one());
    }

    @Override
    public void hear(String channel, Hearer hearer) {
        if (!channel.matches("[a-z_]+")) {
            throw new IllegalArgumentException("a channel is lower-case letters and _: " + channel);
        }
        if (listener != null) {
            throw new IllegalStateException("too late to hear " + channel + ": listening has begun");
        }
        hearers.computeIfAbsent(channel, _ -> new CopyOnWriteArrayList<>()).add(hearer);
    }

    public void start() {
        // Virtual, because interrupting one ends its wait on a socket, and close() needs that.
        listener = Thread.ofVirtual().name("notifications").start(this::listenForEver);
    }

    @Override
    public void close() {
        closed = true;
        Thread running = listener;
        if (running != null) {
            running.interrupt();
        }
    }

    private void listenForEver() {
        Duration pause = SHORTEST_PAUSE;
        while (!closed) {
            try (Connection connection =
                    DriverManager.getConnection(address.url(), address.user(), address.password())) {
                begin(connection);
                pause = SHORTEST_PAUSE;
                hearers.values().forEach(all -> all.forEach(hearer -> guarded(hearer, Hearer::mayHaveMissed)));
                listen(connection);
            } catch (SQLException e) {
                if (closed) {
                    return;
                }
                LOG.log(System.Logger.Level.WARNING, "not listening to the database for now: {0}", e.getMessage());
                sleep(pause);
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            }
        }
    }

    private void begin(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String channel : hearers.keySet()) {
                statement.execute("listen " + channel);
            }
        }
    }

    private void listen(Connection connection) throws SQLException {
        PGConnection source = connection.unwrap(PGConnection.class);
        while (!closed) {
            PGNotification[] arrived = source.getNotifications((int) ASK.toMillis());
            if (arrived == null || arrived.length == 0) {
                ask(connection);
                continue;
            }
            for (PGNotification notification : arrived) {
                hearers.getOrDefault(notification.getName(), List.of())
                        .forEach(hearer -> guarded(hearer, each -> each.heard(notification.getParameter())));
            }
        }
    }

    private static void ask(Connection connection) throws SQLException {
        if (!connection.isValid((int) ASK.toSeconds())) {
            throw new SQLException("the connection no longer answers", "08006");
        }
    }

    /** A hearer that fails must not make the others deaf. */
    private static void guarded(Hearer hearer, Consumer<Hearer> call) {
        try {
            call.accept(hearer);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "a hearer failed", e);
        }
    }

    private static void sleep(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
