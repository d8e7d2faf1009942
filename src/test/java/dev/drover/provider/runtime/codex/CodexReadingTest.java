package dev.drover.provider.runtime.codex;

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

final class CodexReadingTest {
    @Test
    void understandsAWholeStart() throws Exception {
        ToolCall call = new ToolCall(
                "item_2",
                "command_execution",
                new Json("{\"command\":\"/bin/bash -lc 'echo hi > made2.txt; echo did'\"}"));
        assertThat(TestingReading.of(CodexReadingTest.class, new CodexReading()))
                .containsExactly(
                        new Told.Session("01a20342-2da8-7ca3-92cf-b45b0522b851"),
                        new Told.Remarked("Model metadata for `scripted` not found. Defaulting to fallback metadata;"
                                + " this can degrade performance and cause issues."),
                        new Told.Piece(new Delta.Thinking("I think.")),
                        new Told.Replied(
                                new Reply("", "I think.", List.of(call), Usage.NONE, Reply.Stop.TOOLS, "", Map.of())),
                        new Told.Returned(
                                "item_2",
                                new Json("{\"aggregated_output\":\"did\\n\",\"exit_code\":0,\"status\":\"completed\"}"),
                                false),
                        new Told.Piece(new Delta.Text("All done.")),
                        new Told.Replied(
                                new Reply("All done.", "", List.of(), Usage.NONE, Reply.Stop.END, "", Map.of())),
                        new Told.Charged(new Usage(200, 40, 60, 0), null, true),
                        new Told.Finished("All done."));
    }

    @Test
    void aFailedTurnSaysWhy() throws Exception {
        assertThat(TestingReading.of(
                        new CodexReading(),
                        "{\"type\":\"error\",\"message\":\"Reconnecting... 1/5\"}",
                        "{\"type\":\"turn.failed\",\"error\":{\"message\":\"unexpected status 404\"}}"))
                .containsExactly(new Told.Remarked("Reconnecting... 1/5"), new Told.Failed("unexpected status 404"));
    }

    @Test
    void whatIsOnlySeenWhenItIsDoneWasCalledAllTheSame() throws Exception {
        List<Told> told = TestingReading.of(new CodexReading(), """
                {"type":"item.completed","item":{"id":"item_4","type":"file_change",\
                "changes":[{"path":"/home/developer/x","kind":"add"}],"status":"failed"}}""");
        assertThat(told).hasSize(2);
        assertThat(told.getFirst()).isInstanceOf(Told.Replied.class);
        assertThat(told.getLast()).isEqualTo(new Told.Returned("item_4", new Json("{\"status\":\"failed\"}"), true));
    }
}
