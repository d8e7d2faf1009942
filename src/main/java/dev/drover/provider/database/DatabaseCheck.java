package dev.drover.provider.database;

import com.zaxxer.hikari.HikariPoolMXBean;
import dev.drover.core.health.Finding;
import java.time.Duration;

/** How the database that is open answers, and how its connections are used. */
public final class DatabaseCheck {
    private static final Duration SLOW = Duration.ofSeconds(1);

    private final PostgresDatabase database;

    public DatabaseCheck(PostgresDatabase database) {
        this.database = database;
    }

    public Finding find() {
        long began = System.nanoTime();
        String version = database.jdbi()
                .withHandle(handle -> handle.createQuery("select split_part(version(), ' on ', 1)")
                        .mapTo(String.class)
                        .one());
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        HikariPoolMXBean use = database.use();
        boolean ok = took.compareTo(SLOW) < 0;
        String text = "%s answers in %.1f ms; %d connections at work, %d idle, %d requests wait for one"
                .formatted(
                        version,
                        took.toNanos() / 1e6,
                        use.getActiveConnections(),
                        use.getIdleConnections(),
                        use.getThreadsAwaitingConnection());
        return new Finding("database", ok, text, ok ? "" : "see what keeps the database or its disk busy");
    }
}
