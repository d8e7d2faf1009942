package dev.drover.core.context;

import dev.drover.core.Problem;
import dev.drover.core.Refused;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** From bytes to pieces of text, one file at a time on a server, since each may take a lot of memory. */
final class FileReading {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration SOON = Duration.ofSeconds(10);

    private final TextReader reader;
    private final ContextLimits limits;
    private final int window;
    private final Semaphore desk = new Semaphore(1, true);

    FileReading(TextReader reader, ContextLimits limits, int window) {
        this.reader = reader;
        this.limits = limits;
        this.window = window;
    }

    List<String> pieces(AddContext order) throws InterruptedException {
        refuseWhenTooLarge(order);
        if (!desk.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new Refused(new Problem.Unavailable("reading files, since many are waiting", SOON));
        }
        try {
            Cutter cutter = new Cutter(window);
            reader.read(order.type(), order.bytes(), cutter);
            List<String> pieces = cutter.pieces();
            Refused.when(
                    pieces.isEmpty(),
                    order.source(),
                    "holds no text: if it is a scan, have its text recognized first; pictures are not read");
            return pieces;
        } catch (UnreadableFile e) {
            throw Refused.invalid(order.source(), e.reason());
        } finally {
            desk.release();
        }
    }

    private void refuseWhenTooLarge(AddContext order) {
        try {
            long size = Files.size(order.bytes());
            Refused.when(
                    size > limits.fileBytes(),
                    order.source(),
                    "must be at most %d MB (%d bytes), but is %d bytes: split it"
                            .formatted(limits.fileMegabytes(), limits.fileBytes(), size));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
