package dev.drover.provider.computer.bubblewrap;

import dev.drover.core.computer.Uninterrupted;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Stream;

/** Which uids processes of this host run under. */
final class HostUids {
    private static final Path PROCESSES = Path.of("/proc");
    private static final Duration PACE = Duration.ofMillis(5);
    private static final int TRIES = 1000;

    private HostUids() {}

    /** The effective uid of this server. */
    static int own() {
        return uid(Path.of("/proc/self"));
    }

    /** The effective uid of a process; -1 when it has ended. */
    static int of(long pid) {
        return uid(PROCESSES.resolve(Long.toString(pid)));
    }

    /** All uids from {@code first} on, as far as there are {@code count}, that run something now. */
    static BitSet inUse(int first, int count) throws IOException {
        BitSet found = new BitSet(count);
        for (Path process : processes()) {
            int place = uid(process) - first;
            if (place >= 0 && place < count) {
                found.set(place);
            }
        }
        return found;
    }

    /** Kills every process of a uid, again and again until none is left. */
    static void killAll(int uid) throws IOException {
        for (int i = 0; i < TRIES; i++) {
            List<Path> left = new ArrayList<>();
            for (Path process : processes()) {
                if (uid(process) == uid) {
                    left.add(process);
                }
            }
            if (left.isEmpty()) {
                return;
            }
            left.forEach(process -> kill(Long.parseLong(process.getFileName().toString())));
            Uninterrupted.pause(PACE);
        }
        throw new IOException("processes of uid " + uid + " survive KILL; look for them with 'ps -u " + uid + "'");
    }

    static void kill(long pid) {
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }

    private static List<Path> processes() throws IOException {
        List<Path> processes = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(PROCESSES, "[0-9]*")) {
            entries.forEach(processes::add);
        }
        return processes;
    }

    private static int uid(Path process) {
        try (Stream<String> lines = Files.lines(process.resolve("status"))) {
            return lines.filter(line -> line.startsWith("Uid:"))
                    .map(line -> line.split("\t", -1)[2])
                    .mapToInt(Integer::parseInt)
                    .findFirst()
                    .orElse(-1);
        } catch (IOException | UncheckedIOException e) {
            return -1;
        }
    }
}
