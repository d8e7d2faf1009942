package dev.drover.cli;

import java.io.PrintStream;
import java.util.List;
import java.util.logging.ErrorManager;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Sets up what the libraries and our own code log to. */
final class Logging {
    /** These tell about themselves at a level where we tell about runs. The database's own see to themselves. */
    private static final List<String> TALKATIVE =
            List.of("io.helidon", "com.networknt", "io.modelcontextprotocol", "org.apache.sshd");

    /** Loggers are held weakly; without this their levels would be forgotten. */
    private static final List<Logger> QUIETED =
            TALKATIVE.stream().map(Logger::getLogger).toList();

    private Logging() {}

    /** For a server: one JSON object a line. */
    static void asJson(PrintStream target) {
        install(target, new JsonLine(), Level.INFO);
        QUIETED.forEach(logger -> logger.setLevel(Level.WARNING));
    }

    /** For a person at a terminal: only what went wrong, in a line. */
    static void forPeople(PrintStream target) {
        install(target, new PlainLine(), Level.WARNING);
    }

    private static void install(PrintStream target, Formatter formatter, Level level) {
        LogManager.getLogManager().reset();
        Logger root = Logger.getLogger("");
        root.setLevel(level);
        root.addHandler(new Lines(target, formatter));
    }

    /** Writes each record with one call, so that lines of many threads do not mix. */
    private static final class Lines extends Handler {
        private final PrintStream target;

        Lines(PrintStream target, Formatter formatter) {
            this.target = target;
            setFormatter(formatter);
        }

        @Override
        public void publish(LogRecord line) {
            if (isLoggable(line)) {
                try {
                    target.print(getFormatter().format(line));
                } catch (RuntimeException e) {
                    reportError("cannot format a line", e, ErrorManager.FORMAT_FAILURE);
                }
            }
        }

        @Override
        public void flush() {
            target.flush();
        }

        @Override
        public void close() {
            flush();
        }
    }

    private static final class PlainLine extends Formatter {
        @Override
        public String format(LogRecord line) {
            Throwable thrown = line.getThrown();
            String cause = thrown == null ? "" : ": " + thrown;
            return "drover: " + (formatMessage(line) + cause).replaceAll("\\s*\\R\\s*", " ") + "\n";
        }
    }
}
