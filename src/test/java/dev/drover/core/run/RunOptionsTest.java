package dev.drover.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.testing.TestingAgents;
import dev.drover.testing.TestingPlane;
import dev.drover.testing.TestingStage;
import dev.drover.testing.Waiting;
import dev.drover.testing.model.Asked;
import dev.drover.testing.model.Script;
import dev.drover.testing.model.ScriptedModelServer;
import dev.drover.testing.model.Turn;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What options make of a run: a whole server and a model that follows a script. */
final class RunOptionsTest {
    private static final Map<String, Object> AGE = Map.of(
            "type", "object", "required", List.of("age"), "properties", Map.of("age", Map.of("type", "integer")));
    private static final TestingStage STAGE = TestingStage.open();
    private static final TestingAgents AGENTS = STAGE.agents();

    @AfterAll
    static void close() {
        STAGE.close();
    }

    private static Turn call(String arguments) {
        return Turn.call("jettson_shell_run", arguments);
    }

    @Test
    void takesJsonThatFitsTheSchemaWithAFenceAroundIt() {
        String id = STAGE.play(
                "fenced",
                Map.of("result_schema", AGE),
                Script.inOrder(Turn.text("Here:\n```json\n{\"age\": 7}\n```\n")));

        JsonNode agent = AGENTS.finished(id);
        assertThat(agent.path("status").asText()).isEqualTo("completed");
        assertThat(agent.path("final_result").asText()).isEqualTo("{\"age\": 7}");
        assertThat(agent.path("result").path("age").asInt()).isEqualTo(7);
        assertThat(STAGE.asked("fenced").getFirst().system()).contains("\"required\":[\"age\"]");
    }

    @Test
    void tellsTheModelWhatIsWrongAndTakesTheSecondRepair() {
        String id = STAGE.play(
                "repaired",
                Map.of("result_schema", AGE),
                Script.byTurn(Turn.text("seven"), Turn.text("{\"age\":\"7\"}"), Turn.text("{\"age\":7}")));

        JsonNode agent = AGENTS.finished(id);
        assertThat(agent.path("status").asText()).isEqualTo("completed");
        assertThat(agent.path("result").path("age").asInt()).isEqualTo(7);
        assertThat(agent.path("usage").path("iterations").asInt()).isEqualTo(3);
        List<Asked> asked = STAGE.asked("repaired");
        assertThat(asked.get(1).body().toString()).contains("was not accepted").contains("not JSON");
        assertThat(asked.get(2).body().toString()).contains("/age");
        assertThat(AGENTS.log(id))
                .filteredOn(event -> event.path("message").asText().contains("does not fit the result schema"))
                .hasSize(2);
        AGENTS.assertWhole(id);
    }

    @Test
    void givesUpBehindTheSecondRepair() {
        String id = STAGE.play(
                "never fits",
                Map.of("result_schema", AGE),
                Script.inOrder(Turn.text(""), Turn.text("[]"), Turn.text("{}"), Turn.text("{\"age\":7}")));

        JsonNode agent = AGENTS.finished(id);
        assertThat(agent.path("status").asText()).isEqualTo("error");
        assertThat(agent.path("error").asText()).isEqualTo("result_invalid");
        assertThat(agent.path("final_result").isNull()).isTrue();
        assertThat(agent.path("result").isNull()).isTrue();
        assertThat(STAGE.asked("never fits")).hasSize(3);
    }

    @Test
    void aRepairThatARestartInterruptsGoesOn() throws IOException {
        AtomicBoolean silent = new AtomicBoolean(true);
        try (ScriptedModelServer model = ScriptedModelServer.start(asked -> switch (asked.turn()) {
                    case 0 -> Turn.text("seven");
                    default -> silent.get() ? Turn.silence() : Turn.text("{\"age\":7}");
                });
                TestingPlane plane = TestingPlane.scripted(model)) {
            TestingAgents agents = TestingAgents.of(plane);
            String id = agents.spawn(
                    "repair",
                    Map.of(
                            "result_schema",
                            AGE,
                            "files",
                            List.of(Map.of("path", "a.txt", "content", "one")),
                            "memory",
                            Map.of("extract", false)));
            Waiting.until(() -> model.asked().size() == 2);

            plane.stop();
            silent.set(false);
            plane.restart();

            assertThat(agents.finished(id).path("result").path("age").asInt()).isEqualTo(7);
            assertThat(model.asked()).extracting(Asked::turn).containsExactly(0, 1, 1);
            assertThat(model.asked().getLast().body().toString()).contains("was not accepted");
            assertThat(agents.log(id))
                    .filteredOn(event -> event.path("message").asText().endsWith("written to the workspace."))
                    .hasSize(1);
            assertThat(agents.agent(id).path("usage").path("iterations").asInt())
                    .isEqualTo(2);
            agents.assertWhole(id);
        }
    }

