package dev.drover.api.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.drover.api.TestingApi;
import dev.drover.testing.TestingPlane;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ConsoleOverviewStreamTest {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final TestingApi SERVER = new TestingApi(TestingPlane.start(Map.of("DROVER_MODEL", "offline")));
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @AfterAll
    static void close() {
        CLIENT.shutdownNow();
        SERVER.close();
    }

    /** One event. */
    private record Seen(String id, JsonNode overview) {}

    private static InputStream open(@Nullable String last) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        SERVER.plane().url().resolve("/api/v1/overview/stream"))
                .header("Authorization", "Bearer " + SERVER.plane().operator());
        if (last != null) {
            request.header("Last-Event-ID", last);
        }
        HttpResponse<InputStream> answer = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }

    private static Seen next(BufferedReader lines, Predicate<JsonNode> wanted) throws IOException {
        String id = "";
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("id: ")) {
                id = line.substring(4);
            } else if (line.startsWith("data: ")) {
                JsonNode overview = MAPPER.readTree(line.substring(6));
                if (wanted.test(overview)) {
                    return new Seen(id, overview);
                }
            }
        }
        throw new AssertionError("the stream ended");
    }

    private static BufferedReader reader(InputStream body) {
        return new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
    }

    @Test
    void sendsTheWholeAtOnceAndAnewWhenARunBeginsAndEnds() throws Exception {
        try (InputStream body = open(null)) {
            BufferedReader lines = reader(body);
            Seen first = next(lines, overview -> true);
            assertThat(first.id()).isNotEmpty();
            assertThat(first.overview().path("days")).hasSize(14);

            String agent =
                    SERVER.post("/api/v1/agents", "{\"task\":\"$ sleep 300\"}").text("agent_id");
            Seen working = next(
                    lines,
                    overview -> overview.at("/runs/items/0/doing").asText().startsWith("using"));
            assertThat(working.overview().at("/runs/items/0/agent/agent_id").asText())
                    .isEqualTo(agent);
            assertThat(working.id()).isNotEqualTo(first.id());

            SERVER.delete("/api/v1/agents/" + agent);
            next(lines, overview -> overview.at("/runs/total").asInt() == 0);
        }
    }

    @Test
    void sendsNothingAgainToAReaderWhoHasTheNewest() throws Exception {
        String id;
        try (InputStream body = open(null)) {
            BufferedReader lines = reader(body);
            id = next(lines, overview -> true).id();
        }
        try (InputStream body = open(id)) {
            BufferedReader lines = reader(body);
            String agent =
                    SERVER.post("/api/v1/agents", "{\"task\":\"$ true\"}").text("agent_id");
            Seen changed = next(lines, overview -> true);
            assertThat(changed.id()).isNotEqualTo(id);
            SERVER.await(
                    "/api/v1/agents/" + agent,
                    shown -> shown.path("status").asText().equals("completed"));
        }
    }

    @Test
    void tellsOfWhatOtherServersDo() throws Exception {
        try (InputStream body = open(null)) {
            BufferedReader lines = reader(body);
            next(lines, overview -> true);
            // What another server would say after it changed the tables.
            SERVER.plane().database().database().jdbi().useHandle(handle -> {
                handle.execute("""
                        insert into squad (id, name, status, prefix, needs_approval, created_at, updated_at)
                        values (gen_random_uuid(), 'Elsewhere', 'active', 'ELS', true, now(), now())
                        """);
                handle.execute("""
                        insert into approval (id, squad_id, type, status, payload, created_at, updated_at)
                        select gen_random_uuid(), id, 'hire_agent', 'pending', '{}', now(), now() from squad
                        where prefix = 'ELS'
                        """);
                handle.execute("notify drover_squad_news, 'x'");
            });
            Seen seen = next(lines, overview -> overview.at("/approvals/total").asInt() == 1);
            assertThat(seen.overview().at("/approvals/items/0/squad").asText()).isEqualTo("Elsewhere");
        }
    }
}
