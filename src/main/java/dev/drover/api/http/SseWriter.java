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
    private final Wire wire;
    private final SseStyle style;
    private boolean begun;

    /** @param wire below the output */
    SseWriter(PatientOutput out, Wire wire, SseStyle style) {
        this.out = out;
        this.wire = wire;
        this.style = style;
    }

    /** What stands before the first event; false when nothing does, so that the headers wait for one. */
    boolean begin() throws IOException {
        if (style == SseStyle.TIGHT) {
            return false;
        }
        send(RECONNECT, 0, RECONNECT.length);
        return true;
    }

    /** A comment, which clients skip: it shows either side that the other is still there. */
    void heartbeat() throws IOException {
        send(COMMENT, 0, COMMENT.length);
    }

    void write(List<Frame> frames) throws IOException {
        Chunk chunk = Frame.together(frames).chunk(style);
        if (!begun || chunk.length() > PatientOutput.PIECE) {
            send(chunk.bytes(), chunk.from(), chunk.length());
            return;
        }
        try {
            // Helidon would frame and copy it for each of thousands.
            out.past(() -> wire.write(chunk.bytes()));
        } catch (UncheckedIOException | ServerConnectionException e) {
            throw left(e);
        }
    }

    private void send(byte[] bytes, int from, int length) throws IOException {
        try {
            out.write(bytes, from, length);
            out.flush();
            begun = true;
        } catch (UncheckedIOException | ServerConnectionException e) {
            throw left(e);
        }
    }

    private static IOException left(RuntimeException e) {
        return new IOException("the reader went away", e);
    }
}
