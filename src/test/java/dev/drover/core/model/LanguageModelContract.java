package dev.drover.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.core.Json;
import dev.drover.testing.model.Asked;
import dev.drover.testing.model.Script;
import dev.drover.testing.model.ScriptedModelServer;
import dev.drover.testing.model.Turn;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every model does that answers over a network; proven by traffic. */
public interface LanguageModelContract {
    String KEY = "sk-very-secret-0123456789";
    Duration PATIENCE = Duration.ofSeconds(20);

    /** The model that answers at this server, asked with {@link #KEY} where it takes one. */
    LanguageModel model(String baseUrl, Duration idle);

    /** What it can count of the tokens scripted. */
    Usage countable(Usage scripted);

    @Test
    default void streamsTextInOrderAndRepliesWithAllOfIt() throws Exception {
        try (var server = ScriptedModelServer.start(Turn.text("Hel", "lo, ", "wor", "ld"))) {
            List<Delta> deltas = new ArrayList<>();
            Reply reply = model(server).ask(prompt("greet"), deltas::add);

            assertThat(deltas).extracting(Delta::text).containsExactly("Hel", "lo, ", "wor", "ld");
            assertThat(reply.text()).isEqualTo("Hello, world");
            assertThat(reply.stop()).isEqualTo(Reply.Stop.END);
            assertThat(reply.calls()).isEmpty();
            assertThat(reply.model()).isEqualTo("scripted");
        }
    }

    @Test
    default void sendsSystemPromptTaskAndTools() throws Exception {
        try (var server = ScriptedModelServer.start(Turn.text("ok"))) {
            model(server).ask(prompt("list the files"), _ -> {});

            Asked asked = server.asked().getFirst();
            assertThat(asked.system()).isEqualTo("You are a test.");
            assertThat(asked.task()).isEqualTo("list the files");
            assertThat(asked.tools()).containsExactly("jettson_shell_run", "jettson_http_request");
            assertThat(asked.body().toString()).contains("Seconds to wait", "PATCH");
        }
    }

    @Test
    default void streamsThinkingApartFromText() throws Exception {
        try (var server =
                ScriptedModelServer.start(Turn.thinking("let me ", "see").andText("42"))) {
            List<Delta> deltas = new ArrayList<>();
            Reply reply = model(server).ask(prompt("what is it"), deltas::add);

            assertThat(deltas)
                    .containsExactly(new Delta.Thinking("let me "), new Delta.Thinking("see"), new Delta.Text("42"));
            assertThat(reply.thinking()).isEqualTo("let me see");
            assertThat(reply.text()).isEqualTo("42");
        }
    }

    @Test
    default void asksForSeveralToolsInOneTurn() throws Exception {
        var turn = Turn.text("Two things.")
                .andCall("jettson_shell_run", "{\"command\":\"ls\"}")
                .andCall("jettson_shell_run", "{\"command\":\"pwd\"}");
        try (var server = ScriptedModelServer.start(turn)) {
            Reply reply = model(server).ask(prompt("do it"), _ -> {});

            assertThat(reply.stop()).isEqualTo(Reply.Stop.TOOLS);
            assertThat(reply.text()).isEqualTo("Two things.");
            assertThat(reply.calls()).extracting(ToolCall::tool).containsOnly("jettson_shell_run");
            assertThat(reply.calls())
                    .extracting(call -> call.input().text())
                    .containsExactly("{\"command\":\"ls\"}", "{\"command\":\"pwd\"}");
            assertThat(reply.calls())
                    .extracting(ToolCall::id)
                    .doesNotHaveDuplicates()
                    .doesNotContainNull();
        }
    }

