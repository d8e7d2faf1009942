package dev.drover.api.http;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** Writes in pieces, each of which the peer has to take in time: slow is fine, stalled is not. */
final class PatientOutput extends OutputStream {
    /** The most that is written at once; a slow peer is given time for each piece of what is larger. */
    static final int PIECE = 64 * 1024;

    private final OutputStream out;
    private final Patience patience;

    PatientOutput(OutputStream out, Patience patience) {
        this.out = out;
        this.patience = patience;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        for (int at = offset; at < offset + length; at += PIECE) {
            try (Patience.Watch _ = patience.begin()) {
                // A copy of its own, because Helidon writes the wrong part of an array that is not given from its
                // start.
                out.write(Arrays.copyOfRange(bytes, at, Math.min(at + PIECE, offset + length)));
            }
        }
    }

    /** Writes past the output, and as patiently. */
    void past(Runnable writing) {
        try (Patience.Watch _ = patience.begin()) {
            writing.run();
        }
    }

    @Override
    public void flush() throws IOException {
        try (Patience.Watch _ = patience.begin()) {
            out.flush();
        }
    }

    @Override
    public void close() throws IOException {
        try (Patience.Watch _ = patience.begin()) {
            out.close();
        }
    }
}
