package dev.drover.provider.model.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.core.model.LanguageModel;
import dev.drover.core.model.LanguageModelContract;
import dev.drover.core.model.TextArgumentsContract;
import dev.drover.core.model.Usage;
import dev.drover.testing.model.Asked;
import dev.drover.testing.model.ScriptedModelServer;
import dev.drover.testing.model.Turn;
import java.time.Duration;
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
    void sendsTheKey() throws Exception {
        try (var server = ScriptedModelServer.start(Turn.text("ok"))) {
            model(server.baseUrl(), PATIENCE).ask(LanguageModelContract.prompt("go"), _ -> {});

            assertThat(server.asked().getFirst().headers()).containsEntry("authorization", "Bearer " + KEY);
        }
    }
}
