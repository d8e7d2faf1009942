package dev.drover.provider.runtime.claude;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.core.Json;
import dev.drover.core.model.Delta;
import dev.drover.core.model.Reply;
import dev.drover.core.model.ToolCall;
import dev.drover.core.model.Usage;
import dev.drover.core.runtime.Reading;
import dev.drover.core.runtime.Told;
import dev.drover.provider.runtime.TestingReading;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ClaudeReadingTest {
    private static final String MODEL = "claude-opus-4-8";

    private static Told replied(String text, String thinking, List<ToolCall> calls) {
        return new Told.Replied(new Reply(
                text,
                thinking,
                calls,
                new Usage(107, 42, 7, 0),
                calls.isEmpty() ? Reply.Stop.END : Reply.Stop.TOOLS,
                MODEL,
                Map.of()));
    }

    @Test
    void understandsAWholeStart() throws Exception {
        ToolCall call =
                new ToolCall("toolu_1", "Bash", new Json("{\"command\":\"echo hi > made.txt; echo did; env | sort\"}"));
        assertThat(TestingReading.of(ClaudeReadingTest.class, new ClaudeReading()))
                .containsExactly(
                        new Told.Session("5d7acd10-b6d0-4106-a6b1-b677d99bcd92"),
                        new Told.Piece(new Delta.Thinking("Let me look.")),
                        new Told.Piece(new Delta.Text("I run it.")),
                        replied("I run it.", "Let me look.", List.of(call)),
                        new Told.Returned("toolu_1", new Json("\"did\""), false),
                        new Told.Piece(new Delta.Text("All ")),
                        new Told.Piece(new Delta.Text("done.")),
                        replied("All done.", "", List.of()),
                        new Told.Charged(new Usage(214, 84, 14, 0), 0.003107, false),
                        new Told.Finished("All done."));
    }

    @Test
    void understandsVersionsThatPrintNoPieces() throws Exception {
        List<Told> told = TestingReading.of(new ClaudeReading(), """
                {"type":"assistant","message":{"id":"a","model":"m","content":[{"type":"text","text":"one"}]}}""", """
                {"type":"assistant","message":{"id":"b","model":"m","content":[{"type":"tool_use","id":"t",\
                "name":"Read","input":{}}]}}""", """
                {"type":"user","message":{"content":[{"type":"tool_result","tool_use_id":"t",\
                "content":[{"type":"text","text":"x"}],"is_error":true}]}}""");
        assertThat(told).hasSize(3);
        assertThat(told.get(2)).isEqualTo(new Told.Returned("t", new Json("\"x\""), true));
    }

    @Test
    void takesAnErrorForAFailureEvenWhereItIsCalledSuccess() throws Exception {
        assertThat(TestingReading.of(
                        new ClaudeReading(),
                        "{\"type\":\"result\",\"subtype\":\"success\",\"is_error\":true,\"result\":\"no such model\"}"))
                .contains(new Told.Failed("no such model"));
        assertThat(TestingReading.of(
                        new ClaudeReading(),
                        "{\"type\":\"result\",\"subtype\":\"error_during_execution\",\"errors\":[\"a\",\"b\"]}"))
                .contains(new Told.Failed("a; b"));
    }

    @Test
    void passesOverWhatSubAgentsSayAndWhatItDoesNotKnow() throws Exception {
        assertThat(TestingReading.of(
                        new ClaudeReading(),
                        "{\"type\":\"assistant\",\"parent_tool_use_id\":\"t\",\"message\":{\"content\":[]}}",
                        "{\"type\":\"of a later version\",\"x\":[1]}",
                        "{}"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Warning: something", "{\"type\":", "[1]", "17", "\u0000"})
    void saysWhatIsNotItsLanguage(String line) {
        assertThatThrownBy(() -> new ClaudeReading().read(line)).isInstanceOf(Reading.Unreadable.class);
    }
}
