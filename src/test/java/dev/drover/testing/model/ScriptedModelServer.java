package dev.drover.testing.model;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/**
 * A model server on a free port of 127.0.0.1 that says what its script says, in the wire format of Anthropic, OpenAI
 * (chats and responses), Gemini or Ollama, streamed or whole, to any number of clients at once. For example
 *
 * <pre>
 * try (var server = ScriptedModelServer.start(Script.byTurn(
 *         Turn.call("shell_run", "{\"command\":\"ls\"}"), Turn.text("Done.")))) {
 *     LanguageModel model = LangChainModels.openAi(new Endpoint("scripted", null, server.baseUrl() + "/v1"));
 * </pre>
 *
 * A script is also any function: {@code asked -> Turn.text(asked.lastToolResult())}. Anthropic, Gemini and Ollama take
 * the plain base URL, OpenAI the one with {@code /v1}.
 */
public final class ScriptedModelServer implements AutoCloseable {
    private static final List<Wire> WIRES =
            List.of(new AnthropicWire(), new OpenAiWire(), new ResponsesWire(), new GeminiWire(), new OllamaWire());
    private static final String JSON = "application/json";

    private final ServerSocket listener;
    private final Script script;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final Tally requests = new Tally();
    private final Tally brokenOff = new Tally();

    private ScriptedModelServer(Script script, ServerSocket listener) {
        this.script = script;
        this.listener = listener;
    }

    public static ScriptedModelServer start(Script script) throws IOException {
        var server = new ScriptedModelServer(script, new ServerSocket(0, 5000, InetAddress.getLoopbackAddress()));
        Thread.startVirtualThread(server::accept);
        return server;
    }

    /** These turns, one a request. */
    public static ScriptedModelServer start(Turn... turns) throws IOException {
        return start(Script.inOrder(turns));
    }

    public String baseUrl() {
        return "http://127.0.0.1:" + listener.getLocalPort();
    }

    /** All requests for an answer, in the order of their coming. */
    public List<Asked> asked() {
        return List.copyOf(asked);
    }

    public boolean awaitAsked(int count, Duration patience) throws InterruptedException {
        return requests.reached(count, patience);
    }

    public int openConnections() {
        return open.size();
    }

    /** Connections that clients closed before they had their answer. */
    public int brokenOff() {
        return brokenOff.count();
    }

    public boolean awaitBrokenOff(int count, Duration patience) throws InterruptedException {
        return brokenOff.reached(count, patience);
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : open) {
            socket.close();
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                socket.setTcpNoDelay(true);
                open.add(socket);
                Thread.startVirtualThread(() -> serve(socket));
            }
        } catch (IOException _) {
            // The listener was closed: nobody comes any more.
        }
    }

    private void serve(Socket socket) {
        try {
            if (new Connection(socket).serve(this::answer)) {
                brokenOff.add(1);
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("a connection of the scripted model failed", e);
        } finally {
            open.remove(socket);
        }
    }

    private void answer(Connection.Request request, Connection connection) throws IOException, InterruptedException {
        if (request.method().equals("HEAD")) {
            connection.whole(200, Map.of("Content-Type", JSON), "");
            return;
        }
        if (request.path().endsWith("/models")) {
            Object model = Wire.object("id", "scripted", "object", "model");
            connection.whole(
                    200,
                    Map.of("Content-Type", JSON),
                    Wire.json(Wire.object("object", "list", "data", List.of(model))));
            return;
        }
        for (Wire wire : WIRES) {
            if (wire.serves(request.path().split("\\?", 2)[0])) {
                Asked now = wire.read(request.path(), request.headers(), Wire.MAPPER.readTree(request.body()));
                asked.add(now);
                requests.add(1);
                answer(wire, now, connection);
                return;
            }
        }
        connection.whole(404, Map.of("Content-Type", JSON), "{\"error\":\"no such path: " + request.path() + "\"}");
    }

    private void answer(Wire wire, Asked now, Connection connection) throws IOException, InterruptedException {
        Turn turn = script.next(now);
        Thread.sleep(turn.before());
        switch (turn.fault()) {
            case Turn.Fault.Silence _ -> new CountDownLatch(1).await();
            case Turn.Fault.Status(int status, Duration retryAfter, String message) ->
                connection.whole(
                        status,
                        retryAfter == null
                                ? Map.of("Content-Type", JSON)
                                : Map.of("Content-Type", JSON, "Retry-After", "" + retryAfter.toSeconds()),
                        Wire.json(wire.error(status, message)));
            case Turn.Fault.None _
            when !now.streamed() ->
                connection.whole(200, Map.of("Content-Type", JSON), Wire.json(wire.whole(turn, now)));
            default -> stream(wire, turn, now, connection);
        }
    }

    private static void stream(Wire wire, Turn turn, Asked now, Connection connection)
            throws IOException, InterruptedException {
        connection.startStream(wire.streamType());
        List<String> pieces = wire.stream(turn, now);
        int last = switch (turn.fault()) {
            case Turn.Fault.Cut cut -> cut.pieces();
            case Turn.Fault.Trouble trouble -> trouble.pieces();
            default -> pieces.size();
        };
        for (String piece : pieces.subList(0, last)) {
            connection.piece(piece);
            Thread.sleep(turn.between());
        }
        switch (turn.fault()) {
            case Turn.Fault.Cut(int _, boolean politely) when !politely -> connection.cut();
            case Turn.Fault.Trouble(int _, String message) -> {
                connection.piece(wire.trouble(message));
                connection.endStream();
            }
            default -> connection.endStream();
        }
    }
}
