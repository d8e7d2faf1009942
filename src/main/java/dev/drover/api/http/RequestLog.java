package dev.drover.api.http;

import dev.drover.core.access.Caller;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** One line a request: method, path without its query, status, time taken, and which key; never a key itself. */
final class RequestLog {
    private static final Logger LOG = Logger.getLogger("drover.http");

    void answered(Visit visit, int status) {
        if (!LOG.isLoggable(Level.INFO)) {
            return;
        }
        double millis = Math.round(visit.nanos() / 10_000.0) / 100.0;
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("method", visit.method());
        facts.put("path", visit.path());
        facts.put("status", status);
        facts.put("ms", millis);
        Caller caller = visit.caller();
        if (caller != null) {
            facts.put("key", caller.rateKey());
        }
        write(Level.INFO, visit.method() + " " + visit.path() + " " + status + " in " + millis + " ms", facts);
    }

    /** What nobody foresaw; the one place where it is written. */
    void broke(Visit visit, Throwable cause) {
        LogRecord entry = new LogRecord(Level.SEVERE, visit.method() + " " + visit.path() + " broke");
        entry.setLoggerName(LOG.getName());
        entry.setThrown(cause);
        LOG.log(entry);
    }

    private static void write(Level level, String message, Map<String, Object> facts) {
        LogRecord entry = new LogRecord(level, message);
        entry.setLoggerName(LOG.getName());
        entry.setParameters(new Object[] {facts});
        LOG.log(entry);
    }
}
