package dev.drover.api.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** What is read from somebody who may fall silent for ever: it breaks off then. */
final class WatchedStream extends FilterInputStream {
    private final Duration every;
    private final BooleanSupplier lives;
    private @Nullable Thread watch;

    WatchedStream(InputStream from, Duration every, BooleanSupplier lives) {
        super(from);
        this.every = every;
        this.lives = lives;
    }

    /** What nobody reads needs no watch. */
    private void watch() {
        try {
            do {
                Thread.sleep(every);
            } while (lives.getAsBoolean());
            in.close();
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            // It is closed, which is all that was wanted.
        }
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        if (watch == null) {
            watch = Thread.ofVirtual().name("hop-watch").start(this::watch);
        }
        return in.read(to, offset, length);
    }

    @Override
    public void close() throws IOException {
        Thread watching = watch;
        if (watching != null) {
            watching.interrupt();
        }
        super.close();
    }
}
