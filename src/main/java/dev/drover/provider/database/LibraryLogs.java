package dev.drover.provider.database;

import java.util.Map;
import java.util.Objects;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Keeps libraries from telling, with a stack trace for each try, what {@link Outage} says in a line. */
final class LibraryLogs {
    private static final Map<String, Level> LEVELS = Map.of(
            "com.zaxxer.hikari", Level.SEVERE,
            "org.flywaydb", Level.SEVERE,
            "com.github.kagkarlsson.scheduler", Level.SEVERE);

    /** Held here, since Java forgets the settings of a logger that nobody holds. */
    private static final Logger[] LOGGERS = LEVELS.entrySet().stream()
            .map(entry -> filtered(entry.getKey(), entry.getValue()))
            .toArray(Logger[]::new);

    private LibraryLogs() {}

    /** Once is enough, and loading this class is that once. */
    static void quiet() {
        assert LOGGERS.length == LEVELS.size();
    }

    /** A filter would not reach the loggers below; a handler hears them all. */
    private static Logger filtered(String name, Level level) {
        Logger logger = Logger.getLogger(name);
        logger.setLevel(level);
        logger.setUseParentHandlers(false);
        logger.addHandler(new Forwarding());
        return logger;
    }

    private static final class Forwarding extends Handler {
        private static final Logger FORWARDED = Logger.getLogger(LibraryLogs.class.getName());

        @Override
        public void publish(LogRecord message) {
            if (!Outage.isBehind(message.getThrown()) && !isInterrupt(message.getThrown())) {
                FORWARDED.log(message);
            }
        }

        /** How work under way ends when the server stops. */
        private static boolean isInterrupt(@Nullable Throwable thrown) {
            return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause)
                    .anyMatch(cause -> cause instanceof InterruptedException);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
