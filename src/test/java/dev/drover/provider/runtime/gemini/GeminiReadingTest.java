package dev.drover.provider.runtime.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.core.Json;
import dev.drover.core.model.Delta;
import dev.drover.core.model.Reply;
import dev.drover.core.model.ToolCall;
import dev.drover.core.model.Usage;
import dev.drover.core.runtime.Told;
import dev.drover.provider.runtime.TestingReading;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class GeminiReadingTest {
    @Test
    void understandsAWholeStart() throws Exception {
        String id = "run_shell_command__run_shell_command_1795351020347_0";
        ToolCall call =
                new ToolCall(id, "run_shell_command", new Json("{\"command\":\"echo hi > made3.txt; echo did\"}"));
        assertThat(TestingReading.of(GeminiReadingTest.class, new GeminiReading()))
                .containsExactly(
                        new Told.Session("b069c806-ead5-4906-8624-3bbc32b5b4fa"),
                        new Told.Piece(new Delta.Text("I run it. ")),
                        new Told.Replied(new Reply(
                                "I run it. ", "", List.of(call), Usage.NONE, Reply.Stop.TOOLS, "auto", Map.of())),
                        new Told.Returned(id, new Json("\"did\""), false),
                        new Told.Piece(new Delta.Text("All ")),
                        new Told.Piece(new Delta.Text("done.")),
                        new Told.Replied(
                                new Reply("All done.", "", List.of(), Usage.NONE, Reply.Stop.END, "auto", Map.of())),
                        new Told.Charged(new Usage(100, 18, 0, 0), null, false),
                        new Told.Finished("All done."));
    }

    @Test
    void anErrorIsAFailure() throws Exception {
        assertThat(TestingReading.of(
                        new GeminiReading(),
                        "{\"type\":\"tool_result\",\"tool_id\":\"a\",\"status\":\"error\",\"output\":\"\","
                                + "\"error\":{\"message\":\"no\"}}",
                        "{\"type\":\"result\",\"status\":\"error\",\"error\":{\"message\":\"[API Error: 404]\"}}"))
                .containsExactly(
                        new Told.Returned("a", new Json("\"no\""), true),
                        new Told.Charged(Usage.NONE, null, false),
                        new Told.Failed("[API Error: 404]"));
    }
}
