package dev.drover.provider.database;

import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** Keeps libraries from telling, with a stack trace for each connection, what {@link Outage} says in a line. */
final class LibraryLogs {
    private static final Map<String, Level> LEVELS = Map.of(
            "com.zaxxer.hikari", Level.SEVERE,
            "org.flywaydb", Level.WARNING,
            "com.github.kagkarlsson.scheduler", Level.SEVERE);

    /** Held here, since Java forgets the level of a logger that nobody holds. */
    private static final Logger[] LOGGERS =
            LEVELS.keySet().stream().map(Logger::getLogger).toArray(Logger[]::new);

    private LibraryLogs() {}

    static void quiet() {
        Stream.of(LOGGERS).forEach(logger -> logger.setLevel(LEVELS.get(logger.getName())));
    }
}
