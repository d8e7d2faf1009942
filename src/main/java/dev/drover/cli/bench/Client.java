package dev.drover.cli.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Speaks to a server as any client does; an answer that is not a success is the end of the figure. */
final class Client implements AutoCloseable {
    static final Set<String> LAST = Set.of("end", "error", "stopped");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int TRIES = 20;
    private static final long PAUSE_MILLIS = 500;
    private static final int LOOKS = 500;
    private static final long BETWEEN_LOOKS_MILLIS = 20;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final AtomicInteger repeats = new AtomicInteger();
    private final URI server;
    private final String key;

    Client(URI server, String key) {
        this.server = server;
        this.key = key;
    }

    /** Spawns an agent that works a script; its id. */
    String spawn(Script script) throws IOException, InterruptedException {
        // What is learnt from a run behind it would work into whatever is timed next.
        String body = JSON.writeValueAsString(Map.of("task", script.task(), "memory", Map.of("extract", false)));
        return json(request("/api/v1/agents")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body)))
                .path("agent_id")
                .asText();
    }

    JsonNode get(String path) throws IOException, InterruptedException {
        return json(request(path).GET());
    }

    JsonNode post(String path, Object body) throws IOException, InterruptedException {
        return json(request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(JSON.writeValueAsString(body))));
    }

    void delete(String path) throws IOException, InterruptedException {
        send(request(path).DELETE());
    }

    String text(String path) throws IOException, InterruptedException {
        return send(request(path).GET());
    }

    /** How often a server said that it is overloaded and was asked again. */
    int repeats() {
        return repeats.get();
    }

    /** As a patient client does, for figures in which the server may say that it is overloaded. */
    <T> T patiently(Ask<T> ask) throws IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                return ask.answer();
            } catch (Overloaded e) {
                if (attempt == TRIES) {
                    throw e;
                }
                repeats.incrementAndGet();
                Thread.sleep(PAUSE_MILLIS);
            }
        }
    }

    /** Something to ask a server. */
    interface Ask<T> {
        T answer() throws IOException, InterruptedException;
    }

    /** Status 503. */
    private static final class Overloaded extends IOException {
        private static final long serialVersionUID = 1L;

        Overloaded(String message) {
            super(message);
        }
    }

    private static IOException refused(HttpResponse<?> response, String body) {
        String message = "%s answered %d: %s".formatted(response.uri(), response.statusCode(), body);
        return response.statusCode() == 503 ? new Overloaded(message) : new IOException(message);
    }

    /** Follows a run until an event of one of these kinds; that event. */
    JsonNode follow(String agent, Set<String> kinds) throws IOException, InterruptedException {
        HttpResponse<InputStream> response =
                http.send(request("/api/v1/agents/" + agent + "/events").GET().build(), BodyHandlers.ofInputStream());
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            if (response.statusCode() != 200) {
                throw refused(response, String.valueOf(lines.readLine()));
            }
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("data:")) {
                    JsonNode event = JSON.readTree(line.substring("data:".length()));
                    if (kinds.contains(event.path("kind").asText())) {
                        return event;
                    }
                }
            }
        }
        throw new IOException("the events of %s ended without one of %s".formatted(agent, kinds));
    }

    /** Waits for the end of a run, which must be a good one. */
    void finish(String agent) throws IOException, InterruptedException {
        JsonNode last = follow(agent, LAST);
        if (!last.path("kind").asText().equals("end")) {
            throw new IOException("a run did not complete: " + last);
        }
    }

    /** Waits until nothing of a finished run is left to do: its computer is cleared away behind its end. */
    void rest(String agent) throws IOException, InterruptedException {
        for (int look = 0; look < LOOKS; look++) {
            if (get("/api/v1/agents/" + agent).at("/container/status").asText().equals("destroyed")) {
                return;
            }
            Thread.sleep(BETWEEN_LOOKS_MILLIS);
        }
        throw new IOException("the computer of " + agent + " was not destroyed");
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(server.resolve(path)).timeout(PATIENCE).header("Authorization", "Bearer " + key);
    }

    private JsonNode json(HttpRequest.Builder request) throws IOException, InterruptedException {
        return JSON.readTree(send(request));
    }

    private String send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
        if (response.statusCode() / 100 != 2) {
            throw refused(response, response.body());
        }
        return response.body();
    }

    URI server() {
        return server;
    }

    String key() {
        return key;
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
