package dev.drover.provider.database;

import dev.drover.core.StartFailure;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

/** Starts, finds and stops the one PostgreSQL over one database folder. */
final class PostmasterControl {
    private static final System.Logger LOG = System.getLogger(PostmasterControl.class.getName());
    private static final Duration RECOVERY = Duration.ofMinutes(10);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int LAUNCHES = 20;
    private static final long LONGEST_LOG = 16L << 20;

    private final Account account;
    private final Path programs;
    private final Path data;
    private final Path log;

    PostmasterControl(Account account, Path programs, Path data, Path log) {
        this.account = account;
        this.programs = programs;
        this.data = data;
        this.log = log;
    }

    /** One that is still running and is just what would be started now; any other that runs is stopped. */
    Optional<Postmaster> adopt() {
        Optional<Postmaster> found = Postmaster.in(data).filter(Postmaster::isAlive);
        if (found.isPresent()) {
            Postmaster running = found.get();
            if (running.runs(words(running.port())) && !running.isStopping() && awaitReady(running.port())) {
                LOG.log(System.Logger.Level.INFO, "took over the running database, pid {0}", running.pid() + "");
                return Optional.of(running);
            }
            stop();
        }
        return Optional.empty();
    }

    boolean isRunning() {
        return Postmaster.in(data).filter(Postmaster::isAlive).isPresent();
    }

    /** On one of the ports given, asked anew for each try. */
    Postmaster launch(IntSupplier ports) {
        for (int tries = 1; ; tries++) {
            forgetDead();
            long mark = logSize();
            int port = ports.getAsInt();
            Process process = spawn(port);
            if (await(RECOVERY, () -> ready(port) || !process.isAlive()) && ready(port)) {
                return Postmaster.in(data).orElseThrow();
            }
            process.destroyForcibly();
            String said = logSince(mark);
            if (tries == LAUNCHES || !passes(said)) {
                throw new StartFailure(
                        "the database in %s does not start: %s (all of it in %s)".formatted(data, lastLine(said), log));
            }
            killOrphans();
        }
    }

    /** Fast: open transactions are rolled back. Harder when that does not help. */
    void stop() {
        Optional<Postmaster> found = Postmaster.in(data).filter(Postmaster::isAlive);
        if (found.isEmpty()) {
            return;
        }
        Postmaster running = found.get();
        for (String signal : List.of("INT", "QUIT", "KILL")) {
            Command.run(account.command(programs.resolve("pg_ctl").toString(), "kill", signal, running.pid() + ""), "");
            if (await(PATIENCE, () -> !running.isAlive())) {
                return;
            }
            LOG.log(System.Logger.Level.WARNING, "the database did not stop on SIG{0}", signal);
        }
        throw new StartFailure(
                "the database with pid %d over %s cannot be stopped: stop it by hand".formatted(running.pid(), data));
    }

    private Process spawn(int port) {
        List<String> words = new ArrayList<>();
        // Ctrl-C in a terminal goes to the whole group; the database must outlive the server that is still finishing.
        words.add("setsid");
        words.addAll(account.command(words(port).toArray(String[]::new)));
        var output = logSize() > LONGEST_LOG
                ? ProcessBuilder.Redirect.to(log.toFile())
                : ProcessBuilder.Redirect.appendTo(log.toFile());
        try {
            Process process = Command.bare(words)
                    .redirectErrorStream(true)
                    .redirectOutput(output)
                    .start();
            process.getOutputStream().close();
            return process;
        } catch (IOException e) {
            throw new StartFailure("cannot start %s: %s".formatted(words.getFirst(), e.getMessage()), e);
        }
    }

    private List<String> words(int port) {
        return PostgresSettings.words(programs.resolve("postgres"), data, port);
    }

    private boolean awaitReady(int port) {
        return await(
                        RECOVERY,
                        () -> ready(port)
                                || Postmaster.in(data)
                                        .filter(Postmaster::isAlive)
                                        .isEmpty())
                && ready(port);
    }

    private boolean ready(int port) {
        return Postmaster.in(data)
                .filter(found -> found.port() == port && found.isReady() && found.isAlive())
                .isPresent();
    }

    /** PostgreSQL itself clears a dead pid away, but not one that another process has by now. */
    private void forgetDead() {
        try {
            if (!isRunning()) {
                Files.deleteIfExists(Postmaster.file(data));
            }
        } catch (IOException e) {
            throw new StartFailure("cannot remove the stale " + Postmaster.file(data), e);
        }
    }

    /** The port may be taken between asking and binding; children of a killed PostgreSQL need a moment to go. */
    private static boolean passes(String said) {
        return said.contains("could not create any TCP/IP sockets") || said.contains("pre-existing shared memory");
    }

    /** Backends that outlived a killed PostgreSQL hold its memory; nothing they still do can be committed. */
    private void killOrphans() {
        ProcessHandle.allProcesses()
                .filter(process -> new Postmaster(data, process.pid(), 0, "").isAlive())
                .forEach(ProcessHandle::destroyForcibly);
        await(Duration.ofMillis(200), () -> false);
    }

    static int freePort() {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        } catch (IOException e) {
            throw new StartFailure("no free port on the loopback address for the database: " + e.getMessage(), e);
        }
    }

    private long logSize() {
        try {
            return Files.exists(log) ? Files.size(log) : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    private String logSince(long mark) {
        try (InputStream content = Files.newInputStream(log)) {
            content.skipNBytes(Math.min(mark, logSize()));
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    private static String lastLine(String said) {
        List<String> lines = said.lines().filter(line -> !line.isBlank()).toList();
        return lines.stream()
                .filter(line -> line.contains("FATAL") || line.contains("PANIC"))
                .reduce((first, last) -> last)
                .orElse(lines.isEmpty() ? "it said nothing" : lines.getLast());
    }

    private static boolean await(Duration longest, BooleanSupplier condition) {
        long end = System.nanoTime() + longest.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            try {
                Thread.sleep(5);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return condition.getAsBoolean();
            }
        }
        return true;
    }
}
