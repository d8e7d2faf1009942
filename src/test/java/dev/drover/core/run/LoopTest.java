package dev.drover.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.testing.TestingAgents;
import dev.drover.testing.TestingStage;
import dev.drover.testing.model.Asked;
import dev.drover.testing.model.Turn;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A whole server and a model that follows a script. */
final class LoopTest {
    private static final TestingStage STAGE = TestingStage.open();
    private static final TestingAgents AGENTS = STAGE.agents();

    @AfterAll
    static void close() {
        STAGE.close();
    }

    @Test
    void endsWithTheTextOfItsLastTurn() {
        String id = STAGE.play("say hello", Turn.thinking("Hm.").andText("Hel", "lo"));

        assertThat(AGENTS.finished(id).path("status").asText()).isEqualTo("completed");
        assertThat(AGENTS.agent(id).path("final_result").asText()).isEqualTo("Hello");
        assertThat(AGENTS.kinds(id)).containsExactly("info", "info", "thinking", "end");
        assertThat(AGENTS.destroyed(id).path("error").isNull()).isTrue();
        AGENTS.assertWhole(id);
    }

    @Test
    void endsWithNothingWhenTheLastTurnSaysNothing() {
        String id = STAGE.play("say nothing", Turn.text());

        assertThat(AGENTS.finished(id).path("final_result").textValue()).isEmpty();
        assertThat(AGENTS.agent(id).path("status").asText()).isEqualTo("completed");
    }

    @Test
    void runsTheCallsOfOneTurnInOrderAndReturnsTheirResultsTogether() {
        String id = STAGE.play(
                "three calls",
                Turn.text("All at once.")
                        .andCall("jettson_files_write", "{\"path\":\"a.txt\",\"content\":\"one\"}")
                        .andCall("jettson_shell_run", "{\"command\":\"cat a.txt; echo two > b.txt\"}")
                        .andCall("jettson_files_read", "{\"path\":\"b.txt\"}"),
                Turn.text("Done."));

        AGENTS.finished(id);
        List<Asked> asked = STAGE.asked("three calls");
        assertThat(asked).hasSize(2);
        assertThat(asked.getLast().toolResults()).hasSize(3);
        assertThat(asked.getLast().toolResults().get(1)).contains("one");
        assertThat(asked.getLast().toolResults().get(2)).contains("two");
        assertThat(AGENTS.kinds(id))
                .containsExactly(
                        "info",
                        "info",
                        "thinking",
                        "tool_use",
                        "tool_result",
                        "tool_use",
                        "tool_result",
                        "tool_use",
                        "tool_result",
                        "end");
        assertThat(AGENTS.log(id))
                .filteredOn(event -> event.has("iteration"))
                .allMatch(event -> event.path("iteration").asInt() == 1);
    }

    @Test
    void goesOnAfterACallThatGaveNoResult() {
        String id = STAGE.play(
                "everything goes wrong",
                Turn.call("jettson_dance", "{}"),
                Turn.call("no\0tool", "{}"),
                Turn.call("jettson_shell_run", "{\"command\": oh"),
                Turn.call("jettson_shell_run", "{\"order\":\"x\"}"),
                Turn.call("jettson_files_read", "{\"path\":\"nowhere.txt\"}"),
                Turn.call("jettson_shell_run", "{\"command\":\"rm -rf /\"}"),
                Turn.text("Still here."));

        assertThat(AGENTS.finished(id).path("final_result").asText()).isEqualTo("Still here.");
        assertThat(AGENTS.log(id))
                .filteredOn(event -> event.path("kind").asText().equals("tool_result"))
                .hasSize(6)
                .allMatch(event -> event.path("is_error").asBoolean()
                        && event.path("output").path("error").isTextual());
        assertThat(errors(id).get(0)).contains("jettson_dance").contains("jettson_files_list");
        assertThat(errors(id).get(2)).startsWith("Jettson Shell rejected the command: ");
        assertThat(errors(id).get(3)).startsWith("Jettson Shell rejected the command: ");
        assertThat(errors(id).get(4)).startsWith("Jettson Files failed: ");
        assertThat(errors(id).get(5)).startsWith("Jettson Shell rejected the command: ");
        AGENTS.assertWhole(id);
    }

    private static List<String> errors(String id) {
        return AGENTS.log(id).stream()
                .map(event -> event.path("output").path("error"))
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .toList();
    }

    @Test
    void endsInAnErrorAfterExactlyTwentyIterations() {
        String id =
                STAGE.play("never stop", asked -> Turn.text("More.").andCall("jettson_files_list", "{\"path\":\".\"}"));

        assertThat(AGENTS.finished(id).path("status").asText()).isEqualTo("error");
        assertThat(AGENTS.agent(id).path("error").asText()).isEqualTo("iteration_cap_reached");
        assertThat(AGENTS.agent(id).path("final_result").isNull()).isTrue();
        assertThat(STAGE.asked("never stop")).hasSize(20);
        AGENTS.assertWhole(id);
    }

    @Test
    void completesInTheTwentiethIteration() {
        String id = STAGE.play(
                "stop just in time",
                asked -> asked.turn() < 19
                        ? Turn.call("jettson_files_list", "{\"path\":\".\"}")
                        : Turn.text("In time."));

        assertThat(AGENTS.finished(id).path("final_result").asText()).isEqualTo("In time.");
        assertThat(STAGE.asked("stop just in time")).hasSize(20);
    }

    @Test
    void leavesTheOldestResultsOutWhenTheConversationOutgrowsTheModel() {
        String id = STAGE.play(
                "read a lot",
                asked -> asked.turn() < 8
                        ? Turn.call(
                                "jettson_shell_run",
                                "{\"command\":\"head -c 99000 /dev/zero | tr '\\\\0' " + asked.turn() + "\"}")
                        : Turn.text("Read."));

        assertThat(AGENTS.finished(id).path("final_result").asText()).isEqualTo("Read.");
        List<Asked> asked = STAGE.asked("read a lot");
        assertThat(asked.get(1).toolResults().getFirst()).contains("0".repeat(1_000));
        List<String> last = asked.getLast().toolResults();
        assertThat(last).hasSize(8);
        assertThat(last.getFirst()).contains("left out").hasSizeLessThan(200);
        assertThat(last.getLast()).contains("7".repeat(1_000));
        List<Boolean> leftOut =
                last.stream().map(result -> result.contains("left out")).toList();
        assertThat(leftOut)
                .as("first the oldest")
                .isEqualTo(IntStream.range(0, 8)
                        .mapToObj(i -> i <= leftOut.lastIndexOf(true))
                        .toList());
    }
}
