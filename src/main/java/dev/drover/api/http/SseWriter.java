package dev.drover.api.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/** Writes server-sent events as the WHATWG HTML standard has them; each call reaches the peer before it returns. */
final class SseWriter {
    private static final int RECONNECT_MILLIS = 2_000;
    private static final Pattern LINE_BREAK = Pattern.compile("\\R");

    private final OutputStream out;

    SseWriter(OutputStream out) {
        this.out = out;
    }

    void begin() throws IOException {
        write("retry: " + RECONNECT_MILLIS + "\n\n");
    }

    /** A comment, which clients skip: it shows either side that the other is still there. */
    void heartbeat() throws IOException {
        write(":\n\n");
    }

    void write(List<Frame> frames) throws IOException {
        StringBuilder text = new StringBuilder();
        for (Frame frame : frames) {
            text.append("id: ").append(frame.id()).append('\n');
            text.append("event: ").append(frame.event()).append('\n');
            // A line break inside would end the field; each line is a data field of its own then.
            for (String line : LINE_BREAK.split(frame.data(), -1)) {
                text.append("data: ").append(line).append('\n');
            }
            text.append('\n');
        }
        write(text.toString());
    }

    private void write(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
