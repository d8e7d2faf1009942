package dev.drover.core.computer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The processes below one that we started, as the host sees them. */
public final class ProcessTree {
    private static final Duration PACE = Duration.ofMillis(5);

    private final ProcessHandle root;

    private ProcessTree(ProcessHandle root) {
        this.root = root;
    }

    public static ProcessTree of(Process process) {
        return new ProcessTree(process.toHandle());
    }

    /** Its direct children; of the kernel's own list, since the JDK would read the whole of /proc. */
    public List<ProcessHandle> children() {
        String pid = Long.toString(root.pid());
        try {
            String children = Files.readString(Path.of("/proc", pid, "task", pid, "children"));
            return children.isBlank()
                    ? List.of()
                    : Stream.of(children.strip().split(" ", -1))
                            .map(Long::valueOf)
                            .flatMap(child -> ProcessHandle.of(child).stream())
                            .toList();
        } catch (IOException e) {
            return root.children().toList(); // a kernel without such lists, or the process has ended
        }
    }

    /**
     * TERM to all, then waits for them as long as the grace allows.
     *
     * @param residents how many of them do not heed it, such as a resident shell, and are not waited for
     */
    public void terminate(Duration grace, int residents) {
        root.descendants().forEach(ProcessHandle::destroy);
        long deadline = System.nanoTime() + grace.toNanos();
        while (System.nanoTime() < deadline && root.descendants().count() > residents) {
            Uninterrupted.pause(PACE);
        }
    }

    /** What all of them together use; the disk is not counted here. */
    public Computer.Stats use() {
        long memory = 0;
        double seconds = 0;
        int threads = 0;
        for (ProcessHandle process :
                Stream.concat(Stream.of(root), root.descendants()).toList()) {
            seconds += process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1000.0;
            memory += number(process, "VmRSS:") * 1024;
            threads += (int) number(process, "Threads:");
        }
        return new Computer.Stats(memory, seconds, threads, 0);
    }

    private static long number(ProcessHandle process, String line) {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
            return lines.filter(candidate -> candidate.startsWith(line))
                    .map(found -> found.replaceAll("\\D", ""))
                    .mapToLong(Long::parseLong)
                    .findFirst()
                    .orElse(0);
        } catch (IOException | UncheckedIOException e) {
            return 0; // it has ended meanwhile
        }
    }
}
