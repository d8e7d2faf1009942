package dev.drover.provider.tool.browser;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A small web site of pages by path; what begins with {@code Location: } leads on, and {@code /slow} never ends. */
final class TestingSite implements AutoCloseable {
    private final HttpServer http;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, String> pages = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final CountDownLatch never = new CountDownLatch(1);

    TestingSite() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.setExecutor(threads);
        http.createContext("/", this::answer);
        http.start();
    }

    TestingSite with(String path, String page) {
        pages.put(path, page);
        return this;
    }

    String address() {
        return "127.0.0.1:" + http.getAddress().getPort();
    }

    String url(String path) {
        return "http://" + address() + path;
    }

    List<String> requests() {
        return requests;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            requests.add((exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body).strip());
            String path = exchange.getRequestURI().getPath();
            if (path.equals("/slow")) {
                never.await();
            }
            String page = pages.get(path);
            if (page != null && page.startsWith("Location: ")) {
                exchange.getResponseHeaders().add("Location", page.substring(10));
                exchange.sendResponseHeaders(302, -1);
                return;
            }
            exchange.getResponseHeaders()
                    .add("Content-Type", path.endsWith(".zip") ? "application/zip" : "text/html; charset=utf-8");
            byte[] bytes =
                    (page == null ? "<title>Nothing</title>no such page" : page).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(page == null ? 404 : 200, bytes.length);
            exchange.getResponseBody().write(bytes);
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