    @Test
    default void givesToolResultsBackInOrder() throws Exception {
        try (var server = ScriptedModelServer.start(Script.byTurn(
                Turn.thinking("hm")
                        .andCall("jettson_shell_run", "{\"command\":\"ls\"}")
                        .andCall("jettson_shell_run", "{\"command\":\"pwd\"}"),
                Turn.call("jettson_shell_run", "{\"command\":\"id\"}"),
                Turn.text("done")))) {
            LanguageModel model = model(server);
            Prompt first = prompt("do it");
            Prompt second = followed(first, model.ask(first, _ -> {}));
            Prompt third = followed(second, model.ask(second, _ -> {}));
            Reply last = model.ask(third, _ -> {});

            assertThat(last.text()).isEqualTo("done");
            assertThat(server.asked().get(1).toolResults()).hasSize(2);
            assertThat(server.asked().getLast().toolResults())
                    .hasSize(3)
                    .allSatisfy(result -> assertThat(result).contains("stdout"));
            assertThat(calls(third)).extracting(ToolCall::id).doesNotHaveDuplicates();
        }
    }

    @Test
    default void showsPicturesBehindTheResultsOfTheirTurn() throws Exception {
        try (var server = ScriptedModelServer.start(Script.byTurn(
                Turn.call("jettson_shell_run", "{\"command\":\"a\"}")
                        .andCall("jettson_shell_run", "{\"command\":\"b\"}"),
                Turn.text("done")))) {
            LanguageModel model = model(server.baseUrl(), PATIENCE);
            Prompt prompt = prompt("look");
            Prompt next = followed(prompt, model.ask(prompt, _ -> {}));
            List<Message> messages = new ArrayList<>(next.messages());
            var outcome = (Message.ToolOutcome) messages.get(2);
            messages.set(
                    2,
                    new Message.ToolOutcome(
                            outcome.callId(),
                            outcome.tool(),
                            outcome.output(),
                            false,
                            List.of(new Picture("image/png", "UElDVFVSRQ=="))));
            model.ask(new Prompt(next.system(), messages, next.tools(), 1000, null), _ -> {});

            Asked asked = server.asked().getLast();
            assertThat(asked.toolResults()).hasSize(2);
            assertThat(asked.body().toString()).containsOnlyOnce("UElDVFVSRQ==");
            JsonNode list = asked.body().has("contents")
                    ? asked.body().path("contents")
                    : asked.body().path("messages");
            assertThat(list.path(list.size() - 1).toString()).contains("UElDVFVSRQ==", "\"user\"");
        }
    }

    @Test
    default void countsTokens() throws Exception {
        try (var server = ScriptedModelServer.start(Turn.text("ok").usage(120, 30, 80, 10))) {
            Reply reply = model(server).ask(prompt("count"), _ -> {});

            assertThat(reply.usage()).isEqualTo(countable(new Usage(120, 30, 80, 10)));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 502, 503, 529})
    default void anotherTryMaySucceedAfter(int status) throws Exception {
        try (var server = ScriptedModelServer.start(Turn.status(status, Duration.ofSeconds(7)))) {
            ModelFailure failure = failure(model(server));

            assertThat(failure.worthRetrying()).isTrue();
            assertThat(failure.retryAfter()).contains(Duration.ofSeconds(7));
            assertThat(failure).hasMessageContainingAll(model(server).name(), "" + status, "scripted " + status);
            assertThat(server.asked()).as("one ask is one attempt").hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 413, 422})
    default void anotherTryWouldFailTheSameWayAfter(int status) throws Exception {
        try (var server = ScriptedModelServer.start(Turn.status(status))) {
            ModelFailure failure = failure(model(server));

            assertThat(failure.worthRetrying()).isFalse();
            assertThat(failure).hasMessageContainingAll(model(server).name(), "" + status, "scripted " + status);
            assertThat(server.asked()).hasSize(1);
        }
    }

    @Test
    default void neverTellsTheKey() throws Exception {
        Script echo = asked -> Turn.status(401, "the key " + KEY + " in " + asked.headers() + " is wrong");
        try (var server = ScriptedModelServer.start(echo)) {
            for (Throwable told = failure(model(server)); told != null; told = told.getCause()) {
                assertThat(told.toString()).doesNotContain(KEY);
            }
        }
    }

