package dev.drover.core.run;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Lines of a program that may print whatever it likes: none is longer, and all together are no more, than so much. */
final class BoundedLines {
    static final int LONGEST = 8 * 1024 * 1024;
    static final long MOST = 256L * 1024 * 1024;

    private final InputStream input;
    private final long most;
    private long bytes;

    BoundedLines(InputStream input) {
        this(input, MOST);
    }

    BoundedLines(InputStream input, long most) {
        this.most = most;
        this.input = new BufferedInputStream(input, 64 * 1024);
    }

    /** Whether it printed more than anybody is to read. */
    boolean flooded() {
        return bytes > most;
    }

    /** The next line, cut where it is too long; null at the end or when there were too many. */
    @Nullable String next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int octet = input.read();
        if (octet < 0) {
            return null;
        }
        while (octet >= 0 && octet != '\n') {
            if (++bytes > most) {
                return null;
            }
            if (line.size() < LONGEST) {
                line.write(octet);
            }
            octet = input.read();
        }
        return line.toString(StandardCharsets.UTF_8);
    }
}
