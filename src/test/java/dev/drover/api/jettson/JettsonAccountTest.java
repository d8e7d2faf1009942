package dev.drover.api.jettson;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.api.TestingApi;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JettsonAccountTest {
    private static final TestingApi SERVER = new TestingApi(Map.of(
            "DROVER_MODEL", "offline",
            "DROVER_EMBEDDING_MODEL", "none",
            "DROVER_PLAN", "pro",
            "DROVER_PLAN_SPAWNS_PER_HOUR", "unlimited"));

    @AfterAll
    static void close() {
        SERVER.close();
    }

    @Test
    void tellsWhatWasUsedAndWhatThereIs() throws InterruptedException {
        for (String task : List.of("$ true", "$ sleep 2")) {
            String id = SERVER.post("/api/v1/agents", "{\"task\":\"" + task + "\"}")
                    .json()
                    .path("agent_id")
                    .asText();
            SERVER.await(
                    "/api/v1/agents/" + id,
                    agent -> agent.path("status").asText().equals("completed"));
        }
        SERVER.post("/api/v1/memory", "{\"key\":\"k\",\"value\":\"v\"}");
        JsonNode usage = SERVER.get("/api/v1/usage").json();
        assertThat(usage.fieldNames())
                .toIterable()
                .containsExactly(
                        "plan",
                        "period",
                        "agent_hours",
                        "concurrent",
                        "memories",
                        "spawns",
                        "agents",
                        "input_tokens",
                        "output_tokens",
                        "cost_usd");
        YearMonth month = YearMonth.now(ZoneOffset.UTC);
        assertThat(usage.path("plan").asText()).isEqualTo("pro");
        assertThat(usage.at("/period/start").asText()).isEqualTo(month + "-01T00:00:00.000Z");
        assertThat(usage.at("/period/end").asText()).isEqualTo(month.plusMonths(1) + "-01T00:00:00.000Z");
        assertThat(usage.at("/agent_hours/used").asDouble() * 3_600).isBetween(2.0, 60.0);
        assertThat(usage.at("/agent_hours/limit").asInt()).isEqualTo(1_000);
        assertThat(usage.path("concurrent").toString()).isEqualTo("{\"current\":0,\"limit\":3}");
        assertThat(usage.path("memories").toString()).isEqualTo("{\"current\":1,\"limit\":10000}");
        assertThat(usage.path("spawns").toString())
                .isEqualTo("{\"minute\":{\"used\":2,\"limit\":30},\"hour\":{\"used\":2,\"limit\":null}}");
        assertThat(usage.path("agents").toString())
                .isEqualTo("{\"spawned\":2,\"completed\":2,\"error\":0,\"stopped\":0}");
        assertThat(usage.path("cost_usd").isNull()).isTrue();
    }

    @Test
    void tellsOfAnotherMonth() {
        JsonNode usage = SERVER.get("/api/v1/usage?period=2020-02").json();
        assertThat(usage.at("/period/end").asText()).isEqualTo("2020-03-01T00:00:00.000Z");
        assertThat(usage.at("/agents/spawned").asInt()).isZero();
        assertThat(usage.at("/agent_hours/used").asDouble()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-13", "2026", "2026-1", "last", "", "2026-02-01"})
    void refusesWhatIsNoMonth(String period) {
        assertThat(SERVER.get("/api/v1/usage?period=" + period).code()).isEqualTo("invalid_query");
    }
}
