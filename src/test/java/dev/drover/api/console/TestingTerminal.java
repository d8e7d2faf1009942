package dev.drover.api.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A person at a terminal, over the JDK's WebSocket. */
final class TestingTerminal implements WebSocket.Listener, AutoCloseable {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final JsonMapper MAPPER = new JsonMapper();

    private final BlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder half = new StringBuilder();
    private final StringBuilder printed = new StringBuilder();
    private final WebSocket socket;
    private volatile boolean reads = true;

    TestingTerminal(URI server, String query) {
        socket = CLIENT.newWebSocketBuilder()
                .buildAsync(URI.create("ws://" + server.getAuthority() + "/api/v1/terminal" + query), this)
                .join();
    }

    /** Opens a terminal in an agent's computer. */
    static TestingTerminal open(URI server, String token, String agent) throws InterruptedException {
        TestingTerminal terminal = new TestingTerminal(server, "");
        terminal.begin(token, agent);
        JsonNode first = terminal.next();
        if (!first.path("type").asText().equals("opened")) {
            throw new AssertionError("not opened: " + first);
        }
        return terminal;
    }

    static ObjectNode message(String type) {
        return MAPPER.createObjectNode().put("type", type);
    }

    void begin(String token, String agent) {
        say(message("open").put("token", token).put("agent", agent));
    }

    void say(JsonNode message) {
        say(message.toString());
    }

    void say(String text) {
        socket.sendText(text, true).join();
    }

    void type(String keys) {
        say(message("input").put("data", keys));
    }

    /** Takes nothing off the line from now on. */
    void stopReading() {
        reads = false;
    }

    void readOn() {
        reads = true;
        socket.request(1);
    }

    JsonNode next() throws InterruptedException {
        JsonNode next = messages.poll(20, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nothing came in 20 s after: " + printed);
        }
        if (next.path("type").asText().equals("output")) {
            printed.append(next.path("data").asText());
        }
        return next;
    }

    /** The next message that is no output. */
    JsonNode nextWord() throws InterruptedException {
        JsonNode next = next();
        while (next.path("type").asText().equals("output")) {
            next = next();
        }
        return next;
    }

    /** Reads until it stands on the screen; all that was printed so far. */
    String until(String text) throws InterruptedException {
        while (printed.indexOf(text) < 0) {
            next();
        }
        return printed.toString();
    }

    /** Forgets what was printed. */
    void clear() {
        printed.setLength(0);
    }

    /** How many characters lie here and wait to be read. */
    long waiting() {
        return messages.stream()
                .mapToLong(message -> message.path("data").asText().length())
                .sum();
    }

    /** As a browser does whose page is left. */
    void hangUp() {
        socket.sendClose(1001, "").join();
    }

    int closeCode() {
        return closed.orTimeout(30, TimeUnit.SECONDS).join();
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        half.append(data);
        if (last) {
            try {
                messages.add(MAPPER.readTree(half.toString()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            half.setLength(0);
        }
        if (reads) {
            from.request(1);
        }
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
        closed.complete(status);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        closed.complete(1006);
    }

    @Override
    public void close() {
        socket.abort();
    }
}
