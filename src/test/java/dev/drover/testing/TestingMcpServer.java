package dev.drover.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server of tools over HTTP: {@code say} repeats its words, {@code add} may be repeated, {@code fail} fails. */
public final class TestingMcpServer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String WORDS =
            "{\"type\":\"object\",\"required\":[\"words\"]," + "\"properties\":{\"words\":{\"type\":\"string\"}}}";
    private static final String TOOLS = "{\"tools\":[" + tool("say", WORDS, "") + ","
            + tool("add", "{\"type\":\"object\"}", ",\"annotations\":{\"readOnlyHint\":true}") + ","
            + tool("fail", "{\"type\":\"object\"}", "") + "]}";

    private final HttpServer http;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private volatile boolean away;

    public TestingMcpServer() {
        try {
            http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        http.setExecutor(threads);
        http.createContext("/mcp", this::answer);
        http.start();
    }

    private static String tool(String name, String schema, String more) {
        return "{\"name\":\"%s\",\"description\":\"It will %s.\",\"inputSchema\":%s%s}"
                .formatted(name, name, schema, more);
    }

    public String address() {
        return "127.0.0.1:" + http.getAddress().getPort();
    }

    public String url() {
        return "http://" + address() + "/mcp";
    }

    /** The methods it was asked for, each with the Authorization that came along. */
    public List<String> heard() {
        return heard;
    }

    /** Answers 503 to everybody from now on, or no longer. */
    public void goAway(boolean gone) {
        away = gone;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode message = JSON.readTree(exchange.getRequestBody().readAllBytes());
            String method = message.path("method").asText();
            heard.add(method + " " + exchange.getRequestHeaders().getFirst("Authorization"));
            String result = away ? "" : result(method, message.path("params"));
            if (result.isEmpty()) {
                exchange.sendResponseHeaders(away ? 503 : 202, -1);
                return;
            }
            byte[] body = ("{\"jsonrpc\":\"2.0\",\"id\":" + message.path("id") + ",\"result\":" + result + "}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.getResponseHeaders().add("Mcp-Session-Id", "s1");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static String result(String method, JsonNode params) {
        return switch (method) {
            case "initialize" ->
                "{\"protocolVersion\":\"2025-06-18\",\"capabilities\":{\"tools\":{}},"
                        + "\"serverInfo\":{\"name\":\"far\",\"version\":\"1\"}}";
            case "tools/list" -> TOOLS;
            case "tools/call" -> called(params);
            default -> "";
        };
    }

    private static String called(JsonNode params) {
        String name = params.path("name").asText();
        String words = params.path("arguments").path("words").toString();
        return "say".equals(name)
                ? "{\"content\":[{\"type\":\"text\",\"text\":" + words + "}],\"structuredContent\":{\"said\":" + words
                        + ",\"more\":1}}"
                : "{\"content\":[{\"type\":\"text\",\"text\":\"the tool " + name + "\"}],\"isError\":"
                        + "fail".equals(name) + "}";
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }
}
