package dev.drover.cli.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** How long the disk takes to say that something is on it: the floor under every commit. */
final class DiskFlush {
    private static final int TIMES = 200;
    private static final int PAGE = 8_192;

    private DiskFlush() {}

    static List<Double> millis(Path file) throws IOException {
        List<Double> times = new ArrayList<>();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            // A log is written into files that have their size already.
            channel.write(ByteBuffer.allocate(TIMES * PAGE));
            channel.force(true);
            for (int time = 0; time < TIMES; time++) {
                channel.write(ByteBuffer.allocate(PAGE), (long) time * PAGE);
                long before = System.nanoTime();
                channel.force(false);
                times.add((System.nanoTime() - before) / 1e6);
            }
        } finally {
            Files.deleteIfExists(file);
        }
        return times;
    }
}
