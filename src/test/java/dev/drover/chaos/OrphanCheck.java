package dev.drover.chaos;

import dev.drover.testing.Waiting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Nothing is left: no process, no control group, no mount, no port. */
final class OrphanCheck {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ChaosWorld world;
    private final Findings findings;

    OrphanCheck(ChaosWorld world, Findings findings) {
        this.world = world;
        this.findings = findings;
    }

    /** While the servers still run, but all runs are over. */
    void computers() {
        none("computers of runs that are over live on", () -> processes("/computers/"));
        none("control groups of runs that are over are left", this::groups);
    }

    /** When the servers have ended in order. */
    void servers() {
        none(
                "processes of servers that ended live on",
                () -> processes(world.disk().folder().toString()).stream()
                        .filter(process -> world.plan().nodes() == 1 || !process.contains("/database"))
                        .toList());
        none("mounts are left", this::mounts);
        none("ports are still open", this::ports);
    }

    private void none(String otherwise, Supplier<List<String>> found) {
        try {
            Waiting.until(
                    PATIENCE, () -> Optional.of(true).filter(_ -> found.get().isEmpty()));
        } catch (AssertionError stillThere) {
            findings.expect(false, "%s: %s", otherwise, found.get());
        }
    }

    /** Those that stand in our disk or were started with a name in it, and whose lines hold that text. */
    private List<String> processes(String part) {
        String ours = world.disk().folder().toString();
        List<String> found = new ArrayList<>();
        try (Stream<Path> all = Files.list(Path.of("/proc"))) {
            all.filter(entry -> entry.getFileName().toString().matches("\\d+")).forEach(entry -> {
                String line = entry.getFileName() + " " + link(entry.resolve("cwd")) + " "
                        + text(entry.resolve("cmdline")).replace('\0', ' ');
                if (line.contains(ours) && line.contains(part)) {
                    found.add(line);
                }
            });
        } catch (IOException e) {
            throw new IllegalStateException("/proc cannot be read", e);
        }
        return found;
    }

    /** Groups of single computers; the one around them belongs to the server. */
    private List<String> groups() {
        List<String> names = world.nodes().stream()
                .map(node ->
                        "drover-" + text(node.data().resolve("installation.id")).strip())
                .toList();
        try (Stream<Path> all = Files.walk(Path.of("/sys/fs/cgroup"))) {
            return all.filter(Files::isDirectory)
                    .map(Path::toString)
                    .filter(path -> names.stream().anyMatch(name -> path.contains(name + "/")))
                    .filter(path -> !text(Path.of(path, "cgroup.procs")).isBlank())
                    .toList();
        } catch (IOException | java.io.UncheckedIOException gone) {
            return List.of("(looked at while one went)");
        }
    }

    private List<String> mounts() {
        String ours = world.disk().folder().toString();
        return text(Path.of("/proc/self/mountinfo"))
                .lines()
                .filter(line -> line.contains(ours + "/"))
                .toList();
    }

    private List<String> ports() {
        return world.nodes().stream()
                .flatMap(node -> node.ports().stream())
                .filter(OrphanCheck::answers)
                .map(String::valueOf)
                .toList();
    }

    private static boolean answers(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException refused) {
            return false;
        }
    }

    private static String link(Path path) {
        try {
            return Files.readSymbolicLink(path).toString();
        } catch (IOException gone) {
            return "";
        }
    }

    private static String text(Path path) {
        try {
            return new String(Files.readAllBytes(path), StandardCharsets.UTF_8);
        } catch (IOException gone) {
            return "";
        }
    }
}
