package dev.drover.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server in a process of its own, as it is in real life, so that it can be killed at any moment. */
public final class TestingProcess implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("Drover is ready at (\\S+) ");

    private final Map<String, String> settings;
    private final Path data;
    private final boolean owns;
    private volatile Process process;
    private volatile URI url;

    private TestingProcess(Map<String, String> settings, Path data, boolean owns) {
        this.settings = settings;
        this.data = data;
        this.owns = owns;
        this.process = launch();
        this.url = awaitReady();
    }

    /** Over a database of the test, with settings of the test's own on top. */
    public static TestingProcess over(TestingDatabase database, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(Map.of(
                "DROVER_PORT",
                "0",
                "DROVER_DATABASE_URL",
                database.settingsUrl(),
                "DROVER_COMPUTERS",
                "process",
                "DROVER_DRAIN_SECONDS",
                "0",
                "DROVER_ROOT_KEY",
                TestingPlane.ROOT_KEY,
                "DROVER_ADMIN_PASSWORD",
                "a password for tests"));
        all.putAll(settings);
        return new TestingProcess(all, TestingFolders.create(), true);
    }

    /** Another server of the same settings over the same folder; to be closed before this one. */
    public TestingProcess sharing() {
        return new TestingProcess(settings, data, false);
    }

    /** Where it listens; changes with every start. */
    public URI url() {
        return url;
    }

    /** Where it keeps what it keeps. */
    public Path data() {
        return data;
    }

    public TestingAgents agents() {
        return new TestingAgents(this::url, this::operator);
    }

    /** The secret of the operator key, which may do everything. */
    public String operator() {
        try {
            return Files.readString(data.resolve("operator.key")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Without any warning: nothing in it gets to do anything more. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** It stands still, whatever it was doing, and does not know. */
    public void freeze() {
        signal("STOP");
    }

    /** It goes on as if no time had passed. */
    public void thaw() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            int code = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new AssertionError("kill -" + name + " ended with " + code);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As a person stops it; it ends in order. */
    public int terminate() {
        process.destroy();
        awaitEnd();
        return process.exitValue();
    }

    public void start() {
        process = launch();
        url = awaitReady();
    }

    private Process launch() {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder builder = new ProcessBuilder(
                java,
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.drover.Main",
                "serve");
        builder.environment().clear();
        builder.environment()
                .putAll(Map.of("PATH", System.getenv("PATH"), "HOME", data.toString(), "DROVER_DATA", data.toString()));
        builder.environment().putAll(settings);
        builder.redirectOutput(ProcessBuilder.Redirect.to(output().toFile()));
        builder.redirectError(
                ProcessBuilder.Redirect.appendTo(data.resolve("server.log").toFile()));
        try {
            Files.deleteIfExists(output());
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path output() {
        return data.resolve(owns ? "server.out" : "server-2.out");
    }

    private URI awaitReady() {
        return Waiting.until(Duration.ofMinutes(2), () -> {
            if (!process.isAlive()) {
                throw new AssertionError("the server ended: " + log());
            }
            try {
                Matcher ready = READY.matcher(Files.readString(output()));
                return ready.find() ? Optional.of(URI.create(ready.group(1))) : Optional.empty();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** What it said about itself, in all its lives. */
    public List<String> log() {
        try {
            return Files.readAllLines(data.resolve("server.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                throw new AssertionError("the server does not end: " + log());
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        kill();
        if (owns) {
            TestingFolders.delete(data);
        }
    }
}
