package dev.drover.api.jettson;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.api.TestingApi;
import dev.drover.testing.CountingServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every decision of the guard is an event of the run, and the network of a run only narrows it. */
class JettsonEgressTest {
    private final CountingServer target = new CountingServer();
    private final String url = "http://" + target.address() + "/x";
    private final TestingApi server =
            new TestingApi(Map.of("DROVER_EGRESS_ALLOW", target.address(), "DROVER_MODEL", "offline"));

    JettsonEgressTest() throws IOException {}

    @AfterEach
    void close() {
        server.close();
        target.close();
    }

    @Test
    void allowsAndDeniesAreEventsOfTheRun() throws InterruptedException {
        List<JsonNode> events = ran("GET " + url + "\nGET http://169.254.169.254/latest", "");
        assertThat(messages(events))
                .contains("Egress allowed: " + target.address())
                .anyMatch(message -> message.startsWith("Egress denied: 169.254.169.254:80: the target"));
        assertThat(events.getLast().path("kind").asText()).isIn("end", "error");
        assertThat(target.count("GET /x")).isEqualTo(1);
    }

    @Test
    void aRunWithoutNetworkReachesNothing() throws InterruptedException {
        List<JsonNode> events = ran("GET " + url, ",\"network\":\"none\"");
        assertThat(messages(events)).anyMatch(message -> message.contains("this run has no network"));
        assertThat(target.count("GET /x")).isZero();
    }

    @Test
    void aRunReachesOnlyWhatItsNetworkNames() throws InterruptedException {
        ran("GET " + url, ",\"network\":{\"allow\":[\"example.com\"]}");
        assertThat(target.count("GET /x")).isZero();
        ran("GET " + url, ",\"network\":{\"allow\":[\"127.0.0.1\"]}");
        assertThat(target.count("GET /x")).isEqualTo(1);
    }

    private List<JsonNode> ran(String task, String options) throws InterruptedException {
        String body = "{\"task\":\"" + task.replace("\n", "\\n") + "\"" + options + "}";
        String path = "/api/v1/agents/"
                + server.post("/api/v1/agents", body).json().path("agent_id").asText();
        server.await(
                path,
                agent -> List.of("completed", "error", "stopped")
                        .contains(agent.path("status").asText()));
        List<JsonNode> events = new ArrayList<>();
        server.get(path + "/logs?limit=500").json().path("data").forEach(events::add);
        return events;
    }

    private static List<String> messages(List<JsonNode> events) {
        return events.stream().map(event -> event.path("message").asText()).toList();
    }
}
