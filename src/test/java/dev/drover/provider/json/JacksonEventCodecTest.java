package dev.drover.provider.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.core.Json;
import dev.drover.core.computer.Isolation;
import dev.drover.core.context.Excerpt;
import dev.drover.core.id.AgentId;
import dev.drover.core.id.RunId;
import dev.drover.core.memory.Reminder;
import dev.drover.core.model.Delta;
import dev.drover.core.model.Picture;
import dev.drover.core.model.Reply;
import dev.drover.core.model.ToolCall;
import dev.drover.core.model.Usage;
import dev.drover.core.run.Entry;
import dev.drover.core.run.EventKind;
import dev.drover.core.run.FailureReason;
import dev.drover.core.run.Said;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class JacksonEventCodecTest {
    private final JacksonEventCodec codec = new JacksonEventCodec();

    static List<Entry> samples() {
        ToolCall call = new ToolCall("call_1", "shell_run", new Json("{\"command\":\"echo \\u0000 'hi'\"}"));
        Reply reply = new Reply(
                "text \u0000 \uD83D\uDE00",
                "thoughts",
                List.of(call, new ToolCall("call_2", "files_read", new Json("no json {"))),
                new Usage(10, 20, 3, 4),
                Reply.Stop.TOOLS,
                "some-model",
                Map.of("signature", "abc=="));
        return List.of(
                new Entry.Noted("Planning task…"),
                new Entry.Instructed("do what the user says\n\u0000"),
                new Entry.Spoken(new Said(Said.Speaker.ASSISTANT, "hello")),
                new Entry.Consulted(List.of(new Excerpt("manual.pdf", "press the button"))),
                new Entry.ComputerOpened(new Isolation("bubblewrap", Map.of("uid", "200001")), "0123456789ab"),
                new Entry.Recalled(List.of(new Reminder("default", "tea", "green \u0000"))),
                new Entry.EgressJudged("http://10.0.0.1/", "it is private", 3),
                new Entry.EgressJudged("example.com:443", null, 1),
                new Entry.ModelCalled(1, 2),
                new Entry.ModelSpoke(1, new Delta.Text("a")),
                new Entry.ModelSpoke(1, new Delta.Thinking("b")),
                new Entry.ModelFailed(1, 1, "429", 500L),
                new Entry.ModelFailed(1, 5, "401", null),
                new Entry.ModelReplied(3, reply),
                new Entry.ToolCalled(3, call),
                new Entry.ToolShowed(3, "call_1", new Picture("image/png", "AAAA")),
                new Entry.ToolReturned(3, "call_1", "shell_run", new Json("{\"stdout\":\"\"}"), false, true, 17),
                new Entry.SessionBegan("codex", "0195"),
                new Entry.Charged(new Usage(4, 3, 2, 1), 0.125),
                new Entry.FilesPlaced(3),
                new Entry.WorkspaceLost(),
                new Entry.Forked(new AgentId(UUID.randomUUID()), new RunId(UUID.randomUUID()), 7, "text"),
                new Entry.Forked(new AgentId(UUID.randomUUID()), new RunId(UUID.randomUUID()), 1, null),
                new Entry.ResultRefused(2, "/a: is missing"),
                new Entry.Completed("done"),
                new Entry.Failed(FailureReason.CONTAINER_FAILED, "no bubblewrap"),
                new Entry.Stopped("user:admin"));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void readsBackWhatItWrote(Entry entry) {
        assertThat(codec.read(EventKind.of(entry), codec.write(entry))).isEqualTo(entry);
    }

    @Test
    void knowsEveryKind() {
        assertThat(samples().stream().map(EventKind::of).distinct())
                .containsExactlyInAnyOrderElementsOf(Arrays.asList(EventKind.values()));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void writesNoNulCharacter(Entry entry) {
        assertThat(codec.write(entry).text()).doesNotContain("\0");
    }

    @Test
    void ignoresFieldsOfLaterVersions() {
        assertThat(codec.read(EventKind.NOTED, new Json("{\"message\":\"m\",\"later\":{\"x\":1}}")))
                .isEqualTo(new Entry.Noted("m"));
    }
}
