package dev.drover.provider.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drover.provider.telemetry.TestingCollector.Span;
import dev.drover.testing.TestingPlane;
import dev.drover.testing.model.ScriptedModelServer;
import dev.drover.testing.model.Turn;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/** What a whole server tells about its runs. */
final class TelemetryTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void aRunIsOneTraceAtTheCollector() throws Exception {
        List<Span> spans = spansOfARun();
        assertThat(spans)
                .extracting(Span::name)
                .containsExactlyInAnyOrder(
                        "invoke_agent Scout",
                        "chat scripted",
                        "execute_tool shell_run",
                        "execute_tool unknown",
                        "chat scripted",
                        "chat scripted");
        Span whole = spans.stream()
                .filter(span -> span.parent().isEmpty())
                .findFirst()
                .orElseThrow();
        assertThat(whole.name()).isEqualTo("invoke_agent Scout");
        assertThat(whole.trace())
                .isEqualTo(
                        String.valueOf(whole.attributes().get("drover.run.id")).replace("-", ""));
        assertThat(whole.attributes())
                .containsEntry("gen_ai.usage.input_tokens", 280L)
                .containsEntry("gen_ai.usage.output_tokens", 39L)
                .containsEntry("drover.run.status", "completed");
        assertThat(spans).filteredOn(span -> !span.equals(whole)).allSatisfy(span -> {
            assertThat(span.trace()).isEqualTo(whole.trace());
            assertThat(span.parent()).isEqualTo(whole.id());
            assertThat(span.startNanos()).isGreaterThanOrEqualTo(whole.startNanos());
            assertThat(span.endNanos()).isLessThanOrEqualTo(whole.endNanos());
        });
        assertThat(spans)
                .filteredOn(Span::isError)
                .extracting(Span::name, span -> span.attributes().get("error.type"))
                .containsExactlyInAnyOrder(
                        tuple("chat scripted", "unavailable"), tuple("execute_tool unknown", "failed"));
        assertThat(spans.toString()).doesNotContain("secret", "made_up");
    }

    private static List<Span> spansOfARun() throws Exception {
        try (TestingCollector collector = TestingCollector.start();
                ScriptedModelServer model = ScriptedModelServer.start(
                        Turn.call("jettson_shell_run", "{\"command\":\"echo secret\"}")
                                .andCall("made_up", "{}")
                                .usage(120, 30, 0, 0),
                        Turn.status(429, Duration.ofSeconds(1)),
                        Turn.text("a secret answer").usage(160, 9, 0, 0))) {
            String address = collector.address().toString();
            try (TestingPlane plane = scripted(model, Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", address))) {
                String id = spawn(plane, "{\"task\":\"a secret task\",\"name\":\"Scout\"}");
                await(() -> status(plane, id).equals("completed"));
            }
            return collector.spans();
        }
    }

    @Test
    void metricsCountModelCallsToolsAndRuns() throws Exception {
        try (ScriptedModelServer model = ScriptedModelServer.start(
                        Turn.call("jettson_shell_run", "{\"command\":\"true\"}").usage(120, 30, 0, 0),
                        Turn.text("done").usage(160, 9, 0, 0),
                        Turn.status(400),
                        Turn.silence());
                TestingPlane plane = scripted(model, Map.of())) {
            finish(plane, "completed");
            finish(plane, "error");
            String id = spawn(plane, "{\"task\":\"wait\"}");
            assertThat(model.awaitAsked(4, Duration.ofSeconds(60))).isTrue();
            assertThat(metrics(plane)).contains("drover_runs_live 1.0");
            plane.delete("/api/v1/agents/" + id);
            await(() -> metrics(plane).contains("drover_runs_live 0.0"));

            String chat = "gen_ai_operation_name=\"chat\",gen_ai_provider_name=\"openai\","
                    + "gen_ai_request_model=\"scripted\"";
            assertThat(metrics(plane))
                    .contains("gen_ai_client_operation_duration_seconds_count{error_type=\"none\"," + chat + "} 2")
                    .contains("gen_ai_client_operation_duration_seconds_count{error_type=\"failed\"," + chat + "} 1")
                    .contains("gen_ai_client_operation_duration_seconds_count{error_type=\"cancelled\"," + chat + "} 1")
                    .contains("gen_ai_client_token_usage_sum{" + chat + ",gen_ai_token_type=\"input\"} 280.0")
                    .contains("gen_ai_client_token_usage_sum{" + chat + ",gen_ai_token_type=\"output\"} 39.0")
                    .contains("gen_ai_client_operation_duration_seconds_bucket{error_type=\"none\"," + chat
                            + ",le=\"81.92\"} 2")
                    .contains("gen_ai_execute_tool_duration_seconds_count{error_type=\"none\","
                            + "gen_ai_tool_name=\"shell_run\"} 1")
                    .contains("drover_runs_ended_total{error_type=\"none\",status=\"completed\"} 1.0")
                    .contains("drover_runs_ended_total{error_type=\"reasoning_unavailable\",status=\"error\"} 1.0")
                    .contains("drover_runs_ended_total{error_type=\"none\",status=\"stopped\"} 1.0");
        }
    }

    @Test
    void aCollectorThatIsNotThereDisturbsNothing() throws Exception {
        try (TestingPlane plane = TestingPlane.start(
                Map.of("DROVER_MODEL", "offline", "OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:1"))) {
            String id = spawn(plane, "{\"task\":\"$ echo hello\"}");
            await(() -> status(plane, id).equals("completed"));
        }
    }

    @Test
    void linesLoggedForARunNameIt() throws Exception {
        Set<String> named = ConcurrentHashMap.newKeySet();
        Logger room = Logger.getLogger("dev.drover.core.run");
        Level before = room.getLevel();
        Handler listener = new Handler() {
            @Override
            public void publish(LogRecord line) {
                String id = MDC.get("run_id");
                if (id != null && line.getMessage().contains(id)) {
                    named.add(id);
                }
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        room.addHandler(listener);
        room.setLevel(Level.FINE);
        try (ScriptedModelServer model = ScriptedModelServer.start(Turn.silence());
                TestingPlane plane = scripted(model, Map.of())) {
            String id = spawn(plane, "{\"task\":\"wait\"}");
            assertThat(model.awaitAsked(1, Duration.ofSeconds(60))).isTrue();
            plane.delete("/api/v1/agents/" + id);
            await(() -> !named.isEmpty());
        } finally {
            room.setLevel(before);
            room.removeHandler(listener);
        }
    }

    @Test
    void healthSaysThatTheDatabaseIsAway() throws Exception {
        try (TestingPlane plane = TestingPlane.offline()) {
            assertThat(plane.get("/health").statusCode()).isEqualTo(200);
            plane.database().goAway();
            await(() -> plane.get("/health").statusCode() == 503);
            assertThat(plane.get("/health").body()).contains("\"status\":\"database_away\"");
            plane.database().comeBack();
            await(() -> plane.get("/health").statusCode() == 200);
            assertThat(plane.get("/health").body()).contains("\"status\":\"healthy\"");
        }
    }

    private static TestingPlane scripted(ScriptedModelServer model, Map<String, String> more) {
        Map<String, String> settings = new java.util.HashMap<>(more);
        settings.put("DROVER_MODEL", "openai/scripted");
        settings.put("OPENAI_BASE_URL", model.baseUrl() + "/v1");
        return TestingPlane.start(settings);
    }

    private static void finish(TestingPlane plane, String status) throws Exception {
        // What is learnt from a run would take the next turn of the script.
        String id = spawn(plane, "{\"task\":\"work\",\"memory\":{\"extract\":false}}");
        await(() -> status(plane, id).equals(status));
    }

    private static String spawn(TestingPlane plane, String body) throws Exception {
        var answer = plane.post("/api/v1/agents", body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return JSON.readTree(answer.body()).path("agent_id").asText();
    }

    private static String status(TestingPlane plane, String id) {
        try {
            JsonNode agent = JSON.readTree(plane.get("/api/v1/agents/" + id).body());
            return agent.path("status").asText();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String metrics(TestingPlane plane) {
        return plane.get("/metrics").body();
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("still not so").isLessThan(deadline);
            Thread.sleep(20);
        }
    }
}
