package dev.drover.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.function.Predicate;

/** What clients do who do not give up: ask any server that answers, with the same idempotency key, until one has. */
final class ChaosClients {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, Boolean> NO_MEMORY = Map.of("recall", false, "extract", false);
    private static final Duration PATIENCE = Duration.ofSeconds(4);
    private static final int BROKEN = 500;
    private static final int MOST_PATIENT = 12;

    private final List<ChaosNode> nodes;
    private final Count.Table counts;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    ChaosClients(List<ChaosNode> nodes, Count.Table counts) {
        this.nodes = nodes;
        this.counts = counts;
    }

    /** The id of the agent, when its spawn is acknowledged. */
    String spawn(Errand errand) throws InterruptedException {
        String body = write(Map.of("task", errand.task(), "memory", NO_MEMORY));
        HttpResponse<String> answer = insist(
                request -> request.header("Content-Type", "application/json")
                        .header("Idempotency-Key", errand.task())
                        .POST(HttpRequest.BodyPublishers.ofString(body)),
                "",
                reply -> reply.statusCode() / 100 == 2);
        return read(answer.body()).path("agent_id").asText();
    }

    void stop(String agent) throws InterruptedException {
        insist(HttpRequest.Builder::DELETE, "/" + agent, reply -> reply.statusCode() / 100 == 2);
    }

    JsonNode agent(String agent) throws InterruptedException {
        return get("/" + agent);
    }

    JsonNode why(String agent) throws InterruptedException {
        return get("/" + agent + "/why");
    }

    JsonNode get(String path) throws InterruptedException {
        return read(insist(HttpRequest.Builder::GET, path, reply -> reply.statusCode() == 200)
                .body());
    }

    /** Some server that answers at the moment. */
    Optional<ChaosNode> any() {
        List<ChaosNode> up =
                nodes.stream().filter(node -> node.url().isPresent()).toList();
        return up.isEmpty()
                ? Optional.empty()
                : Optional.of(up.get(ThreadLocalRandom.current().nextInt(up.size())));
    }

    HttpClient http() {
        return http;
    }

    /** Empty when it is not there any more. */
    Optional<HttpRequest.Builder> request(ChaosNode node, String path) {
        return node.url()
                .map(url -> HttpRequest.newBuilder(at(url, path))
                        .timeout(PATIENCE)
                        .header("Authorization", "Bearer " + node.operator()));
    }

    private static URI at(URI url, String path) {
        return url.resolve("/api/v1/agents" + path);
    }

    private HttpResponse<String> insist(
            Function<HttpRequest.Builder, HttpRequest.Builder> shape,
            String path,
            Predicate<HttpResponse<String>> wanted)
            throws InterruptedException {
        for (int tries = 0; ; tries++) {
            Optional<HttpResponse<String>> answer = once(shape, path);
            if (answer.isPresent()) {
                counts.add(Count.ANSWERS_500, answer.get().statusCode() == BROKEN ? 1 : 0);
                if (wanted.test(answer.get())) {
                    counts.add(Count.SPAWNS_REPEATED, tries > 0 && path.isEmpty() ? 1 : 0);
                    return answer.get();
                }
            }
            // Ever more patiently: a server that is slow would else be asked ever more at once.
            Thread.sleep(ThreadLocalRandom.current().nextLong(50, 250) * Math.min(tries + 1, MOST_PATIENT));
        }
    }

    private Optional<HttpResponse<String>> once(Function<HttpRequest.Builder, HttpRequest.Builder> shape, String path)
            throws InterruptedException {
        Optional<HttpRequest.Builder> request = any().flatMap(node -> request(node, path));
        if (request.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(http.send(shape.apply(request.get()).build(), HttpResponse.BodyHandlers.ofString()));
        } catch (IOException away) {
            return Optional.empty();
        }
    }

    static JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new IllegalStateException("this is no JSON: " + text, e);
        }
    }

    private static String write(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