    @Test
    default void aBrokenStreamIsAPassingFailure() throws Exception {
        try (var server =
                ScriptedModelServer.start(Turn.text("Hel", "lo, ", "wor", "ld").cutAfter(3))) {
            assertThat(failure(model(server)).worthRetrying()).isTrue();
        }
    }

    @Test
    default void aStreamThatJustEndsIsAPassingFailure() throws Exception {
        try (var server = ScriptedModelServer.start(
                Turn.text("Hel", "lo, ", "wor", "ld").endAfter(3),
                Turn.call("jettson_shell_run", "{}").endAfter(1),
                Turn.text("").endAfter(0))) {
            for (int i = 0; i < 3; i++) {
                ModelFailure failure = failure(model(server));
                assertThat(failure.worthRetrying()).isTrue();
                assertThat(failure).hasMessageContaining("whole");
            }
        }
    }

    @Test
    default void anErrorWithinTheStreamIsAPassingFailureThatSaysWhy() throws Exception {
        try (var server = ScriptedModelServer.start(Turn.text("Hel", "lo").troubleAfter(2, "we are overloaded"))) {
            ModelFailure failure = failure(model(server));

            assertThat(failure.worthRetrying()).isTrue();
            assertThat(failure).hasMessageContaining("we are overloaded");
        }
    }

    @Test
    default void noConnectionIsAPassingFailure() throws IOException {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        assertThat(failure(model("http://127.0.0.1:" + port, PATIENCE)).worthRetrying())
                .isTrue();
    }

    @Test
    default void aModelThatNeverAnswersIsAPassingFailure() throws Exception {
        try (var server = ScriptedModelServer.start(Turn.silence())) {
            ModelFailure failure = failure(model(server.baseUrl(), Duration.ofMillis(200)));

            assertThat(failure.worthRetrying()).isTrue();
            assertThat(server.awaitBrokenOff(1, PATIENCE)).isTrue();
        }
    }

    @Test
    default void aModelThatFallsSilentIsAPassingFailure() throws Exception {
        var turn = Turn.text("one", "two").slowly(Duration.ZERO, PATIENCE.multipliedBy(10));
        try (var server = ScriptedModelServer.start(turn)) {
            ModelFailure failure = failure(model(server.baseUrl(), Duration.ofMillis(200)));

            assertThat(failure.worthRetrying()).isTrue();
            assertThat(server.awaitBrokenOff(1, PATIENCE)).isTrue();
        }
    }

    @Test
    default void aSlowModelIsWaitedForAsLongAsItSpeaks() throws Exception {
        var turn = Turn.text("a", "b", "c", "d", "e").slowly(Duration.ofMillis(100), Duration.ofMillis(400));
        try (var server = ScriptedModelServer.start(turn)) {
            Reply reply = model(server.baseUrl(), Duration.ofMillis(1500)).ask(prompt("slowly"), _ -> {});

            assertThat(reply.text()).isEqualTo("abcde");
        }
    }

