package dev.drover.api.jettson;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A client shaped like the hosted product's (section 14 of the contract), which waits ten times less than they do. */
final class TestingSdk {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Set<String> OVER = Set.of("completed", "error", "stopped");
    private static final int MAX_RETRIES = 3;
    private static final int HURRY = 10;

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Integer> retried = new CopyOnWriteArrayList<>();
    private final String baseUrl;
    private final String apiKey;

    /** @param baseUrl ends with {@code /api/v1} */
    TestingSdk(URI baseUrl, String apiKey) {
        this.baseUrl = baseUrl.toString();
        this.apiKey = apiKey;
    }

    /** Statuses for which a call was made again. */
    List<Integer> retried() {
        return retried;
    }

    JsonNode spawn(String task) throws InterruptedException {
        return call("POST", "/agents", JSON.createObjectNode().put("task", task));
    }

    JsonNode get(String agent) throws InterruptedException {
        return call("GET", "/agents/" + agent, null);
    }

    JsonNode list(int limit) throws InterruptedException {
        return call("GET", "/agents?limit=" + limit, null);
    }

    JsonNode cancel(String agent) throws InterruptedException {
        return call("DELETE", "/agents/" + agent, null);
    }

    /** Five minutes in all; asks every second at first and every five later. */
    JsonNode waitFor(String agent) throws InterruptedException {
        long pause = 1_000;
        for (long waited = 0; waited < 300_000; waited += pause) {
            JsonNode found = get(agent);
            if (OVER.contains(found.path("status").asText())) {
                return found;
            }
            Thread.sleep(pause / HURRY);
            pause = Math.min(5_000, pause * 3 / 2);
        }
        throw new AssertionError("AgentTimeoutError: " + agent);
    }

    JsonNode putMemory(String key, String value, String namespace) throws InterruptedException {
        return call(
                "POST",
                "/memory",
                JSON.createObjectNode().put("key", key).put("value", value).put("namespace", namespace));
    }

    JsonNode getMemory(String key, String namespace) throws InterruptedException {
        String query = "?key=" + URLEncoder.encode(key, StandardCharsets.UTF_8) + "&namespace="
                + URLEncoder.encode(namespace, StandardCharsets.UTF_8);
        return call("GET", "/memory" + query, null);
    }

    private JsonNode call(String method, String path, @Nullable ObjectNode body) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(baseUrl + path))
                .header("Authorization", "Bearer " + apiKey)
                .header("Content-Type", "application/json")
                .timeout(Duration.ofSeconds(60))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString()))
                .build();
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            for (int retry = 0; retry < MAX_RETRIES && isTemporary(answer.statusCode()); retry++) {
                retried.add(answer.statusCode());
                Thread.sleep(patience(answer, retry).dividedBy(HURRY));
                answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            }
            if (answer.statusCode() >= 300) {
                throw new AssertionError("JettsonError " + answer.statusCode() + ": " + answer.body());
            }
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isTemporary(int status) {
        return status == 429 || status >= 500;
    }

    /** As long as the server says, else twice as long each time. */
    private static Duration patience(HttpResponse<String> answer, int retry) {
        return answer.headers()
                .firstValue("Retry-After")
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
                .orElseGet(() -> Duration.ofSeconds(2L << retry));
    }
}
