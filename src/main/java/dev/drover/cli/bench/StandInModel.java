package dev.drover.cli.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A model server in this process. It speaks OpenAI's streaming format, does what a {@link Script} says, and keeps
 * the times.
 */
final class StandInModel implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ACCEPT_QUEUE = 4_096;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, List<Turn>> turns = new ConcurrentHashMap<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicInteger mostWaiting = new AtomicInteger();
    private volatile CountDownLatch gate = new CountDownLatch(1);

    private StandInModel(HttpServer server) {
        this.server = server;
    }

    /** When a request came and when its answer went out, by {@link System#nanoTime}. */
    record Turn(long arrived, long answered) {}

    static StandInModel start() throws IOException {
        // Read once, when the server's classes are loaded: without these it closes connections that still serve,
        // and waits 40 ms for acknowledgements.
        System.setProperty("sun.net.httpserver.maxIdleConnections", "20000");
        System.setProperty("sun.net.httpserver.nodelay", "true");
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), ACCEPT_QUEUE);
        StandInModel model = new StandInModel(server);
        server.setExecutor(model.threads);
        server.createContext("/v1/chat/completions", model::answer);
        server.createContext("/health", StandInModel::healthy);
        server.start();
        return model;
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** From now on, held runs wait with their first answer. */
    void hold() {
        gate = new CountDownLatch(1);
        mostWaiting.set(0);
    }

    void goOn() {
        gate.countDown();
    }

    /** How many requests are being answered. */
    int waiting() {
        return waiting.get();
    }

    int mostWaiting() {
        return mostWaiting.get();
    }

    /** The turns of one run so far. */
    List<Turn> turns(String run) {
        return List.copyOf(turns.getOrDefault(run, List.of()));
    }

    private void answer(HttpExchange exchange) throws IOException {
        long arrived = System.nanoTime();
        mostWaiting.accumulateAndGet(waiting.incrementAndGet(), Math::max);
        try (exchange) {
            JsonNode body = JSON.readTree(exchange.getRequestBody());
            int results = 0;
            for (JsonNode message : body.path("messages")) {
                results += message.path("role").asText().equals("tool") ? 1 : 0;
            }
            Script script = Script.in(body.path("messages").toString());
            think(script, results);
            byte[] answer = (results < script.turns() ? StandInWire.call(script.tool(), results) : StandInWire.text())
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            // Before the last byte rather than after it: what is measured from here can only come out too long.
            turns.computeIfAbsent(script.run(), run -> new CopyOnWriteArrayList<>())
                    .add(new Turn(arrived, System.nanoTime()));
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(answer);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            waiting.decrementAndGet();
        }
    }

    private void think(Script script, int results) throws InterruptedException {
        if (script.held() && results == 0) {
            gate.await();
        }
        if (script.delayMillis() > 0) {
            Thread.sleep(script.delayMillis());
        }
    }

    private static void healthy(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(200, -1);
        }
    }

    @Override
    public void close() {
        goOn();
        server.stop(0);
        threads.shutdownNow();
    }
}