    @Test
    default void anInterruptClosesTheConnectionBeforeTheFirstByte() throws Exception {
        try (var server = ScriptedModelServer.start(Turn.silence())) {
            LanguageModel model = model(server);
            List<Delta> deltas = Collections.synchronizedList(new ArrayList<>());
            FutureTask<Reply> asking = new FutureTask<>(() -> model.ask(prompt("wait"), deltas::add));
            Thread thread = Thread.startVirtualThread(asking);
            assertThat(server.awaitAsked(1, PATIENCE)).isTrue();
            thread.interrupt();

            assertThatThrownBy(() -> asking.get(20, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(InterruptedException.class);
            assertThat(server.awaitBrokenOff(1, PATIENCE)).isTrue();
            assertThat(deltas).isEmpty();
        }
    }

    @Test
    default void anInterruptClosesTheConnectionInTheMiddle() throws Exception {
        var turn = Turn.text("a", "b", "c", "d", "e").slowly(Duration.ZERO, Duration.ofSeconds(1));
        try (var server = ScriptedModelServer.start(turn)) {
            LanguageModel model = model(server);
            BlockingQueue<Delta> deltas = new LinkedBlockingQueue<>();
            FutureTask<Reply> asking = new FutureTask<>(() -> model.ask(prompt("wait"), deltas::add));
            Thread thread = Thread.startVirtualThread(asking);
            assertThat(deltas.poll(20, TimeUnit.SECONDS)).isEqualTo(new Delta.Text("a"));
            thread.interrupt();

            assertThatThrownBy(() -> asking.get(20, TimeUnit.SECONDS)).hasCauseInstanceOf(InterruptedException.class);
            assertThat(server.awaitBrokenOff(1, PATIENCE)).isTrue();
            assertThat(deltas).as("no delta after the end").isEmpty();
        }
    }

    @Test
    default void aConsumerThatThrowsEndsTheCallWithItsOwnFailure() throws Exception {
        var turn = Turn.text("a", "b", "c").slowly(Duration.ZERO, Duration.ofMillis(50));
        try (var server = ScriptedModelServer.start(turn)) {
            assertThatThrownBy(() -> model(server).ask(prompt("go"), _ -> {
                        throw new IllegalStateException("the log is gone");
                    }))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("the log is gone");
            assertThat(server.awaitBrokenOff(1, PATIENCE)).isTrue();
        }
    }

    @Test
    default void answersManyAtOnceWithoutMixingThemUp() throws Exception {
        Script echo = asked -> Turn.text(asked.task(), "!").slowly(Duration.ofMillis(20), Duration.ofMillis(5));
        try (var server = ScriptedModelServer.start(echo);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            LanguageModel model = model(server);
            List<Future<Reply>> replies = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                Prompt prompt = prompt("task " + i);
                replies.add(threads.submit(() -> model.ask(prompt, _ -> {})));
            }
            for (int i = 0; i < 100; i++) {
                assertThat(replies.get(i).get().text()).isEqualTo("task " + i + "!");
            }
        }
    }

    private LanguageModel model(ScriptedModelServer server) {
        return model(server.baseUrl(), PATIENCE);
    }

    private static ModelFailure failure(LanguageModel model) {
        ModelFailure failure = catchThrowableOfType(ModelFailure.class, () -> model.ask(prompt("fail"), _ -> {}));
        assertThat(failure).isNotNull();
        return failure;
    }

    static Prompt prompt(String task) {
        ToolOffer shell = new ToolOffer("jettson_shell_run", "Runs a command.", new Json("""
                {"type":"object","additionalProperties":false,"required":["command"],"properties":{
                 "command":{"type":"string","description":"For /bin/sh -c"},
                 "timeout_seconds":{"type":"number","description":"Seconds to wait","minimum":1}}}"""));
        ToolOffer http = new ToolOffer("jettson_http_request", "Asks a server.", new Json("""
                {"type":"object","required":["method","url"],"properties":{
                 "method":{"type":"string","enum":["GET","PATCH"]},"url":{"type":"string"},
                 "tags":{"type":"array","items":{"type":"string"}},"deep":{"type":"boolean"},"depth":{"type":"integer"},
                 "headers":{"type":"object","additionalProperties":{"type":"string"}}}}"""));
        return new Prompt("You are a test.", List.of(new Message.User(task)), List.of(shell, http), 1000, null);
    }

    /** The conversation with that reply and an outcome of each of its calls. */
    static Prompt followed(Prompt prompt, Reply reply) {
        List<Message> messages = new ArrayList<>(prompt.messages());
        messages.add(new Message.Assistant(reply));
        for (ToolCall call : reply.calls()) {
            Json output = new Json("{\"stdout\":\"of " + call.id() + "\"}");
            messages.add(new Message.ToolOutcome(call.id(), call.tool(), output, false));
        }
        return new Prompt(prompt.system(), messages, prompt.tools(), prompt.maxOutputTokens(), prompt.temperature());
    }

    private static List<ToolCall> calls(Prompt prompt) {
        return prompt.messages().stream()
                .filter(Message.Assistant.class::isInstance)
                .flatMap(message -> ((Message.Assistant) message).reply().calls().stream())
                .toList();
    }
}
