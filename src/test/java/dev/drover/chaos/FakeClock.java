package dev.drover.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The wall clock of one process, which libfaketime sets while the process runs; waits and timers are not touched. */
final class FakeClock {
    private static final List<Path> PLACES = List.of(
            Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1"),
            Path.of("/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1"),
            Path.of("/usr/lib64/faketime/libfaketimeMT.so.1"),
            Path.of("/usr/lib/faketime/libfaketimeMT.so.1"));

    private final Path stamp;

    FakeClock(Path stamp) {
        this.stamp = stamp;
        set(Duration.ZERO);
    }

    static Optional<Path> library() {
        return PLACES.stream().filter(Files::exists).findFirst();
    }

    /** What a process has to have in its environment. */
    Map<String, String> environment() {
        return library()
                .map(library -> Map.of(
                        "LD_PRELOAD",
                        library.toString(),
                        "FAKETIME_TIMESTAMP_FILE",
                        stamp.toString(),
                        "FAKETIME_DONT_FAKE_MONOTONIC",
                        "1",
                        "FAKETIME_CACHE_DURATION",
                        "1",
                        // Or else every timed wait of a JVM returns at once, again and again.
                        "FAKETIME_FORCE_MONOTONIC_FIX",
                        "0"))
                .orElse(Map.of());
    }

    /** How far it is from the truth; seen within two seconds. */
    void set(Duration off) {
        try {
            Path fresh = stamp.resolveSibling(stamp.getFileName() + ".new");
            Files.writeString(fresh, (off.isNegative() ? "" : "+") + off.toSeconds() + "\n");
            Files.move(fresh, stamp, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
