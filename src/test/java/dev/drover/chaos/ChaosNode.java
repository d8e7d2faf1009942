package dev.drover.chaos;

import dev.drover.testing.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A server in a process group of its own, which is started again whenever it is gone, as systemd would do it. */
final class ChaosNode implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("Drover is ready at (\\S+) ");
    private static final Duration START = Duration.ofMinutes(5);
    private static final long LOOK_MILLIS = 20;
    private static final long REST_AFTER_DEATH_MILLIS = 300;

    private final int number;
    private final Path data;
    private final Path logs;
    private final ServerProgram program;
    private final Map<String, String> environment;
    private final FakeClock clock;
    private final Set<Integer> ports = new HashSet<>();
    private final Thread keeper;
    private volatile boolean kept = true;
    private volatile Process process;
    private volatile Optional<URI> url = Optional.empty();
    private volatile boolean ended;
    private final AtomicInteger deathsOfItsOwn = new AtomicInteger();

    ChaosNode(
            int number, Path data, Path logs, ServerProgram program, Map<String, String> environment, FakeClock clock) {
        this.number = number;
        this.data = data;
        this.logs = logs;
        this.program = program;
        this.environment = environment;
        this.clock = clock;
        this.process = launch();
        this.keeper = Thread.ofVirtual().name("keeper-" + number).start(this::keep);
    }

    Path data() {
        return data;
    }

    FakeClock clock() {
        return clock;
    }

    /** Where it answers; empty while it does not. */
    Optional<URI> url() {
        return url;
    }

    String operator() {
        try {
            return Files.readString(data.resolve("operator.key")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every port that it ever listened on. */
    synchronized Set<Integer> ports() {
        return Set.copyOf(ports);
    }

    /** How often it died ready and unasked. */
    int deathsOfItsOwn() {
        return deathsOfItsOwn.get();
    }

    void kill() {
        end(true);
    }

    /** TERM. */
    void stop() {
        end(false);
    }

    private synchronized void end(boolean forcibly) {
        ended = true;
        url = Optional.empty();
        if (forcibly) {
            process.destroyForcibly();
        } else {
            process.destroy();
        }
    }

    /** What is to be sent STOP, and the same again CONT: the server and, when wanted, its agents' computers. */
    List<String> members(boolean computersToo) {
        Process server = process;
        Stream<ProcessHandle> children = computersToo
                ? server.descendants()
                        .filter(child -> !child.info().command().orElse("").contains("postgres"))
                : Stream.empty();
        return Stream.concat(Stream.of(server.toHandle()), children)
                .map(handle -> String.valueOf(handle.pid()))
                .toList();
    }

    void awaitReady() {
        try {
            Waiting.until(START, this::url);
        } catch (AssertionError late) {
            throw new AssertionError(
                    "server %d does not start within %s; its log: %s".formatted(number, START, log()), late);
        }
    }

    private void keep() {
        try {
            while (kept) {
                if (!process.isAlive()) {
                    revive();
                } else if (url.isEmpty() && !ended) {
                    url = announced();
                }
                Thread.sleep(LOOK_MILLIS);
            }
        } catch (InterruptedException e) {
            // The round is over.
        }
    }

    private void revive() throws InterruptedException {
        if (!ended) {
            deathsOfItsOwn.addAndGet(url.isPresent() ? 1 : 0);
            Thread.sleep(REST_AFTER_DEATH_MILLIS);
        }
        synchronized (this) {
            if (kept) {
                url = Optional.empty();
                process = launch();
                ended = false;
            }
        }
    }

    private Process launch() {
        ProcessBuilder builder = new ProcessBuilder(program.command());
        builder.environment().clear();
        builder.environment().putAll(Map.of("PATH", System.getenv("PATH"), "HOME", logs.toString()));
        builder.environment().put("DROVER_DATA", data.toString());
        builder.environment().putAll(environment);
        builder.redirectOutput(output().toFile());
        builder.redirectError(ProcessBuilder.Redirect.appendTo(log().toFile()));
        try {
            Files.deleteIfExists(output());
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path log() {
        return logs.resolve("node-%d.log".formatted(number));
    }

    private Path output() {
        return logs.resolve("node-%d.out".formatted(number));
    }

    private Optional<URI> announced() {
        try {
            Matcher ready = READY.matcher(Files.readString(output()));
            if (!ready.find()) {
                return Optional.empty();
            }
            URI found = URI.create(ready.group(1));
            synchronized (this) {
                ports.add(found.getPort());
                return ended ? Optional.empty() : Optional.of(found);
            }
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Ends it in order and for good; whether it did end. */
    boolean retire() {
        kept = false;
        keeper.interrupt();
        try {
            keeper.join();
            stop();
            return process.waitFor(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        if (!retire()) {
            process.destroyForcibly();
        }
    }
}
