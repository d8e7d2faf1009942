package dev.drover.provider.computer.bubblewrap;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.core.computer.Computer;
import dev.drover.core.computer.ComputerSpec;
import dev.drover.core.computer.TestingProcesses;
import dev.drover.core.computer.TestingSpecs;
import dev.drover.core.id.AgentId;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that is killed takes its computers with it; the next one finds their workspaces. */
@Timeout(120)
class BubblewrapCrashTest {
    private static final Duration ENOUGH = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    @Test
    void survivesTheThreadThatOpenedIt() throws Exception {
        try (TestingBubblewrap bubblewrap = TestingBubblewrap.in(folder)) {
            Computer[] opened = new Computer[1];
            Thread brief = Thread.ofPlatform().start(() -> {
                try {
                    opened[0] = bubblewrap.computers().open(TestingSpecs.spec());
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            brief.join();
            Thread.sleep(100);

            try (Computer computer = opened[0]) {
                assertThat(computer.run("echo alive", ENOUGH).stdout()).isEqualTo("alive\n");
            }
        }
    }

    @Test
    void diesWithTheServerAndItsWorkspaceIsAdoptedUnderTheSameUid() throws Exception {
        try (TestingBubblewrap bubblewrap = TestingBubblewrap.in(folder)) {
            UUID agent = UUID.randomUUID();
            Process server = server(bubblewrap.folder(), agent);
            String uid;
            try (BufferedReader said = new BufferedReader(new InputStreamReader(server.getInputStream(), UTF_8))) {
                uid = said.readLine();
                assertThat(TestingProcesses.withArgument("4713.5")).hasSize(2);
                server.destroyForcibly().waitFor();
            }
            while (!TestingProcesses.withArgument("4713.5").isEmpty()) {
                Thread.sleep(5);
            }

            ComputerSpec spec = new ComputerSpec(
                    new AgentId(agent),
                    TestingSpecs.LIMITS,
                    Map.of(),
                    TestingSpecs.spec().egress());
            try (Computer adopted = bubblewrap.computers().open(spec)) {
                assertThat(adopted.run("cat kept; echo more >> kept", ENOUGH).stdout())
                        .isEqualTo("before\n");
                assertThat(adopted.isolation().facts()).containsEntry("uid", uid);
            }
        }
    }

    private static Process server(Path computers, UUID agent) throws Exception {
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        BubblewrapCrashTest.class.getName(),
                        computers.toString(),
                        agent.toString(),
                        "test" + ProcessHandle.current().pid())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** The server that will be killed: a daemon, a child in the background and a command are running. */
    public static void main(String[] arguments) throws Exception {
        Path computers = Path.of(arguments[0]);
        ComputerSpec spec = new ComputerSpec(
                new AgentId(UUID.fromString(arguments[1])),
                TestingSpecs.LIMITS,
                Map.of(),
                TestingSpecs.spec().egress());
        Computer computer = new BubblewrapComputers(computers, new TestingDoors(), arguments[2]).open(spec);
        computer.run("echo before > kept; setsid sleep 4713.5 & sleep 4713.5 &", ENOUGH);
        System.out.println(computer.isolation().facts().get("uid"));
        computer.run("sleep 60", ENOUGH);
    }
}
