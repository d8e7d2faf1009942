package dev.drover.api.jettson;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.api.TestingApi;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class JettsonWhyTest {
    private static final TestingApi SERVER =
            new TestingApi(Map.of("DROVER_MODEL", "offline", "DROVER_PLAN_RUN_MINUTES", "60"));

    @AfterAll
    static void close() {
        SERVER.close();
    }

    @Test
    void namesTheToolInFlightItsHolderAndWhoCanEndIt() throws InterruptedException {
        String agent = spawned("$ sleep 20");
        JsonNode why = SERVER.await(
                        agent + "/why", found -> found.path("doing").asText().startsWith("tool"))
                .json();
        assertThat(why.fieldNames())
                .toIterable()
                .containsExactly(
                        "agent_id",
                        "run_id",
                        "status",
                        "holder",
                        "doing",
                        "waiting_for",
                        "waiting_id",
                        "since",
                        "until",
                        "unblock");
        assertThat(why.path("doing").asText()).isEqualTo("tool shell_run");
        assertThat(why.path("status").asText()).isEqualTo("running");
        assertThat(Instant.parse(why.at("/holder/lease_until").asText()))
                .isAfter(Instant.now().minusSeconds(3));
        assertThat(why.path("waiting_for").isNull()).isTrue();
        Instant since = Instant.parse(why.path("since").asText());
        assertThat(Instant.parse(why.path("until").asText())).isEqualTo(since.plusSeconds(30));
        assertThat(why.path("unblock").asText()).contains("owner or an operator", "drover stop ag_");
        SERVER.delete(agent);
        JsonNode over = SERVER.get(agent + "/why").json();
        assertThat(over.path("doing").asText()).startsWith("stopped by user:admin");
        assertThat(over.path("holder").isNull()).isTrue();
        assertThat(over.path("unblock").asText()).contains("over");
    }

    @Test
    void theEndThatTheCallerSetIsTheOneTold() throws InterruptedException {
        String agent = "/api/v1/agents/"
                + SERVER.post("/api/v1/agents", "{\"task\":\"$ sleep 20\",\"max_duration_seconds\":20}")
                        .json()
                        .path("agent_id")
                        .asText();
        JsonNode why = SERVER.await(
                        agent + "/why", found -> found.path("doing").asText().startsWith("tool"))
                .json();
        Instant since = Instant.parse(why.path("since").asText());
        assertThat(Instant.parse(why.path("until").asText())).isBetween(since, since.plusSeconds(20));
        SERVER.delete(agent);
    }

    @Test
    void knowsNoOtherAgent() {
        assertThat(SERVER.get("/api/v1/agents/ag_0/why").code()).isEqualTo("agent_not_found");
    }

    private static String spawned(String task) {
        return "/api/v1/agents/"
                + SERVER.post("/api/v1/agents", "{\"task\":\"" + task + "\"}")
                        .json()
                        .path("agent_id")
                        .asText();
    }
}
