package dev.drover.provider.computer.docker;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectVolumeResponse;
import com.github.dockerjava.api.model.Container;
import dev.drover.core.computer.ComputerFailure;
import dev.drover.core.computer.ComputerSpec;
import dev.drover.core.computer.FolderRemoval;
import dev.drover.core.id.AgentId;
import dev.drover.provider.computer.bubblewrap.TestingDoors;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An engine of the tests' own: it shares nothing with any other on this machine, has no bridge and touches no firewall,
 * and ends with this process, however that ends. One for all tests; where there can be none, they are skipped.
 */
final class TestingEngine {
    static final String IMAGE = "trinity-agent-base:latest";
    static final ComputerSpec.Limits USUAL = new ComputerSpec.Limits(512 << 20, 2, 128, 64 << 20);

    private static final int STARTING_SECONDS = 30;
    private static @Nullable TestingEngine shared;

    private final Path folder;

    private TestingEngine(Path folder) {
        this.folder = folder;
    }

    static synchronized TestingEngine shared() throws Exception {
        if (shared == null) {
            assumeTrue("root".equals(System.getProperty("user.name")), "needs root: an engine of the tests' own");
            for (String program : List.of("docker", "dockerd", "setpriv", "dpkg", "socat")) {
                assumeTrue(isInstalled(program), "needs docker: " + program + " is not installed");
            }
            shared = start();
        }
        return shared;
    }

    private static boolean isInstalled(String program) {
        return List.of("/usr/local/bin", "/usr/bin", "/usr/sbin", "/bin", "/sbin").stream()
                .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
    }

    private static TestingEngine start() throws Exception {
        TestingEngine engine = new TestingEngine(Files.createTempDirectory(Path.of("/tmp"), "drover-engine"));
        Process process = engine.daemon();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> engine.stop(process)));
        EngineLine line = null;
        for (int i = 0; i < STARTING_SECONDS * 10 && line == null && process.isAlive(); i++) {
            Thread.sleep(100);
            line = engine.line();
        }
        assumeTrue(line != null, "needs an engine: dockerd did not start here: " + engine.lastWords());
        Objects.requireNonNull(line).close();
        engine.importImage();
        return engine;
    }

    /** The kernel tells the engine when the thread that started it ends, so that one stays. */
    private Process daemon() throws Exception {
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        "setpriv",
                        "--pdeathsig",
                        "TERM",
                        "dockerd",
                        "-H",
                        "unix://" + socket(),
                        "--data-root",
                        folder + "/data",
                        "--exec-root",
                        folder + "/exec",
                        "-p",
                        folder + "/pid",
                        "--bridge=none",
                        "--iptables=false",
                        "--ip6tables=false",
                        "--ip-forward=false",
                        "--ip-masq=false",
                        "--shutdown-timeout=1",
                        "--exec-opt",
                        "native.cgroupdriver=cgroupfs"))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile());
        CountDownLatch begun = new CountDownLatch(1);
        Process[] started = new Process[1];
        Thread.ofPlatform().daemon().name("dockerd").start(() -> {
            try {
                started[0] = builder.start();
                begun.countDown();
                started[0].waitFor();
            } catch (IOException | InterruptedException e) {
                begun.countDown();
            }
        });
        begun.await();
        return Objects.requireNonNull(started[0], "dockerd did not start");
    }

    private @Nullable EngineLine line() {
        try {
            return EngineLine.open(socket());
        } catch (ComputerFailure e) {
            return null;
        }
    }

    private String lastWords() throws IOException {
        List<String> lines = Files.readAllLines(folder.resolve("log"));
        return lines.isEmpty() ? "nothing said" : lines.getLast();
    }

    private void importImage() throws Exception {
        Path root = Files.createDirectory(folder.resolve("image"));
        Path script = folder.resolve("local-image.sh");
        try (InputStream source =
                Objects.requireNonNull(TestingEngine.class.getResourceAsStream("local-image.sh"), "local-image.sh")) {
            Files.copy(source, script);
        }
        run("sh", script.toString(), root.toString());
        run("tar", "-C", root.toString(), "-cf", folder + "/image.tar", ".");
        run("docker", "-H", "unix://" + socket(), "import", "-c", "ENV FLAVOUR=local", folder + "/image.tar", IMAGE);
        Files.delete(folder.resolve("image.tar"));
        FolderRemoval.remove(root);
    }

    private void run(String... command) throws Exception {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("image.log").toFile())
                .start();
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ": " + Files.readString(folder.resolve("image.log")));
        }
    }

    private void stop(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            FolderRemoval.remove(folder);
        } catch (IOException | InterruptedException e) {
            System.err.println("left over: " + folder + ": " + e);
        }
    }

    Path socket() {
        return folder.resolve("sock");
    }

    /** Computers in a folder below one that the test has. */
    DockerComputers computers(Path temporary, String installation, int warm) throws IOException {
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwx--x--x"));
        Path folder = temporary.resolve("computers");
        return new DockerComputers(
                folder,
                new TestingDoors(),
                installation,
                new EngineSettings(socket(), IMAGE, folder, warm, USUAL),
                Clock.systemUTC());
    }

    /** The containers of one agent, whether they run or not. */
    static List<Container> containers(AgentId agent) throws Exception {
        return asked(client -> client.listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(Map.of("drover.agent-id", agent.toString()))
                .exec());
    }

    static String only(AgentId agent) throws Exception {
        return containers(agent).getFirst().getId();
    }

    static void kill(String container) throws Exception {
        asked(client -> client.killContainerCmd(container).exec());
    }

    static void remove(String container) throws Exception {
        asked(client -> client.removeContainerCmd(container).withForce(true).exec());
    }

    /** A container that no server has made and that was never started. */
    static String stray(String name, Map<String, String> labels) throws Exception {
        return asked(client -> client.createContainerCmd(IMAGE)
                .withName("agent-" + name)
                .withLabels(labels)
                .withCmd("sleep", "60")
                .exec()
                .getId());
    }

    /** The names of an installation's volumes. */
    static List<String> volumes(String installation) throws Exception {
        return asked(client -> client
                .listVolumesCmd()
                .withFilter("label", List.of("drover.installation=" + installation))
                .exec()
                .getVolumes()
                .stream()
                .map(InspectVolumeResponse::getName)
                .toList());
    }

    private static <T extends @Nullable Object> T asked(Function<DockerClient, T> question) throws Exception {
        EngineLine line = EngineLine.open(shared().socket());
        try {
            return question.apply(line.client());
        } finally {
            line.close();
        }
    }
}
