package dev.drover.provider.model.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.core.Json;
import dev.drover.core.model.LanguageModel;
import dev.drover.core.model.LanguageModelContract;
import dev.drover.core.model.Message;
import dev.drover.core.model.Prompt;
import dev.drover.core.model.Reply;
import dev.drover.core.model.TextArgumentsContract;
import dev.drover.core.model.ToolCall;
import dev.drover.core.model.Usage;
import dev.drover.testing.model.Asked;
import dev.drover.testing.model.ScriptedModelServer;
import dev.drover.testing.model.Turn;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OpenAiModelTest implements TextArgumentsContract {
    @Override
    public LanguageModel model(String baseUrl, Duration idle) {
        return LangChainModels.openAi(new Endpoint("scripted", KEY, baseUrl + "/v1", idle));
    }

    @Override
    public Usage countable(Usage scripted) {
        return new Usage(scripted.inputTokens(), scripted.outputTokens(), scripted.cacheReadTokens(), 0);
    }

    @Test
    void needsNoKeyAtABaseUrlOfOnesOwn() throws Exception {
        try (var server = ScriptedModelServer.start(Turn.text("ok"))) {
            LangChainModels.openAi(new Endpoint("scripted", null, server.baseUrl() + "/v1"))
                    .ask(LanguageModelContract.prompt("go"), _ -> {});

            Asked asked = server.asked().getFirst();
            assertThat(asked.headers()).doesNotContainKey("authorization");
            assertThat(asked.body().path("max_tokens").asInt()).isEqualTo(1000);
            assertThat(asked.body().path("tools").path(1).toString()).contains("\"additionalProperties\":{\"type\"");
        }
    }

    @Test
    void limitsTheOutputByTheNewNameAtOpenAiItself() {
        OpenAiVendor vendor = new OpenAiVendor(new Endpoint("gpt-5.1", KEY, null));
        var parameters = (OpenAiChatRequestParameters) vendor.parameters(LanguageModelContract.prompt("go"), List.of());

        assertThat(parameters.maxCompletionTokens()).isEqualTo(1000);
        assertThat(parameters.maxOutputTokens()).isNull();
    }

    @Test
    void countsRepeatedIdsAnew() throws Exception {
        Turn turn = Turn.call("jettson_shell_run", "{}");
        try (var server = ScriptedModelServer.start(turn, turn)) {
            LanguageModel model = model(server.baseUrl(), PATIENCE);
            Prompt prompt = LanguageModelContract.prompt("go");
            Reply reply = model.ask(prompt, _ -> {});
            Message repeated = new Message.Assistant(new Reply(
                    "",
                    "",
                    List.of(new ToolCall("call_1_0", "x", Json.EMPTY_OBJECT)),
                    Usage.NONE,
                    Reply.Stop.TOOLS,
                    "m",
                    Map.of()));
            Prompt again = new Prompt("", List.of(prompt.messages().getFirst(), repeated), List.of(), 10, null);

            assertThat(reply.calls().getFirst().id()).isEqualTo("call_0_0");
            assertThat(model.ask(again, _ -> {}).calls().getFirst().id()).isEqualTo("call_2");
        }
    }

    @Test
    void sendsTheKey() throws Exception {
        try (var server = ScriptedModelServer.start(Turn.text("ok"))) {
            model(server.baseUrl(), PATIENCE).ask(LanguageModelContract.prompt("go"), _ -> {});

            assertThat(server.asked().getFirst().headers()).containsEntry("authorization", "Bearer " + KEY);
        }
    }
}
