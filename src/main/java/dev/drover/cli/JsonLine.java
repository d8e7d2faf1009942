package dev.drover.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.core.LogContext;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;

/** A log record as one JSON object on one line. */
final class JsonLine extends Formatter {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    @Override
    public String format(LogRecord line) {
        LogContext context = LogContext.current();
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("time", TIME.format(line.getInstant()));
        object.put("level", level(line.getLevel()));
        object.put("logger", line.getLoggerName());
        object.put("message", formatMessage(line));
        addFacts(object, line.getParameters());
        if (context.requestId() != null) {
            object.put("request_id", context.requestId());
        }
        if (context.runId() != null) {
            object.put("run_id", context.runId());
        }
        if (line.getThrown() != null) {
            object.put("exception", stack(line.getThrown()));
        }
        return object + "\n";
    }

    /** A map given with a record holds facts under names of their own, such as the status of a request. */
    private static void addFacts(ObjectNode object, Object @Nullable [] parameters) {
        if (parameters != null && parameters.length == 1 && parameters[0] instanceof Map<?, ?> facts) {
            facts.forEach((name, fact) -> object.putPOJO(String.valueOf(name), fact));
        }
    }

    /** The words that log collectors know; java.util.logging has its own. */
    private static String level(Level level) {
        if (level.intValue() >= Level.SEVERE.intValue()) {
            return "error";
        }
        if (level.intValue() >= Level.WARNING.intValue()) {
            return "warn";
        }
        return level.intValue() >= Level.INFO.intValue() ? "info" : "debug";
    }

    private static String stack(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }
}
