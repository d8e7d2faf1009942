package dev.drover.provider.document;

import dev.drover.core.context.FileType;
import dev.drover.core.context.UnreadableFile;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Reads a document in a JVM of its own. A file can be made to fill any heap and to take any time, and nothing
 * inside one JVM bounds what a library does there; so the process has a small heap, no environment, and an end.
 */
final class ReadingProcess {
    private static final int HEAP_MEGABYTES = 384;
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final int PART = 16 * 1024;

    private final long mostCharacters;
    private final Duration longest;

    ReadingProcess(long mostCharacters, Duration longest) {
        this.mostCharacters = mostCharacters;
        this.longest = longest;
    }

    void read(FileType type, Path file, Consumer<String> text)
            throws IOException, UnreadableFile, InterruptedException {
        Path folder = Files.createTempDirectory("drover-reading-");
        Path written = folder.resolve("text");
        try {
            Ending ending = run(type, file, written);
            if (ending != Ending.DONE) {
                throw new UnreadableFile(ending.reason());
            }
            hand(written, text);
        } finally {
            remove(folder);
        }
    }

    private Ending run(FileType type, Path file, Path written) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command(type, file, written));
        // Keys of vendors stand in this server's environment.
        builder.environment().clear();
        builder.environment().putAll(Map.of("LC_ALL", "C.UTF-8"));
        Process process = builder.redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            process.getOutputStream().close();
            if (!process.waitFor(longest.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS)) {
                return Ending.TOO_SLOW;
            }
            return Ending.of(process.exitValue()).orElse(Ending.DAMAGED);
        } finally {
            process.destroyForcibly();
        }
    }

    private List<String> command(FileType type, Path file, Path written) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + HEAP_MEGABYTES + "m",
                "-Xss2m",
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-Djava.awt.headless=true",
                "-Djava.io.tmpdir=" + written.getParent(),
                "-Dpdfbox.fontcache=" + written.getParent(),
                "-cp",
                System.getProperty("java.class.path"),
                Reading.class.getName(),
                type.name(),
                file.toString(),
                written.toString(),
                String.valueOf(mostCharacters),
                String.valueOf(longest.toMillis()));
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> left = Files.list(folder)) {
            for (Path each : left.toList()) {
                Files.deleteIfExists(each);
            }
        }
        Files.delete(folder);
    }

    private static void hand(Path written, Consumer<String> text) throws IOException {
        char[] part = new char[PART];
        try (Reader reader = Files.newBufferedReader(written, StandardCharsets.UTF_8)) {
            for (int read = reader.read(part); read >= 0; read = reader.read(part)) {
                text.accept(new String(part, 0, read));
            }
        }
    }
}
