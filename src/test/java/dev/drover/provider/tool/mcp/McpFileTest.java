package dev.drover.provider.tool.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.core.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class McpFileTest {
    @TempDir
    Path folder;

    private List<McpServer> read(String text) throws IOException {
        Files.writeString(folder.resolve("mcp.json"), text);
        return McpFile.read(folder);
    }

    @Test
    void namesNoServersWithoutAFile() {
        assertThat(McpFile.read(folder)).isEmpty();
    }

    @Test
    void readsTheFormThatClientsShare() throws IOException {
        assertThat(read("""
                {"mcpServers": {
                  "files": {"command": "npx", "args": ["-y", "it's"], "env": {"A": "b"}},
                  "far": {"type": "http", "url": "https://example.com/mcp", "headers": {"Authorization": "Bearer x"}}}}
                """))
                .containsExactly(
                        new McpServer.Local("files", "npx", List.of("-y", "it's"), Map.of("A", "b")),
                        new McpServer.Remote("far", "https://example.com/mcp", Map.of("Authorization", "Bearer x")));
    }

    @Test
    void keepsEveryWordOfACommandTogether() {
        assertThat(new McpServer.Local("a", "my prog", List.of("it's", "$HOME"), Map.of()).line())
                .isEqualTo("exec 'my prog' 'it'\\''s' '$HOME'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "[]",
                "{\"servers\": {}}",
                "{\"mcpServers\": {\"a\": {}}}",
                "{\"mcpServers\": {\"a\": {\"command\": 1}}}",
                "{\"mcpServers\": {\"a\": {\"command\": \"x\", \"url\": \"http://example.com\"}}}",
                "{\"mcpServers\": {\"a\": {\"command\": \"x\", \"args\": \"y\"}}}",
                "{\"mcpServers\": {\"a\": {\"command\": \"x\", \"env\": {\"A\": 1}}}}",
                "{\"mcpServers\": {\"a\": {\"url\": \"ftp://example.com\"}}}"
            })
    void refusesWhatItCannotReadInOneLine(String text) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("mcp.json")
                .hasMessageContaining("expected is")
                .message()
                .doesNotContain("\n");
    }
}
