package dev.drover.provider.model.offline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.core.Json;
import dev.drover.core.model.Delta;
import dev.drover.core.model.Message;
import dev.drover.core.model.Prompt;
import dev.drover.core.model.Reply;
import dev.drover.core.model.ToolCall;
import dev.drover.core.model.ToolOffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OfflineModelTest {
    private static final List<ToolOffer> TOOLS = Stream.of("shell_run", "http_request", "files_read", "files_write")
            .map(name -> new ToolOffer("jettson_" + name, "", Json.EMPTY_OBJECT))
            .toList();

    private final OfflineModel model = new OfflineModel();
    private final List<Delta> deltas = new ArrayList<>();

    @Test
    void takesOneStepATurnInTheirOrder() throws Exception {
        String task = """
                Please do this:
                $ echo "hi" > x
                GET http://example.com/a?b=c
                  READ notes/today.txt
                WRITE out.txt: one: two
                READ the manual if you like
                """;
        assertThat(call(task))
                .isEqualTo(
                        new ToolCall("step_1", "jettson_shell_run", new Json("{\"command\":\"echo \\\"hi\\\" > x\"}")));
        assertThat(call(task, "{}").tool()).isEqualTo("jettson_http_request");
        assertThat(call(task, "{}").input().text())
                .contains("\"method\":\"GET\"", "\"url\":\"http://example.com/a?b=c\"");
        assertThat(call(task, "{}", "{}").input().text()).isEqualTo("{\"path\":\"notes/today.txt\"}");
        assertThat(call(task, "{}", "{}", "{}").input().text())
                .contains("\"path\":\"out.txt\"", "\"content\":\"one: two\"");
        assertThat(reply(task, "{}", "{}", "{}", "{\"path\":\"out.txt\",\"bytes_written\":8}")
                        .text())
                .isEqualTo("Wrote 8 bytes to out.txt.");
    }

    @Test
    void endsWithTheLastOutput() throws Exception {
        assertThat(reply("$ ls", "{\"stdout\":\"a\\nb\\n\",\"stderr\":\"\",\"exit_code\":0}")
                        .text())
                .isEqualTo("a\nb\n");
        assertThat(deltas).extracting(Delta::text).containsExactly("a\n", "b\n");
        assertThat(reply("$ ls x", "{\"stdout\":\"\",\"stderr\":\"no x\\n\",\"exit_code\":2}")
                        .text())
                .isEqualTo("no x\n(exit code 2)");
        assertThat(reply("GET http://a", "{\"status_code\":200,\"body\":\"hello\"}")
                        .text())
                .isEqualTo("hello");
        assertThat(reply("READ a", "{\"content\":\"inside\"}").text()).isEqualTo("inside");
        assertThat(reply("GET http://a", "{\"error\":\"Jettson HTTP rejected the request: private\"}")
                        .text())
                .isEqualTo("Jettson HTTP rejected the request: private");
    }

    @Test
    void saysThatItWaitsForNothingWhenItIsDone() throws Exception {
        Reply last = reply("$ true", "{\"stdout\":\"\",\"exit_code\":0}");

        assertThat(last.text()).isEmpty();
        assertThat(last.stop()).isEqualTo(Reply.Stop.END);
        assertThat(last.calls()).isEmpty();
        assertThat(deltas).isEmpty();
    }

    @Test
    void withoutAStepExplainsItself() throws Exception {
        assertThat(reply("Find me a flat in Berlin").text())
                .contains("DROVER_MODEL", "ANTHROPIC_API_KEY", "OPENAI_BASE_URL", "GEMINI_API_KEY", "$ COMMAND");
        assertThat(deltas.stream().map(Delta::text).reduce("", String::concat))
                .isEqualTo(reply("Find me a flat in Berlin").text());
    }

    @Test
    void namesTheToolThatIsMissing() throws Exception {
        Prompt prompt = new Prompt("", List.of(new Message.User("$ ls")), List.of(), 100, null);

        assertThat(model.ask(prompt, deltas::add).text()).contains("Step 1", "shell_run");
    }

    @Test
    void heedsAnInterrupt() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> reply("$ ls")).isInstanceOf(InterruptedException.class);
    }

    private ToolCall call(String task, String... outputs) throws InterruptedException {
        Reply reply = reply(task, outputs);
        assertThat(reply.stop()).isEqualTo(Reply.Stop.TOOLS);
        return reply.calls().getFirst();
    }

    private Reply reply(String task, String... outputs) throws InterruptedException {
        List<Message> messages = new ArrayList<>();
        messages.add(new Message.User(task));
        for (String output : outputs) {
            messages.add(new Message.ToolOutcome("id", "tool", new Json(output), false));
        }
        return model.ask(new Prompt("system", messages, TOOLS, 100, null), deltas::add);
    }
}
