package dev.drover.provider.model.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.core.model.LanguageModel;
import dev.drover.core.model.LanguageModelContract;
import dev.drover.core.model.Usage;
import dev.drover.testing.model.ScriptedModelServer;
import dev.drover.testing.model.Turn;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class OllamaModelTest implements LanguageModelContract {
    @Override
    public LanguageModel model(String baseUrl, Duration idle) {
        return LangChainModels.ollama(new Endpoint("scripted", KEY, baseUrl, idle));
    }

    @Override
    public Usage countable(Usage scripted) {
        return new Usage(scripted.inputTokens(), scripted.outputTokens(), 0, 0);
    }

    @Test
    void sendsTheOutputLimit() throws Exception {
        try (var server = ScriptedModelServer.start(Turn.text("ok"))) {
            model(server.baseUrl(), PATIENCE).ask(LanguageModelContract.prompt("go"), _ -> {});

            assertThat(server.asked()
                            .getFirst()
                            .body()
                            .path("options")
                            .path("num_predict")
                            .asInt())
                    .isEqualTo(1000);
        }
    }
}
