package dev.drover.provider.tool.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.drover.core.Json;
import dev.drover.core.computer.Computer;
import dev.drover.core.computer.ComputerSpec;
import dev.drover.core.computer.Computers;
import dev.drover.core.computer.Readiness;
import dev.drover.core.computer.TestingSpecs;
import dev.drover.core.credential.LentSecrets;
import dev.drover.core.model.Picture;
import dev.drover.core.tool.ShowingTool;
import dev.drover.core.tool.Tool;
import dev.drover.core.tool.ToolAnswer;
import dev.drover.core.tool.ToolContext;
import dev.drover.core.tool.ToolRefusal;
import dev.drover.provider.computer.bubblewrap.BubblewrapComputers;
import dev.drover.provider.egress.EgressProxy;
import dev.drover.provider.http.PinnedWebClient;
import dev.drover.provider.json.NetworkntSchemas;
import dev.drover.testing.TestingContext;
import dev.drover.testing.Waiting;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tools of a server that runs inside the agent's computer. */
@Timeout(120)
class McpToolTest {
    private static final String PYTHON = "/usr/bin/python3";

    @TempDir
    Path folder;

    private Computers computers;
    private ComputerSpec spec;
    private McpServer server;
    private List<Tool> tools;
    private Computer computer;
    private ToolContext context;

    @BeforeEach
    void start() throws Exception {
        assumeTrue(Files.isExecutable(Path.of(PYTHON)), "needs python3: install the package python3");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        computers = new BubblewrapComputers(
                folder.resolve("c"),
                new EgressProxy(),
                "mcp" + ProcessHandle.current().pid());
        Readiness readiness = computers.probe();
        assumeTrue(readiness.ready(), "needs bubblewrap: " + readiness.summary());
        server = new McpServer.Local("my server", PYTHON, List.of("-c", program()), Map.of("TONE", "kind"));
        spec = TestingSpecs.spec();
        tools = discovered(server);
        computer = computers.open(spec);
        context = new ToolContext(computer, spec.egress(), TestingContext.BEHALF, LentSecrets.NONE);
    }

    @AfterEach
    void stop() {
        if (computer != null) {
            context.belongings().close();
            computer.close();
            computers.sweep(Set.of());
        }
    }

    private List<Tool> discovered(McpServer... servers) {
        return new McpTools(new PinnedWebClient(), new NetworkntSchemas())
                .of(List.of(servers), computers, TestingSpecs.spec());
    }

    private static String program() throws IOException {
        try (InputStream program = Objects.requireNonNull(McpToolTest.class.getResourceAsStream("server.py"))) {
            return new String(program.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private Tool tool(String name) {
        return tools.stream()
                .filter(each -> each.spec().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private ToolAnswer call(String name, String input) throws ToolRefusal, InterruptedException {
        return ((ShowingTool) tool("mcp_my_server_" + name)).show(new Json(input), context);
    }

    @Test
    void offersWhatTheServerHasUnderNamesThatModelsTake() {
        List<String> names = tools.stream().map(each -> each.spec().name()).toList();

        assertThat(names).hasSize(8).contains("mcp_my_server_echo_it_", "mcp_my_server_count");
        assertThat(names).allMatch(name -> name.matches("[A-Za-z0-9_-]{1,56}")).doesNotContain("mcp_my_server_odd");
        assertThat(tool("mcp_my_server_echo_it_").spec().label()).isEqualTo("MCP");
    }

    @Test
    void repeatsOnlyWhatIsDeclaredHarmless() {
        assertThat(tool("mcp_my_server_echo_it_").repeatable(Json.EMPTY_OBJECT)).isTrue();
        assertThat(tool("mcp_my_server_same").repeatable(Json.EMPTY_OBJECT)).isTrue();
        assertThat(tool("mcp_my_server_count").repeatable(Json.EMPTY_OBJECT)).isFalse();
    }

    @Test
    void runsTheServerInsideTheComputerOnceForTheWholeRun() throws Exception {
        assertThat(call("echo_it_", "{\"text\":\"hé\"}").output().text())
                .isEqualTo("{\"text\":\"hé kind /workspace\"}");
        assertThat(call("count", "{}").output().text())
                .isEqualTo("{\"text\":\"\",\"structured_content\":{\"calls\":2}}");
        assertThat(processes()).isEqualTo(1);

        context.belongings().close();
        Waiting.until(() -> processes() == 0);
    }

    @Test
    void showsPicturesBesideTheResult() throws Exception {
        ToolAnswer answer = call("show", "{}");

        assertThat(answer.pictures()).containsExactly(new Picture("image/png", "UElD"));
        assertThat(answer.output().text()).contains("an image of 3 bytes");
    }

    @Test
    void tellsWhatTheToolSaysOfItsFailure() {
        assertThatThrownBy(() -> call("fail", "{}"))
                .isInstanceOf(ToolRefusal.class)
                .hasMessageContaining("it broke");
    }

    @Test
    void startsTheServerAnewAfterItDied() throws Exception {
        call("count", "{}");
        assertThatThrownBy(() -> call("die", "{}"))
                .hasMessageContaining("has ended")
                .hasMessageContaining("going down");

        assertThat(call("count", "{}").output().text()).contains("{\"calls\":1}");
    }

    @Test
    void letsGoOfACallWhenTheRunIsEnded() throws Exception {
        call("count", "{}");
        Thread caller = Thread.currentThread();
        Thread.ofVirtual().start(() -> {
            try {
                Thread.sleep(Duration.ofMillis(500));
            } catch (InterruptedException e) {
                return;
            }
            caller.interrupt();
        });

        assertThatThrownBy(() -> call("hang", "{}")).isInstanceOf(InterruptedException.class);
    }

    @Test
    void leavesOutAServerThatDoesNotStart() {
        McpServer missing = new McpServer.Local("gone", "no-such-program", List.of(), Map.of());

        assertThat(discovered(missing, server)).hasSize(8);
    }

    private int processes() {
        try {
            return Integer.parseInt(computer.run("pgrep -c python3 || :", Duration.ofSeconds(20))
                    .stdout()
                    .strip());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
