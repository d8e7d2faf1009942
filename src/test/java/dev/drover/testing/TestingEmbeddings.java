package dev.drover.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** An endpoint that speaks like OpenAI's embeddings; a text's vector counts its letters by pairs. */
public final class TestingEmbeddings implements AutoCloseable {
    private static final int DIMENSIONS = 64;
    private static final JsonMapper MAPPER = new JsonMapper();

    private final HttpServer http;
    private final Set<String> models = ConcurrentHashMap.newKeySet();
    private final Set<String> keys = ConcurrentHashMap.newKeySet();
    private final AtomicInteger texts = new AtomicInteger();

    private TestingEmbeddings(HttpServer http) {
        this.http = http;
    }

    public static TestingEmbeddings start() {
        try {
            HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            TestingEmbeddings server = new TestingEmbeddings(http);
            http.createContext("/v1/embeddings", server::answer);
            http.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public URI baseUrl() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort() + "/v1");
    }

    public Set<String> models() {
        return models;
    }

    public Set<String> keys() {
        return keys;
    }

    /** How many texts were embedded so far. */
    public int texts() {
        return texts.get();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode asked = MAPPER.readTree(exchange.getRequestBody());
            models.add(asked.path("model").asText());
            keys.add(exchange.getRequestHeaders().getFirst("Authorization"));
            ObjectNode answer = MAPPER.createObjectNode().put("object", "list");
            answer.put("model", asked.path("model").asText());
            ArrayNode data = answer.putArray("data");
            for (JsonNode text : asked.path("input")) {
                ObjectNode item = data.addObject().put("object", "embedding").put("index", data.size() - 1);
                ArrayNode vector = item.putArray("embedding");
                for (float value : vector(text.asText())) {
                    vector.add(value);
                }
                texts.incrementAndGet();
            }
            answer.putObject("usage").put("prompt_tokens", 1).put("total_tokens", 1);
            byte[] body = MAPPER.writeValueAsBytes(answer);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    /** Texts of the same letters are near each other. */
    public static float[] vector(String text) {
        float[] vector = new float[DIMENSIONS];
        for (int i = 1; i < text.length(); i++) {
            vector[Math.floorMod(31 * text.charAt(i - 1) + text.charAt(i), DIMENSIONS)]++;
        }
        return vector;
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
