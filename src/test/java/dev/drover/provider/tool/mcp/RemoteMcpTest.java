package dev.drover.provider.tool.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.drover.core.computer.Computer;
import dev.drover.core.egress.EgressDenied;
import dev.drover.core.egress.EgressGuard;
import dev.drover.provider.http.PinnedWebClient;
import dev.drover.testing.TestingComputer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server over HTTP, which answers some calls as JSON and some as a stream. */
@Timeout(60)
class RemoteMcpTest {
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final Computer computer = new TestingComputer(Path.of("."));
    private HttpServer http;

    @BeforeEach
    void start() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        http.createContext("/mcp", this::answer);
        http.createContext("/away", exchange -> {
            exchange.getResponseHeaders().add("Location", "/mcp");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        http.start();
    }

    @AfterEach
    void stop() {
        http.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        JsonNode message = McpJson.INSTANCE.readValue(exchange.getRequestBody().readAllBytes(), JsonNode.class);
        heard.add(message.path("method").asText() + " "
                + exchange.getRequestHeaders().getFirst("X-Key") + " "
                + exchange.getRequestHeaders().getFirst("Mcp-Session-Id") + " "
                + exchange.getRequestHeaders().getFirst("MCP-Protocol-Version"));
        String result = switch (message.path("method").asText()) {
            case "initialize" ->
                "{\"protocolVersion\":\"2025-06-18\",\"capabilities\":{\"tools\":{}},"
                        + "\"serverInfo\":{\"name\":\"far\",\"version\":\"1\"}}";
            case "tools/list" -> "{\"tools\":[{\"name\":\"go\",\"inputSchema\":{\"type\":\"object\"}}]}";
            case "tools/call" -> "{\"content\":[{\"type\":\"text\",\"text\":\"went\"}]}";
            default -> "";
        };
        exchange.getResponseHeaders().add("Mcp-Session-Id", "s1");
        if (result.isEmpty()) {
            exchange.sendResponseHeaders(202, -1);
            exchange.close();
            return;
        }
        String whole = "{\"jsonrpc\":\"2.0\",\"id\":" + message.path("id") + ",\"result\":" + result + "}";
        boolean streamed = message.path("method").asText().equals("tools/call");
        exchange.getResponseHeaders().add("Content-Type", streamed ? "text/event-stream" : "application/json");
        byte[] body = (streamed ? ": hello\n\nevent: message\ndata: " + whole + "\n\n" : whole)
                .getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private McpServer.Remote at(String path) {
        return new McpServer.Remote("far", "http://" + address() + path, Map.of("X-Key", "k"));
    }

    private String address() {
        return "127.0.0.1:" + http.getAddress().getPort();
    }

    private static EgressGuard guard(String... allowed) {
        return new EgressGuard(host -> List.of(InetAddress.getByName(host)), List.of(allowed), List.of());
    }

    @Test
    void callsToolsInOneSession() throws Exception {
        try (McpConnection connection =
                McpConnection.open(at("/mcp"), computer, guard(address()), new PinnedWebClient())) {
            assertThat(connection.tools()).extracting(tool -> tool.name()).containsExactly("go");
            assertThat(McpResult.of(connection.call("go", Map.of())).output().text())
                    .isEqualTo("{\"text\":\"went\"}");
        }
        assertThat(heard).first().isEqualTo("initialize k null null");
        assertThat(heard).last().isEqualTo("tools/call k s1 2025-06-18");
    }

    @Test
    void asksNobodyWhomTheGuardDenies() {
        assertThatThrownBy(() -> McpConnection.open(at("/mcp"), computer, guard(), new PinnedWebClient()))
                .isInstanceOf(EgressDenied.class)
                .hasMessageContaining("private/internal");
        assertThat(heard).isEmpty();
    }

    @Test
    void followsNoRedirect() {
        assertThatThrownBy(() -> McpConnection.open(at("/away"), computer, guard(address()), new PinnedWebClient()))
                .isInstanceOf(McpFailure.class)
                .hasMessageContaining("302");
    }
}
