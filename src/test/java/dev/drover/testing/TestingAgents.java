package dev.drover.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** What a Jettson client does with agents, at a server that may move or be away for a while. */
public final class TestingAgents {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Set<String> OVER = Set.of("completed", "error", "stopped");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Supplier<URI> url;
    private final Supplier<String> key;
    private final HttpClient http = HttpClient.newHttpClient();

    public TestingAgents(Supplier<URI> url, Supplier<String> key) {
        this.url = url;
        this.key = key;
    }

    public static TestingAgents of(TestingPlane plane) {
        return new TestingAgents(plane::url, plane::operator);
    }

    /** The id of a new agent. */
    public String spawn(String task) {
        return spawn(task, Map.of());
    }

    /** The same with options. */
    public String spawn(String task, Map<String, ?> options) {
        Map<String, Object> body = new LinkedHashMap<>(options);
        body.put("task", task);
        HttpResponse<String> answer = send(request("")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(write(body))));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return read(answer).path("agent_id").asText();
    }

    public JsonNode agent(String id) {
        return read(send(request("/" + id).GET()));
    }

    public JsonNode stop(String id) {
        HttpResponse<String> answer = send(request("/" + id).DELETE());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return read(answer);
    }

    /** The agent when its run is over. */
    public JsonNode finished(String id) {
        return await(id, agent -> OVER.contains(agent.path("status").asText()));
    }

    /** The agent when its computer is gone. */
    public JsonNode destroyed(String id) {
        return await(
                id, agent -> agent.path("container").path("status").asText().equals("destroyed"));
    }

    private JsonNode await(String id, Predicate<JsonNode> wanted) {
        return Waiting.until(PATIENCE, () -> Optional.of(agent(id)).filter(wanted));
    }

    /** The first event of its log that is wanted, as soon as there is one. */
    public JsonNode awaitEvent(String id, Predicate<JsonNode> wanted) {
        return Waiting.until(PATIENCE, () -> log(id).stream().filter(wanted).findFirst());
    }

    public JsonNode awaitEvent(String id, String kind) {
        return awaitEvent(id, event -> event.path("kind").asText().equals(kind));
    }

    /** The whole log, oldest first. */
    public List<JsonNode> log(String id) {
        List<JsonNode> events = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            JsonNode page = read(
                    send(request("/" + id + "/logs?limit=50&cursor=" + cursor).GET()));
            page.path("data").forEach(events::add);
            cursor = page.path("next_cursor").textValue();
        }
        return events;
    }

    public List<String> kinds(String id) {
        return log(id).stream().map(event -> event.path("kind").asText()).toList();
    }

    /** The log is numbered without gaps and ends with its one end, which the status agrees with. */
    public void assertWhole(String id) {
        JsonNode agent = finished(id);
        List<JsonNode> log = log(id);
        for (int i = 0; i < log.size(); i++) {
            assertThat(log.get(i).path("seq").asInt()).isEqualTo(i + 1);
        }
        String end = switch (agent.path("status").asText()) {
            case "completed" -> "end";
            case "error" -> "error";
            default -> "stopped";
        };
        List<String> kinds = kinds(id);
        assertThat(kinds.getLast()).as(id + " " + kinds).isEqualTo(end);
        assertThat(kinds)
                .as(id)
                .filteredOn(Set.of("end", "error", "stopped")::contains)
                .hasSize(1);
        assertThat(kinds)
                .as(id)
                .filteredOn("tool_use"::equals)
                .hasSameSizeAs(kinds.stream().filter("tool_result"::equals).toList());
    }

    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(url.get().resolve("/api/v1/agents" + path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + key.get());
    }

    public HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    HttpClient http() {
        return http;
    }

    private static JsonNode read(HttpResponse<String> answer) {
        try {
            assertThat(answer.statusCode()).as(answer.body()).isLessThan(300);
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String write(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
