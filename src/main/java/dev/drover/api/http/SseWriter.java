package dev.drover.api.http;

import io.helidon.webserver.ServerConnectionException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes server-sent events; each call reaches the peer before it returns. */
final class SseWriter {
    private static final byte[] RECONNECT = "retry: 2000\n\n".getBytes(StandardCharsets.UTF_8);
    private static final byte[] COMMENT = ":\n\n".getBytes(StandardCharsets.UTF_8);

    private final PatientOutput out;
    private final SseStyle style;

    SseWriter(PatientOutput out, SseStyle style) {
        this.out = out;
        this.style = style;
    }

    /** What stands before the first event; false when nothing does, so that the headers wait for one. */
    boolean begin() throws IOException {
        if (style == SseStyle.TIGHT) {
            return false;
        }
        write(RECONNECT);
        return true;
    }

    /** A comment, which clients skip: it shows either side that the other is still there. */
    void heartbeat() throws IOException {
        write(COMMENT);
    }

    void write(List<Frame> frames) throws IOException {
        write(frames.size() == 1 ? frames.getFirst().wire(style) : together(frames));
    }

    private byte[] together(List<Frame> frames) {
        byte[] all = new byte
                [frames.stream().mapToInt(frame -> frame.wire(style).length).sum()];
        int at = 0;
        for (Frame frame : frames) {
            byte[] wire = frame.wire(style);
            System.arraycopy(wire, 0, all, at, wire.length);
            at += wire.length;
        }
        return all;
    }

    private void write(byte[] bytes) throws IOException {
        try {
            out.send(bytes);
        } catch (UncheckedIOException | ServerConnectionException e) {
            throw new IOException("the reader went away", e);
        }
    }
}
