package dev.drover.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Somebody who takes webhooks: keeps what came, answers as told, and verifies signatures by the specification. */
public final class Receiver implements AutoCloseable {
    private final HttpServer http;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Message> messages = new CopyOnWriteArrayList<>();
    private final Deque<Answer> answers = new ArrayDeque<>();
    private final CountDownLatch never = new CountDownLatch(1);

    public Receiver() {
        try {
            http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        http.setExecutor(threads);
        http.createContext("/", this::take);
        http.start();
    }

    public String address() {
        return "127.0.0.1:" + http.getAddress().getPort();
    }

    public String url() {
        return "http://" + address() + "/hook";
    }

    /** How the next requests are answered, in turn; 200 after these. */
    public void answers(Answer... next) {
        synchronized (answers) {
            answers.addAll(Arrays.asList(next));
        }
    }

    /** All that came, in order. */
    public List<Message> messages() {
        return List.copyOf(messages);
    }

    public void forget() {
        messages.clear();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var headers = exchange.getRequestHeaders();
            messages.add(new Message(
                    exchange.getRequestURI().getPath(),
                    String.valueOf(headers.getFirst("webhook-id")),
                    Long.parseLong(String.valueOf(headers.getFirst("webhook-timestamp"))),
                    String.valueOf(headers.getFirst("webhook-signature")),
                    String.valueOf(headers.getFirst("Content-Type")),
                    body));
            Answer answer;
            synchronized (answers) {
                answer = answers.isEmpty() ? Answer.status(200) : answers.remove();
            }
            if (answer.hangs()) {
                never.await();
            }
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(answer.status(), -1);
        } catch (InterruptedException e) {
            // The test is over.
        }
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }

    /** An answer, or none at all. */
    public record Answer(int status, Map<String, String> headers, boolean hangs) {
        public static Answer status(int status) {
            return new Answer(status, Map.of(), false);
        }

        public static Answer status(int status, String header, String value) {
            return new Answer(status, Map.of(header, value), false);
        }

        public static Answer none() {
            return new Answer(0, Map.of(), true);
        }
    }

    /** What came. */
    public record Message(String path, String id, long timestamp, String signatures, String type, String body) {
        /** Whether one of its signatures is of that secret, as the Standard Webhooks specification says. */
        public boolean isSignedWith(String secret) {
            try {
                byte[] key = Base64.getDecoder().decode(secret.substring("whsec_".length()));
                Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(key, "HmacSHA256"));
                String content = id + "." + timestamp + "." + body;
                String expected = "v1,"
                        + Base64.getEncoder().encodeToString(mac.doFinal(content.getBytes(StandardCharsets.UTF_8)));
                return List.of(signatures.split(" ")).contains(expected);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
