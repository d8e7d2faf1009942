package dev.drover.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drover.testing.TestingPlane;
import dev.drover.testing.model.ScriptedModelServer;
import dev.drover.testing.model.Turn;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RunTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void followsExplicitStepsWithoutAModel() throws Exception {
        try (TestingPlane plane = TestingPlane.offline()) {
            JsonNode agent = finished(plane, spawn(plane, "$ echo hello"));
            assertThat(agent.path("status").asText()).isEqualTo("completed");
            assertThat(agent.path("final_result").asText()).contains("hello");
        }
    }

    @Test
    void asksTheModelRunsItsToolsAndAnswers() throws Exception {
        try (ScriptedModelServer model = ScriptedModelServer.start(
                        Turn.text("I look.").andCall("jettson_shell_run", "{\"command\":\"echo 42\"}"),
                        Turn.text("It is 42."));
                TestingPlane plane = TestingPlane.scripted(model)) {
            String id = spawn(plane, "What does echo 42 say?");
            JsonNode agent = finished(plane, id);
            assertThat(agent.path("final_result").asText()).isEqualTo("It is 42.");
            assertThat(kinds(plane, id)).containsExactly("info", "info", "thinking", "tool_use", "tool_result", "end");
        }
    }

    @Test
    void endsAfterExactlyTwentyIterations() throws Exception {
        try (ScriptedModelServer model =
                        ScriptedModelServer.start(asked -> Turn.call("jettson_files_list", "{\"path\":\".\"}"));
                TestingPlane plane = TestingPlane.scripted(model)) {
            JsonNode agent = finished(plane, spawn(plane, "never stop"));
            assertThat(agent.path("status").asText()).isEqualTo("error");
            assertThat(agent.path("error").asText()).isEqualTo("iteration_cap_reached");
            assertThat(agent.path("final_result").isNull()).isTrue();
            assertThat(model.asked()).hasSize(20);
        }
    }

    private static String spawn(TestingPlane plane, String task) throws Exception {
        String body = JSON.writeValueAsString(java.util.Map.of("task", task));
        var answer = plane.post("/api/v1/agents", body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return JSON.readTree(answer.body()).path("agent_id").asText();
    }

    private static JsonNode finished(TestingPlane plane, String id) throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (System.nanoTime() < deadline) {
            JsonNode agent = JSON.readTree(plane.get("/api/v1/agents/" + id).body());
            if (List.of("completed", "error", "stopped")
                    .contains(agent.path("status").asText())) {
                return agent;
            }
            Thread.sleep(20);
        }
        throw new AssertionError(
                "not finished: " + plane.get("/api/v1/agents/" + id).body());
    }

    private static List<String> kinds(TestingPlane plane, String id) throws Exception {
        JsonNode page =
                JSON.readTree(plane.get("/api/v1/agents/" + id + "/logs").body());
        return page.path("data").findValuesAsText("kind");
    }
}
