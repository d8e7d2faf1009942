package dev.drover.api.trinity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A client at the other end of a WebSocket. */
final class TestingSocket implements WebSocket.Listener, AutoCloseable {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final JsonMapper MAPPER = new JsonMapper();

    private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder text = new StringBuilder();
    private final WebSocket socket;

    TestingSocket(URI server, String path) {
        socket = CLIENT.newWebSocketBuilder()
                .buildAsync(URI.create("ws://" + server.getAuthority() + path), this)
                .join();
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            texts.add(text.toString());
            text.setLength(0);
        }
        from.request(1);
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

    void say(String words) {
        socket.sendText(words, true).join();
    }

    /** The next text. */
    String next() throws InterruptedException {
        String next = texts.poll(20, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nothing came in 20 s");
        }
        return next;
    }

    JsonNode json() throws InterruptedException, IOException {
        return MAPPER.readTree(next());
    }

    /** All that came before the answer to a ping, which tells that nothing else is on its way. */
    List<String> untilPong(String ping, String pong) throws InterruptedException {
        say(ping);
        List<String> before = new ArrayList<>();
        for (String came = next(); !came.equals(pong); came = next()) {
            before.add(came);
        }
        return before;
    }

    int closeCode() {
        return closed.orTimeout(30, TimeUnit.SECONDS).join();
    }

    boolean isClosed() {
        return closed.isDone();
    }

    @Override
    public void close() {
        socket.abort();
    }
}
