package dev.drover.cli.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Where numbers come from, without which they say little.
 *
 * @param disk the kind of file system that the bench writes to
 * @param load how many were ready to run on average over the last minute, as the bench began
 */
public record Machine(
        int cores, String processor, long memoryMebibytes, String kernel, String java, String disk, double load) {
    /** This one, now. */
    public static Machine here() throws IOException {
        return new Machine(
                Runtime.getRuntime().availableProcessors(),
                line(Path.of("/proc/cpuinfo"), "model name").replaceFirst("^.*:\\s*", ""),
                Long.parseLong(line(Path.of("/proc/meminfo"), "MemTotal").replaceAll("\\D+", "")) / 1_024,
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("java.runtime.version"),
                Files.getFileStore(Path.of(System.getProperty("java.io.tmpdir")))
                        .type(),
                Double.parseDouble(Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0]));
    }

    /** Not every kind of processor tells its name. */
    private static String line(Path file, String start) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> line.startsWith(start))
                .findFirst()
                .orElse("unknown");
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%d cores (%s), %d MiB, %s, Java %s, %s, load %.1f",
                cores,
                processor,
                memoryMebibytes,
                kernel,
                java,
                disk,
                load);
    }
}
