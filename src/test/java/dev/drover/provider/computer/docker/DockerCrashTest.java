package dev.drover.provider.computer.docker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.core.computer.Computer;
import dev.drover.core.computer.ComputerSpec;
import dev.drover.core.computer.TestingProcesses;
import dev.drover.core.computer.TestingSpecs;
import dev.drover.core.id.AgentId;
import dev.drover.provider.computer.bubblewrap.TestingDoors;
import dev.drover.testing.Waiting;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that is killed takes its containers with it; the next one finds their workspaces. */
@Timeout(120)
class DockerCrashTest {
    private static final Duration ENOUGH = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    @Test
    void endsWithTheServerAndTheNextOneFindsTheWorkspaceAndSweepsTheRest() throws Exception {
        AgentId agent = new AgentId(UUID.randomUUID());
        try (DockerComputers computers = TestingEngine.shared().computers(folder, "crash", 0)) {
            Process server = server(agent);
            try (BufferedReader said = new BufferedReader(new InputStreamReader(server.getInputStream(), UTF_8))) {
                assertThat(said.readLine()).isEqualTo("up");
                // What a command leaves in the background may be a shell yet when the command is over.
                Waiting.until(() -> TestingProcesses.withArgument("4713.75").size() == 2);
                server.destroyForcibly().waitFor();
            }
            while (!TestingProcesses.withArgument("4713.75").isEmpty()) {
                Thread.sleep(5);
            }
            assertThat(TestingEngine.containers(agent)).hasSize(1);
            computers.sweep(Set.of(agent));
            assertThat(TestingEngine.containers(agent)).isEmpty();

            try (Computer adopted = computers.open(spec(agent))) {
                assertThat(adopted.run("cat kept; echo more >> kept", ENOUGH).stdout())
                        .isEqualTo("before\n");
                adopted.stop(Duration.ZERO);
            }
            computers.sweep(Set.of());
            assertThat(TestingEngine.volumes("crash")).isEmpty();
        }
    }

    private static ComputerSpec spec(AgentId agent) {
        return new ComputerSpec(
                agent, TestingSpecs.LIMITS, Map.of(), TestingSpecs.spec().egress());
    }

    private Process server(AgentId agent) throws Exception {
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        DockerCrashTest.class.getName(),
                        TestingEngine.shared().socket().toString(),
                        folder.resolve("computers").toString(),
                        agent.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** The server that will be killed: a daemon, a child in the background and a command are running. */
    public static void main(String[] arguments) throws Exception {
        Path computers = Path.of(arguments[1]);
        EngineSettings engine =
                new EngineSettings(Path.of(arguments[0]), TestingEngine.IMAGE, computers, 0, TestingEngine.USUAL);
        Computer computer = new DockerComputers(computers, new TestingDoors(), "crash", engine, Clock.systemUTC())
                .open(spec(new AgentId(UUID.fromString(arguments[2]))));
        computer.run("echo before > kept; setsid sleep 4713.75 & sleep 4713.75 &", ENOUGH);
        System.out.println("up");
        computer.run("sleep 60", ENOUGH);
    }
}
