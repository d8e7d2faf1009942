package dev.drover.api.jettson;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.http.JsonCodec;
import dev.drover.api.http.Shortened;
import dev.drover.core.Json;
import dev.drover.core.computer.Isolation;
import dev.drover.core.id.RunId;
import dev.drover.core.model.Reply;
import dev.drover.core.model.ToolCall;
import dev.drover.core.model.Usage;
import dev.drover.core.run.Entry;
import dev.drover.core.run.Event;
import dev.drover.core.run.FailureReason;
import dev.drover.core.tool.ToolStyle;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class JettsonEventTest {
    private static final String HEAD = "\"seq\":9,\"ts\":1715712001500,";

    @Test
    void tellsRemarks() {
        assertThat(written(new Entry.Noted("Resumed after a restart")))
                .contains(HEAD + "\"kind\":\"info\",\"message\":\"Resumed after a restart\"}");
        assertThat(written(
                        new Entry.ComputerOpened(new Isolation("bubblewrap", Map.of("uid", "200001")), "0123456789ab")))
                .contains("\"kind\":\"info\"", "bubblewrap")
                .doesNotContain("200001");
        assertThat(written(new Entry.ModelFailed(2, 1, "429 from the vendor", 2_000L)))
                .contains("\"kind\":\"info\"", "429 from the vendor", "2000 ms", "\"iteration\":2");
    }

    @Test
    void tellsThoughtsBeforeWords() {
        assertThat(written(reply("Hm.", "Let me see."))).contains("\"kind\":\"thinking\",\"message\":\"Hm.\"");
        assertThat(written(reply("", "Let me see."))).contains("\"message\":\"Let me see.\"");
    }

    @Test
    void showsInputThatIsNoJsonAsText() {
        ToolCall call = new ToolCall("call_1", "shell_run", new Json("{\"command\": oops"));
        assertThat(written(new Entry.ToolCalled(1, call)))
                .contains("\"tool\":\"jettson_shell_run\",\"tool_use_id\":\"call_1\"")
                .contains("\"input\":\"{\\\"command\\\": oops\"");
    }

    @Test
    void saysWhenAnEffectIsInDoubt() {
        Entry lost = new Entry.ToolReturned(3, "call_1", "shell_run", new Json("{\"error\":\"x\"}"), true, true, 17);
        assertThat(written(lost))
                .contains("\"kind\":\"tool_result\",\"message\":\"jettson_shell_run is in doubt\"")
                .contains("\"output\":{\"error\":\"x\"},\"is_error\":true,\"in_doubt\":true,\"duration_ms\":17");
    }

    @Test
    void tellsEachEnding() {
        assertThat(written(new Entry.Completed("42"))).contains("\"kind\":\"end\",\"message\":\"42\"");
        assertThat(written(new Entry.Failed(FailureReason.MAX_DURATION_EXCEEDED, "after 30 min")))
                .contains("\"kind\":\"error\",\"message\":\"max_duration_exceeded: after 30 min\"");
        assertThat(written(new Entry.Stopped("user:mira"))).contains("\"kind\":\"stopped\"", "user:mira");
    }

    @Test
    void cutsOutputOfAnyShape() {
        String words = "{\"a\":\"" + "é".repeat(30_000) + "\",\"b\":[\"" + "x".repeat(30_000) + "\"],\"c\":1}";
        Shortened cut = Shortened.of(words, 16 * 1024);
        assertThat(cut.truncated()).isTrue();
        assertThat(cut.value().path("a").asText()).isNotEmpty().matches("é+");
        assertThat(cut.value().at("/b/0").asText()).isNotEmpty();
        assertThat(cut.value().path("c").asInt()).isEqualTo(1);
        assertThat(JsonCodec.bytes(cut.value())).hasSizeLessThanOrEqualTo(16 * 1024);

        Shortened list = Shortened.of("[" + "1,".repeat(20_000) + "1]", 16 * 1024);
        assertThat(list.truncated()).isTrue();
        assertThat(list.value().isTextual()).isTrue();
        assertThat(JsonCodec.bytes(list.value())).hasSizeLessThanOrEqualTo(16 * 1024);
    }

    private static Entry reply(String thinking, String text) {
        return new Entry.ModelReplied(
                1, new Reply(text, thinking, List.of(), Usage.NONE, Reply.Stop.TOOLS, "model", Map.of()));
    }

    private static String written(Entry entry) {
        Event event = new Event(new RunId(new UUID(1, 2)), 30, 9, Instant.ofEpochMilli(1_715_712_001_500L), entry);
        String line = JsonCodec.line(JettsonEvent.of(event, ToolStyle.JETTSON));
        assertThat(line).startsWith("{\"event_id\":\"ev_");
        return line;
    }
}
