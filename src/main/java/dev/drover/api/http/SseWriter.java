package dev.drover.api.http;

import io.helidon.webserver.ServerConnectionException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/** Writes server-sent events as the WHATWG HTML standard has them; each call reaches the peer before it returns. */
final class SseWriter {
    private static final int RECONNECT_MILLIS = 2_000;
    private static final Pattern LINE_BREAK = Pattern.compile("\\R");

    private final OutputStream out;
    private final SseStyle style;

    SseWriter(OutputStream out, SseStyle style) {
        this.out = out;
        this.style = style;
    }

    /** What stands before the first event; false when nothing does, so that the headers wait for one. */
    boolean begin() throws IOException {
        if (style == SseStyle.TIGHT) {
            return false;
        }
        write("retry: " + RECONNECT_MILLIS + "\n\n");
        return true;
    }

    /** A comment, which clients skip: it shows either side that the other is still there. */
    void heartbeat() throws IOException {
        write(":\n\n");
    }

    void write(List<Frame> frames) throws IOException {
        StringBuilder text = new StringBuilder();
        for (Frame frame : frames) {
            switch (style) {
                case SPACED -> {
                    field(text, "id: ", frame.id());
                    field(text, "event: ", frame.event());
                    data(text, "data: ", frame.data());
                }
                case TIGHT -> {
                    field(text, "event:", frame.event());
                    field(text, "id:", frame.id());
                    data(text, "data:", frame.data());
                }
            }
            text.append('\n');
        }
        write(text.toString());
    }

    private static void field(StringBuilder text, String name, String value) {
        text.append(name).append(value).append('\n');
    }

    /** A line break inside would end the field; each line is a data field of its own then. */
    private static void data(StringBuilder text, String name, String data) {
        for (String line : LINE_BREAK.split(data, -1)) {
            field(text, name, line);
        }
    }

    private void write(String text) throws IOException {
        try {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (UncheckedIOException | ServerConnectionException e) {
            throw new IOException("the reader went away", e);
        }
    }
}
