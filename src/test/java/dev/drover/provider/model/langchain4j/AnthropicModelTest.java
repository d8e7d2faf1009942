package dev.drover.provider.model.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.core.model.LanguageModel;
import dev.drover.core.model.LanguageModelContract;
import dev.drover.core.model.Prompt;
import dev.drover.core.model.Reply;
import dev.drover.core.model.TextArgumentsContract;
import dev.drover.core.model.Usage;
import dev.drover.testing.model.Asked;
import dev.drover.testing.model.Script;
import dev.drover.testing.model.ScriptedModelServer;
import dev.drover.testing.model.Turn;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AnthropicModelTest implements TextArgumentsContract {
    @Override
    public LanguageModel model(String baseUrl, Duration idle) {
        return LangChainModels.anthropic(new Endpoint("scripted", KEY, baseUrl, idle));
    }

    @Override
    public Usage countable(Usage scripted) {
        return scripted;
    }

    @Test
    void sendsTheKeyAndMarksWhatCanBeCached() throws Exception {
        try (var server = ScriptedModelServer.start(Turn.text("ok"))) {
            model(server.baseUrl(), PATIENCE).ask(LanguageModelContract.prompt("go"), _ -> {});

            Asked asked = server.asked().getFirst();
            assertThat(asked.headers()).containsEntry("x-api-key", KEY);
            assertThat(asked.body().path("system").path(0).has("cache_control")).isTrue();
            assertThat(asked.body().path("tools").path(1).has("cache_control")).isTrue();
            assertThat(asked.body()
                            .path("messages")
                            .path(0)
                            .path("content")
                            .path(0)
                            .has("cache_control"))
                    .isTrue();
            assertThat(asked.body().path("max_tokens").asInt()).isEqualTo(1000);
        }
    }

    @Test
    void givesSignedThinkingBackBeforeTheToolUse() throws Exception {
        try (var server = ScriptedModelServer.start(Script.byTurn(
                Turn.thinking("let me ", "see").andCall("jettson_shell_run", "{\"command\":\"ls\"}"),
                Turn.text("done")))) {
            LanguageModel model = model(server.baseUrl(), PATIENCE);
            Prompt prompt = LanguageModelContract.prompt("go");
            Reply reply = model.ask(prompt, _ -> {});
            model.ask(LanguageModelContract.followed(prompt, reply), _ -> {});

            JsonNode blocks =
                    server.asked().getLast().body().path("messages").path(1).path("content");
            assertThat(blocks.path(0).path("thinking").asText()).isEqualTo("let me see");
            assertThat(blocks.path(0).path("signature").asText()).isEqualTo("signed");
            assertThat(blocks.path(1).path("type").asText()).isEqualTo("tool_use");
        }
    }

    @Test
    void saysWhenTheModelRefused() throws Exception {
        try (var server = ScriptedModelServer.start(
                Turn.text("no").stop("refusal"),
                Turn.text("mo").stop("max_tokens"),
                Turn.text("?").stop("new_word"))) {
            LanguageModel model = model(server.baseUrl(), PATIENCE);
            Prompt prompt = LanguageModelContract.prompt("go");

            assertThat(model.ask(prompt, _ -> {}).stop()).isEqualTo(Reply.Stop.REFUSED);
            assertThat(model.ask(prompt, _ -> {}).stop()).isEqualTo(Reply.Stop.LENGTH);
            assertThat(model.ask(prompt, _ -> {}).stop()).isEqualTo(Reply.Stop.OTHER);
        }
    }
}
