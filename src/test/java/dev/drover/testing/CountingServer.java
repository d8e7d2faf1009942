package dev.drover.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** Something out there that agents act on: it counts requests by method and path, and may keep the first waiting. */
public final class CountingServer implements AutoCloseable {
    private final HttpServer http;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Integer> counts = new ConcurrentHashMap<>();
    private final Set<String> stalling = ConcurrentHashMap.newKeySet();
    private volatile Consumer<String> watcher = _ -> {};
    private final CountDownLatch never = new CountDownLatch(1);

    public CountingServer() throws IOException {
        this("127.0.0.1", 0);
    }

    /** The same for whoever keeps it in a constant. */
    public static CountingServer open() {
        try {
            return new CountingServer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** On another of the loopback's addresses, which can stand for one outside. */
    public CountingServer(String host, int port) throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral(host), port), 0);
        http.setExecutor(threads);
        http.createContext("/", this::answer);
        http.start();
    }

    public String address() {
        return http.getAddress().getHostString() + ":" + port();
    }

    public int port() {
        return http.getAddress().getPort();
    }

    /** How many requests there were of any kind. */
    public int total() {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Gives no answer to the first request like that, such as {@code POST /path}. */
    public void stallOnce(String request) {
        stalling.add(request);
    }

    /** Is told of every request when it has been counted and not yet been answered. */
    public void watch(Consumer<String> newWatcher) {
        watcher = newWatcher;
    }

    public int count(String request) {
        return counts.getOrDefault(request, 0);
    }

    /** All requests so far, each with its number. */
    public Map<String, Integer> requests() {
        return Map.copyOf(counts);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String request = exchange.getRequestMethod() + " " + exchange.getRequestURI();
            counts.merge(request, 1, Integer::sum);
            watcher.accept(request);
            if (stalling.remove(request)) {
                never.await();
            }
            byte[] body = ("answer to " + request).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException e) {
            // The test is over.
        }
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }
}
