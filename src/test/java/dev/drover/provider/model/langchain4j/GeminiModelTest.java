package dev.drover.provider.model.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.core.model.LanguageModel;
import dev.drover.core.model.LanguageModelContract;
import dev.drover.core.model.Prompt;
import dev.drover.core.model.Reply;
import dev.drover.core.model.ToolCall;
import dev.drover.core.model.Usage;
import dev.drover.testing.model.Asked;
import dev.drover.testing.model.Script;
import dev.drover.testing.model.ScriptedModelServer;
import dev.drover.testing.model.Turn;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class GeminiModelTest implements LanguageModelContract {
    @Override
    public LanguageModel model(String baseUrl, Duration idle) {
        return LangChainModels.gemini(new Endpoint("scripted", KEY, baseUrl, idle));
    }

    @Override
    public Usage countable(Usage scripted) {
        return new Usage(scripted.inputTokens(), scripted.outputTokens(), scripted.cacheReadTokens(), 0);
    }

    @Test
    void mintsIdsAndGivesTheThoughtSignatureBackOnce() throws Exception {
        try (var server = ScriptedModelServer.start(Script.byTurn(
                Turn.call("jettson_shell_run", "{\"command\":\"ls\"}")
                        .andCall("jettson_shell_run", "{\"command\":\"id\"}"),
                Turn.text("done")))) {
            LanguageModel model = model(server.baseUrl(), PATIENCE);
            Prompt prompt = LanguageModelContract.prompt("go");
            Reply reply = model.ask(prompt, _ -> {});
            model.ask(LanguageModelContract.followed(prompt, reply), _ -> {});

            assertThat(reply.calls()).extracting(ToolCall::id).containsExactly("call_1", "call_2");
            Asked asked = server.asked().getLast();
            assertThat(asked.path()).isEqualTo("/v1beta/models/scripted:streamGenerateContent?alt=sse");
            assertThat(asked.headers()).containsEntry("x-goog-api-key", KEY);
            JsonNode parts = asked.body().path("contents").path(1).path("parts");
            assertThat(parts.path(0).path("thoughtSignature").asText()).isEqualTo("signed");
            assertThat(parts.path(1).has("thoughtSignature")).isFalse();
            JsonNode results = asked.body().path("contents").path(2).path("parts");
            assertThat(results).as("results of one turn in one content").hasSize(2);
            assertThat(results.path(1).path("functionResponse").path("name").asText())
                    .isEqualTo("jettson_shell_run");
        }
    }

    @Test
    void offersAnObjectOfAnyPropertiesWithoutNamingNone() throws Exception {
        try (var server = ScriptedModelServer.start(Turn.text("ok"))) {
            model(server.baseUrl(), PATIENCE).ask(LanguageModelContract.prompt("go"), _ -> {});

            assertThat(server.asked().getFirst().body().path("tools").toString())
                    .contains("\"headers\":{\"type\":\"OBJECT\"}");
        }
    }

    @Test
    void saysWhenItWasBlocked() throws Exception {
        try (var server = ScriptedModelServer.start(
                Turn.text().stop("PROHIBITED_CONTENT"), Turn.text("I think").stop("SAFETY"))) {
            LanguageModel model = model(server.baseUrl(), PATIENCE);
            Prompt prompt = LanguageModelContract.prompt("go");

            assertThat(model.ask(prompt, _ -> {}).stop()).isEqualTo(Reply.Stop.REFUSED);
            assertThat(model.ask(prompt, _ -> {}).stop()).isEqualTo(Reply.Stop.REFUSED);
        }
    }
}
