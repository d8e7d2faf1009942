package dev.drover.api.trinity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.drover.testing.TestingDatabase;
import dev.drover.testing.TestingProcess;
import dev.drover.testing.Waiting;
import dev.drover.testing.model.ScriptedModelServer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** A server is killed in the middle of its work, without any warning. */
final class TrinityTaskCrashTest {
    private static final Set<String> OVER = Set.of("success", "failed", "cancelled", "skipped");
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String AGENT = "/api/agents/survivor";

    @Test
    void everyExecutionHasAnEndAfterwardsAndSchedulesGoOn() throws Exception {
        try (ScriptedModelServer model = ScriptedModelServer.start(TestingTasks::turn);
                TestingDatabase database = TestingDatabase.create();
                TestingProcess server = TestingProcess.over(database, TestingTasks.settings(model))) {
            send(server, "POST", "/api/agents", "{\"name\":\"survivor\"}");
            send(server, "POST", AGENT + "/task", task("silence"));
            send(server, "POST", AGENT + "/task", task("sh sleep 60"));
            send(server, "PUT", AGENT + "/autonomy", "{\"enabled\":true}");
            send(
                    server,
                    "POST",
                    AGENT + "/schedules",
                    "{\"name\":\"s\",\"cron_expression\":\"* * * * * *\",\"message\":\"tick\"}");
            Waiting.until(() -> all(server).size() >= 5
                    && all(server).toString().contains("\"schedule\"")
                    && model.asked().size() >= 3);

            server.kill();
            server.start();

            int before = all(server).size();
            send(server, "PUT", AGENT + "/autonomy", "{\"enabled\":false}");
            JsonNode list = Waiting.until(
                    Duration.ofMinutes(2),
                    () -> Optional.of(all(server))
                            .filter(found -> StreamSupport.stream(found.spliterator(), false)
                                    .filter(each ->
                                            !OVER.contains(each.path("status").asText()))
                                    .allMatch(each ->
                                            each.path("message").asText().equals("silence"))));
            assertThat(list.size()).isGreaterThanOrEqualTo(before);
            for (JsonNode each : list) {
                if (each.path("message").asText().equals("silence")) {
                    send(
                            server,
                            "POST",
                            AGENT + "/executions/" + each.path("id").asText() + "/terminate",
                            "");
                }
            }
            assertThat(all(server)).allSatisfy(each -> {
                assertThat(each.path("status").asText()).as(each.toString()).isIn(OVER);
                assertThat(each.path("completed_at").isNull()).isFalse();
            });
        }
    }

    private static String task(String message) {
        return "{\"message\":\"" + message + "\",\"async_mode\":true}";
    }

    private static JsonNode all(TestingProcess server) {
        return send(server, "GET", AGENT + "/executions?limit=1000", "");
    }

    private static JsonNode send(TestingProcess server, String method, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(server.url().resolve(path))
                .header("Authorization", "Bearer " + server.operator())
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            var answer = HTTP.send(request, BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(path + ": " + answer.body()).isBetween(200, 204);
            return MAPPER.readTree(answer.body());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
