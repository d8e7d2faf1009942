package dev.drover.provider.telemetry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** Takes traces as a collector does: OTLP over HTTP, in Protocol Buffers. */
final class TestingCollector implements AutoCloseable {
    private final HttpServer server;
    private final List<Span> spans = new CopyOnWriteArrayList<>();
    private final List<Integer> asked = new CopyOnWriteArrayList<>();
    private volatile int status = 200;

    private TestingCollector(HttpServer server) {
        this.server = server;
    }

    static TestingCollector start() throws IOException {
        return start(0);
    }

    static TestingCollector start(int port) throws IOException {
        TestingCollector collector = new TestingCollector(
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0));
        collector.server.createContext("/", collector::answer);
        collector.server.start();
        return collector;
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** From now on every request gets this status. */
    void answer(int newStatus) {
        status = newStatus;
    }

    int requests() {
        return asked.size();
    }

    List<Span> spans() {
        return List.copyOf(spans);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            int answer = exchange.getRequestURI().getPath().equals("/v1/traces") ? status : 404;
            asked.add(answer);
            if (answer == 200) {
                ProtocolBuffer.read(body).messages(1).forEach(this::take);
            }
            exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
            exchange.sendResponseHeaders(answer, -1);
        }
    }

    private void take(ProtocolBuffer resourceSpans) {
        Map<String, Object> resource =
                attributes(resourceSpans.messages(1).getFirst().messages(1));
        for (ProtocolBuffer scope : resourceSpans.messages(2)) {
            scope.messages(2).forEach(span -> spans.add(span(span, resource, scope.text(3))));
        }
    }

    private static Span span(ProtocolBuffer span, Map<String, Object> resource, String schema) {
        boolean isError = span.messages(15).stream().anyMatch(status -> status.number(3) == 2);
        return new Span(
                span.hex(1),
                span.hex(2),
                span.hex(4),
                span.text(5),
                Kind.values()[(int) span.number(6)],
                span.number(7),
                span.number(8),
                attributes(span.messages(9)),
                isError,
                resource,
                schema);
    }

    private static Map<String, Object> attributes(List<ProtocolBuffer> pairs) {
        return pairs.stream()
                .collect(Collectors.toMap(
                        pair -> pair.text(1), pair -> value(pair.messages(2).getFirst())));
    }

    private static Object value(ProtocolBuffer any) {
        if (any.has(5)) {
            return any.messages(5).getFirst().messages(1).stream()
                    .map(TestingCollector::value)
                    .toList();
        }
        return any.has(1) ? any.text(1) : (Object) any.number(3);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    enum Kind {
        UNSPECIFIED,
        INTERNAL,
        SERVER,
        CLIENT
    }

    record Span(
            String trace,
            String id,
            String parent,
            String name,
            Kind kind,
            long startNanos,
            long endNanos,
            Map<String, Object> attributes,
            boolean isError,
            Map<String, Object> resource,
            String schema) {}
}
