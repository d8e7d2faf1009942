package dev.drover.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** A log record as one JSON object on one line. */
final class JsonLine extends Formatter {
    /** What a line belongs to, as long as the thread works for it. */
    private static final List<String> CONTEXT = List.of("request_id", "run_id");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    @Override
    public String format(LogRecord line) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("time", TIME.format(line.getInstant()));
        object.put("level", level(line.getLevel()));
        object.put("logger", line.getLoggerName());
        object.put("message", formatMessage(line));
        CONTEXT.forEach(name -> putIfKnown(object, name, MDC.get(name)));
        facts(line).forEach((name, value) -> object.set(String.valueOf(name), JSON.valueToTree(value)));
        if (line.getThrown() != null) {
            object.put("exception", stack(line.getThrown()));
        }
        return object + "\n";
    }

    private static void putIfKnown(ObjectNode object, String name, @Nullable String value) {
        if (value != null) {
            object.put(name, value);
        }
    }

    /** A map as the only parameter is not for the message but for whoever searches the log. */
    private static Map<?, ?> facts(LogRecord line) {
        Object[] parameters = line.getParameters();
        return parameters != null && parameters.length == 1 && parameters[0] instanceof Map<?, ?> facts
                ? facts
                : Map.of();
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
