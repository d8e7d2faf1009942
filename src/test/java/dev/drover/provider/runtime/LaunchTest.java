package dev.drover.provider.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.core.Json;
import dev.drover.core.runtime.AgentProgram;
import dev.drover.core.runtime.Launch;
import dev.drover.core.runtime.Order;
import dev.drover.provider.runtime.claude.ClaudeCode;
import dev.drover.provider.runtime.codex.Codex;
import dev.drover.provider.runtime.gemini.GeminiCli;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class LaunchTest {
    private static final Json SERVERS = new Json("""
            {"mcpServers":{
                "files":{"command":"npx","args":["-y","it's"],"env":{"A":"b c"}},
                "web":{"type":"http","url":"https://mcp.example/x","headers":{"X":"y"}}}}
            """);

    private static Order order(boolean lentKey, List<String> servers) {
        return new Order(
                "do it",
                "be 'kind'",
                "a-session",
                new Order.Choice("a-model", List.of("filesystem", "Special"), servers, lentKey),
                SERVERS);
    }

    static Stream<AgentProgram> programs() {
        return Stream.of(new ClaudeCode(), new Codex(), new GeminiCli());
    }

    @ParameterizedTest
    @MethodSource("programs")
    void saysTheModelTheSessionAndTheTask(AgentProgram program) {
        Launch launch = program.launch(order(true, List.of()));
        assertThat(launch.arguments()).contains("'a-model'", "'a-session'");
        assertThat(launch.input()).isEqualTo("do it");
        assertThat(launch.environment()).containsValue(AgentProgram.PLACEHOLDER);
        assertThat(launch.before() + launch.arguments()).contains("$DROVER_MODELS/");
    }

    @ParameterizedTest
    @MethodSource("programs")
    void leavesAnOwnKeyAlone(AgentProgram program) {
        Launch launch = program.launch(order(false, List.of()));
        assertThat(launch.environment()).doesNotContainValue(AgentProgram.PLACEHOLDER);
        assertThat(launch.before() + launch.arguments()).doesNotContain("DROVER_MODELS");
    }

    @Test
    void claudeTakesInstructionsFromAFileAndServersByTheirNames() {
        Launch launch = new ClaudeCode().launch(order(true, List.of("web")));
        assertThat(launch.files()).containsEntry("instructions.md", "be 'kind'");
        assertThat(launch.arguments())
                .contains("--append-system-prompt-file \"$DROVER_RUNTIME/instructions.md\"")
                .contains("--strict-mcp-config --mcp-config \"$DROVER_RUNTIME/mcp.json\"")
                .contains("--tools 'Read,Write,Edit,NotebookEdit,Glob,Grep,Special'");
        assertThat(launch.files().get("mcp.json"))
                .startsWith("{\"mcpServers\":{\"web\":{")
                .doesNotContain("files");
        assertThat(new ClaudeCode().launch(order(true, List.of())).arguments())
                .contains("{\"enableAllProjectMcpServers\":true}");
    }

    @Test
    void codexTakesServersAsSettings() {
        assertThat(new Codex().launch(order(true, List.of())).arguments())
                .startsWith("exec resume --json")
                .contains("'developer_instructions=\"be '\\''kind'\\''\"'")
                .contains("mcp_servers.files={command=\"npx\",args=[\"-y\",\"it'\\''s\"],env={\"A\"=\"b c\"}}")
                .contains("mcp_servers.web={url=\"https://mcp.example/x\",http_headers={\"X\"=\"y\"}}")
                .endsWith("'a-session' -");
    }

    @Test
    void geminiTakesAllFromFilesOfItsOwn() {
        Launch launch = new GeminiCli().launch(order(true, List.of("web")));
        assertThat(launch.files()).containsEntry(".gemini/GEMINI.md", "be 'kind'");
        assertThat(launch.files().get(".gemini/settings.json"))
                .contains("\"selectedType\":\"gemini-api-key\"")
                .contains("\"mcpServers\":{\"web\":{\"headers\":{\"X\":\"y\"},\"httpUrl\":\"https://mcp.example/x\"}}")
                .contains("\"read_file\"", "\"Special\"");
    }

    @Test
    void serversThatCannotBeReadAreNone() {
        Order order = new Order("do it", "", null, Order.Choice.USUAL, new Json("{not json"));
        assertThat(new Codex().launch(order).arguments()).doesNotContain("mcp_servers");
    }
}
