package dev.drover.api.jettson;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.drover.testing.RawServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A site whose answers follow from the path: so many bytes of text, a page with so many characters, a redirect, the
 * tools of an MCP server, or nothing at all.
 */
final class TestingOutside implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d+)\r\n");
    private static final Map<String, String> RESULTS = Map.of(
            "initialize",
            "{\"protocolVersion\":\"2025-06-18\",\"capabilities\":{\"tools\":{}},"
                    + "\"serverInfo\":{\"name\":\"far\",\"version\":\"1\"}}",
            "tools/list",
            "{\"tools\":[{\"name\":\"go\",\"inputSchema\":{\"type\":\"object\"}}]}",
            "tools/call",
            "{\"content\":[{\"type\":\"text\",\"text\":\"went\"}]}");

    private final List<String> called = new CopyOnWriteArrayList<>();
    private final RawServer server = new RawServer(this::answer);

    private final String elsewhere;

    private TestingOutside(String elsewhere) throws IOException {
        this.elsewhere = elsewhere;
    }

    /** @param elsewhere where its redirects and its pictures lead */
    static TestingOutside leadingTo(String elsewhere) {
        try {
            return new TestingOutside(elsewhere);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String address() {
        return server.address();
    }

    int port() {
        return server.port();
    }

    String bytes(int count) {
        return server.url("/bytes/" + count);
    }

    String page(int characters) {
        return server.url("/page/" + characters);
    }

    /** A page with a picture from elsewhere. */
    String collage() {
        return server.url("/collage");
    }

    String redirect() {
        return server.url("/away");
    }

    String silent() {
        return server.url("/silent");
    }

    /** The methods that MCP clients called. */
    List<String> called() {
        return called;
    }

    private void answer(String head, InputStream in, OutputStream out) throws IOException, InterruptedException {
        String[] path = head.split(" ", 3)[1].split("/", -1);
        switch (path[1]) {
            case "bytes" -> send(out, "200 OK", "text/plain", "x".repeat(Integer.parseInt(path[2])));
            case "page" -> send(out, "200 OK", "text/html", "<p>" + "x".repeat(Integer.parseInt(path[2])));
            case "collage" -> send(out, "200 OK", "text/html", "<title>Seen</title><img src='" + elsewhere + "'>");
            case "away" -> send(out, "302 Found\r\nLocation: " + elsewhere, "text/plain", "");
            case "silent" -> Thread.sleep(300_000);
            case "mcp" -> speak(head, in, out);
            default -> send(out, "404 Not Found", "text/plain", "no such page");
        }
    }

    private void speak(String head, InputStream in, OutputStream out) throws IOException {
        Matcher length = LENGTH.matcher(head);
        JsonNode message = JSON.readTree(in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0));
        String method = message.path("method").asText();
        called.add(method);
        String result = RESULTS.get(method);
        if (result == null) {
            send(out, "202 Accepted", "application/json", "");
            return;
        }
        String answer = "{\"jsonrpc\":\"2.0\",\"id\":" + message.path("id") + ",\"result\":" + result + "}";
        send(out, "200 OK", "application/json", answer);
    }

    private static void send(OutputStream out, String status, String type, String body) throws IOException {
        String head = "HTTP/1.1 " + status + "\r\nContent-Type: " + type + "\r\nContent-Length: " + body.length()
                + "\r\nConnection: close\r\n\r\n";
        out.write((head + body).getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
