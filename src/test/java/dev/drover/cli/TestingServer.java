package dev.drover.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** A server that answers for one agent with events given beforehand, and breaks streams as often as it is told to. */
final class TestingServer implements Embedded.Running {
    static final String KEY = "drv_live_operator";
    static final String AGENT = "ag_8cGoiD4ujxjGOrnjC0QsV";

    final List<String> requests = new CopyOnWriteArrayList<>();
    final List<String> resumedAt = new CopyOnWriteArrayList<>();
    volatile int eventsAConnection = Integer.MAX_VALUE;
    volatile boolean holdsStreamsOpen;
    volatile String status = "completed";
    volatile Optional<String> newPassword = Optional.empty();

    private final HttpServer http;
    private final List<String> events;

    TestingServer(List<String> events) {
        this.events = events;
        try {
            http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        http.createContext("/", this::answer);
        http.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        requests.add(exchange.getRequestMethod() + " " + path);
        try (exchange) {
            if (path.equals("/health")) {
                send(exchange, 200, "{\"status\":\"healthy\"}");
            } else if (!("Bearer " + KEY).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                send(exchange, 401, "{\"error\":{\"code\":\"invalid_api_key\",\"message\":\"No such key.\"}}");
            } else if (path.endsWith("/events")) {
                stream(exchange);
            } else {
                route(exchange, exchange.getRequestMethod(), path);
            }
        }
    }

    private void route(HttpExchange exchange, String method, String path) throws IOException {
        if (method.equals("POST") && path.equals("/api/v1/agents")) {
            send(exchange, 201, agent("spawning", "starting"));
        } else if (path.equals("/api/v1/agents")) {
            send(exchange, 200, "{\"data\":[%s],\"next_cursor\":null}".formatted(agent(status, "destroyed")));
        } else if (path.endsWith(AGENT + "/logs")) {
            send(exchange, 200, "{\"data\":[%s],\"next_cursor\":null}".formatted(String.join(",", events)));
        } else if (path.equals("/api/v1/keys")) {
            send(exchange, 201, "{\"key_id\":\"key_1\",\"secret\":\"drv_live_new\",\"scopes\":[\"agents:read\"]}");
        } else if (path.endsWith(AGENT)) {
            status = method.equals("DELETE") ? "stopped" : status;
            send(exchange, 200, agent(status, "destroyed"));
        } else {
            send(exchange, 404, "{\"error\":{\"code\":\"agent_not_found\",\"message\":\"There is no such agent.\"}}");
        }
    }

    private void stream(HttpExchange exchange) throws IOException {
        String last = exchange.getRequestHeaders().getFirst("Last-Event-ID");
        resumedAt.add(String.valueOf(last));
        int from = last == null ? 0 : Integer.parseInt(last);
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        if (from >= events.size() && !holdsStreamsOpen) {
            exchange.sendResponseHeaders(204, -1);
            return;
        }
        exchange.sendResponseHeaders(200, 0);
        OutputStream body = exchange.getResponseBody();
        body.write("retry: 1\n\n:\n\n".getBytes(StandardCharsets.UTF_8));
        for (int i = from; i < events.size() && i < from + (long) eventsAConnection; i++) {
            String frame = "id: %d\nevent: x\ndata: %s\n\n".formatted(i + 1, events.get(i));
            body.write(frame.getBytes(StandardCharsets.UTF_8));
        }
        body.flush();
        while (holdsStreamsOpen && !status.equals("stopped")) {
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(10);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String agent(String status, String computer) {
        return """
            {"agent_id":"%s","name":"Count","status":"%s","created_at":"2026-11-01T10:00:00.000Z","error":%s,
             "final_result":%s,"container":{"region":"iad","status":"%s"},
             "usage":{"input_tokens":1200,"output_tokens":34}}""".formatted(
                        AGENT,
                        status,
                        status.equals("error") ? "\"iteration_cap_reached\"" : "null",
                        status.equals("completed") ? "\"three files\"" : "null",
                        computer);
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public URI url() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
    }

    @Override
    public String model() {
        return "offline";
    }

    @Override
    public String computers() {
        return "bubblewrap";
    }

    @Override
    public Optional<String> newPassword() {
        return newPassword;
    }

    @Override
    public void drain() {
        // Nobody is told that it stops.
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
