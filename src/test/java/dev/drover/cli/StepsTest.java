package dev.drover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StepsTest {
    private final Steps plain = new Steps(new Style(false), 60);

    private List<String> result(String tool, ObjectNode output) {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.put("kind", "tool_result").put("tool", "jettson_" + tool).put("duration_ms", 1_530);
        event.set("output", output);
        return plain.lines(event);
    }

    private static ObjectNode output(String name, String value) {
        return JsonNodeFactory.instance.objectNode().put(name, value);
    }

    @Test
    void tellsARunInAFewLines() {
        List<String> lines = Samples.RUN.stream()
                .flatMap(event -> plain.lines(Samples.event(event)).stream())
                .toList();

        assertThat(lines)
                .containsExactly(
                        "· Planning task…",
                        "~ I look first.",
                        "▸ shell_run  ls -1",
                        "    a",
                        "    b",
                        "    c",
                        "    ✓ exit 0, 12 ms",
                        "✓ completed");
    }

    @Test
    void dimsThinkingWhereColoursAre() {
        assertThat(new Steps(new Style(true), 60).lines(Samples.event(Samples.THOUGHT)))
                .containsExactly("\u001b[2m~ I look first.\u001b[0m");
    }

    @Test
    void shortensLongOutput() {
        String text = IntStream.rangeClosed(1, 40).mapToObj(Integer::toString).collect(Collectors.joining("\n"));

        List<String> lines = result("files_read", output("content", text));

        assertThat(lines).hasSize(14).contains("    12", "    … 28 more lines", "    ✓ 1.5 s");
    }

    @Test
    void shortensALongLine() {
        List<String> lines = result("files_read", output("content", "x".repeat(500)));

        assertThat(lines.getFirst()).hasSize(60).endsWith("…");
    }

    @Test
    void showsTheErrorOfAToolThatFailed() {
        ObjectNode event = (ObjectNode) Samples.event(Samples.RESULT);
        event.put("is_error", true).set("output", output("error", "Jettson Shell failed: no such thing"));

        assertThat(plain.lines(event)).containsExactly("    Jettson Shell failed: no such thing", "    ✗ 12 ms");
    }

    @Test
    void anErrorIsToldToItsEnd() {
        ObjectNode event = (ObjectNode) Samples.event(Samples.RESULT);
        event.put("is_error", true).set("output", output("error", "word ".repeat(20) + "last"));

        assertThat(plain.lines(event)).hasSize(3).element(1).asString().endsWith("last");
    }

    @Test
    void saysWhatIsInDoubt() {
        ObjectNode event = (ObjectNode) Samples.event(Samples.RESULT);
        event.put("is_error", true).put("in_doubt", true).set("output", output("error", "unknown"));

        assertThat(plain.lines(event)).last().isEqualTo("    ? in doubt");
    }

    @Test
    void readsOutputThatCameAsText() {
        ObjectNode event = (ObjectNode) Samples.event(Samples.RESULT);
        event.put("output", "{\"status_code\":200,\"body\":\"hello\"}");

        assertThat(plain.lines(event)).containsExactly("    hello", "    ✓ status 200, 12 ms");
    }

    @Test
    void listsNames() {
        ObjectNode listing = output("path", ".");
        listing.putArray("entries").addObject().put("name", "sub").put("is_dir", true);

        assertThat(result("files_list", listing)).contains("    sub/");
    }

    @Test
    void anAgentCannotSteerTheTerminalOfWhoeverWatches() {
        List<String> lines =
                result("shell_run", output("stdout", "\u001b[2J\u001b]0;evil\u0007red\u001b[31m\r\bx\u202e"));

        assertThat(lines.toString())
                .doesNotContain("\u001b", "\u0007", "\b", "\u202e")
                .contains("red");
    }

    @Test
    void aCommandOfSeveralLinesStaysOnOne() {
        ObjectNode event = (ObjectNode) Samples.event(Samples.CALL);
        event.putObject("input").put("command", "cat <<X\nhello\nX");

        assertThat(plain.lines(event)).containsExactly("▸ shell_run  cat <<X ↵ hello ↵ X");
    }
}
