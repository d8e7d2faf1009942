package dev.drover.testing;

import dev.drover.core.computer.Computer;
import dev.drover.core.computer.ComputerFailure;
import dev.drover.core.computer.Dialogue;
import dev.drover.core.computer.Execution;
import dev.drover.core.computer.Isolation;
import dev.drover.core.computer.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A computer that is a folder of the host and its shell: no isolation, no quota, good enough for a tool's test. */
public final class TestingComputer implements Computer {
    private final Path folder;

    public TestingComputer(Path folder) {
        this.folder = folder;
    }

    @Override
    public Isolation isolation() {
        return new Isolation("testing", Map.of());
    }

    @Override
    public boolean isUp() {
        return true;
    }

    @Override
    public Workspace workspace() {
        return new TestingWorkspace(folder);
    }

    @Override
    public Execution run(String command, Duration timeout) throws InterruptedException {
        try {
            Path out = Files.createTempFile("out", "");
            Path err = Files.createTempFile("err", "");
            Process process = new ProcessBuilder("/bin/sh", "-c", command)
                    .directory(folder.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            boolean ended = process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS);
            process.destroyForcibly();
            return new Execution(text(out), text(err), ended ? process.exitValue() : -1, false, !ended);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Dialogue converse(String command, Map<String, String> environment) throws ComputerFailure {
        throw new ComputerFailure("a testing computer has nobody to talk with");
    }

    @Override
    public void environment(Map<String, String> variables) {}

    @Override
    public Stats stats() {
        return new Stats(0, 0, 0, 0);
    }

    @Override
    public void stop(Duration grace) {}

    @Override
    public void close() {}

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }
}