    @Test
    void filesLieInTheWorkspaceFirstAndAreNotWrittenOverAfterARestart() throws IOException {
        AtomicBoolean silent = new AtomicBoolean(true);
        try (ScriptedModelServer model = ScriptedModelServer.start(asked -> switch (asked.turn()) {
                    case 0 -> call("{\"command\":\"cat a.txt in/b.txt; echo changed > a.txt\"}");
                    case 1 -> silent.get() ? Turn.silence() : call("{\"command\":\"cat a.txt\"}");
                    default -> Turn.text("Done.");
                });
                TestingPlane plane = TestingPlane.scripted(model)) {
            TestingAgents agents = TestingAgents.of(plane);
            String id = agents.spawn(
                    "files",
                    Map.of(
                            "files",
                            List.of(
                                    Map.of("path", "a.txt", "content", "one\n"),
                                    Map.of("path", "/workspace/in/b.txt", "content_base64", "dHdvCg==")),
                            "memory",
                            Map.of("extract", false)));
            Waiting.until(() -> model.asked().size() == 2);
            plane.stop();
            silent.set(false);
            plane.restart();
            agents.finished(id);

            assertThat(model.asked().get(1).lastToolResult()).contains("one\\ntwo\\n");
            assertThat(model.asked().getLast().lastToolResult())
                    .contains("changed")
                    .doesNotContain("one");
            List<Integer> left = plane.database()
                    .database()
                    .jdbi()
                    .withHandle(handle -> handle.createQuery("select count(*) from run_file")
                            .mapTo(Integer.class)
                            .list());
            assertThat(left).containsExactly(0);
        }
    }

    @Test
    void offersOnlyTheToolsThatAreNamed() {
        String id = STAGE.play(
                "few tools",
                Map.of("tools", List.of("files_*", "jettson_http_request")),
                Script.inOrder(call("{\"command\":\"true\"}"), Turn.text("Done.")));

        AGENTS.finished(id);
        List<Asked> asked = STAGE.asked("few tools");
        assertThat(asked.getFirst().tools())
                .containsExactlyInAnyOrder(
                        "jettson_files_read",
                        "jettson_files_write",
                        "jettson_files_list",
                        "jettson_files_delete",
                        "jettson_http_request");
        assertThat(asked.getLast().lastToolResult()).contains("has no tool 'jettson_shell_run'");
    }

    @Test
    void endsAtTheCapOfItsOwn() {
        Turn again = call("{\"command\":\"true\"}");
        String id = STAGE.play("three", Map.of("max_iterations", 3), asked -> again);

        assertThat(AGENTS.finished(id).path("error").asText()).isEqualTo("iteration_cap_reached");
        assertThat(STAGE.asked("three")).hasSize(3);
        JsonNode usage = AGENTS.agent(id).path("usage");
        assertThat(usage.path("iterations").asInt()).isEqualTo(3);
        assertThat(usage.path("tool_calls").toString()).isEqualTo("{\"jettson_shell_run\":3}");
        assertThat(usage.path("cost_usd").isNull()).isTrue();
    }

    @Test
    void goesOnBehindTheUsualCapWhenItMay() {
        String id = STAGE.play(
                "thirty",
                Map.of("max_iterations", 30),
                asked -> asked.turn() < 25 ? call("{\"command\":\"true\"}") : Turn.text("Done."));

        assertThat(AGENTS.finished(id).path("status").asText()).isEqualTo("completed");
    }

    @Test
    void endsAtTheDurationOfItsOwn() {
        String id = STAGE.play(
                "sleeps", Map.of("max_duration_seconds", 1), Script.inOrder(call("{\"command\":\"sleep 60\"}")));

        JsonNode agent = AGENTS.finished(id);
        assertThat(agent.path("error").asText()).isEqualTo("max_duration_exceeded");
        assertThat(agent.path("usage").path("run_seconds").asDouble()).isBetween(1.0, 30.0);
    }

    @Test
    void showsWhatItUsedAndWhatWasWrittenOnIt() {
        String id = STAGE.play(
                "figures",
                Map.of("metadata", Map.of("customer", "42", "team", "\u00e9")),
                Script.inOrder(
                        call("{\"command\":\"true\"}").usage(100, 20, 0, 0),
                        Turn.text("Done.").usage(150, 7, 0, 0)));

        JsonNode agent = AGENTS.finished(id);
        assertThat(agent.path("metadata").path("customer").asText()).isEqualTo("42");
        assertThat(agent.path("metadata").path("team").asText()).isEqualTo("\u00e9");
        assertThat(agent.path("usage").path("input_tokens").asInt()).isEqualTo(250);
        assertThat(agent.path("usage").path("output_tokens").asInt()).isEqualTo(27);
        assertThat(agent.path("result").isNull()).isTrue();
    }
}
