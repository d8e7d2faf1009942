package dev.drover.provider.model.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SeeingModelsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "gpt-4o",
                "gpt-4o-mini",
                "openai/gpt-5.1",
                "o3",
                "o4-mini",
                "llava:13b",
                "Qwen/Qwen2.5-VL-72B-Instruct",
                "qwen3-vl:8b",
                "llama3.2-vision",
                "meta/llama-4-scout",
                "gemma3:12b",
                "anthropic/claude-sonnet-4-6"
            })
    void knowsModelsThatSee(String model) {
        assertThat(SeeingModels.know(model)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"scripted", "qwen3-32b", "llama3.1:8b", "deepseek-r1", "mistral-7b", "gpt-3.5-turbo", "o2"})
    void takesOthersForBlind(String model) {
        assertThat(SeeingModels.know(model)).isFalse();
    }

    @Test
    void whatIsSaidCountsMoreThanTheName() {
        Endpoint here = new Endpoint("llava", null, "http://127.0.0.1:1/v1");
        assertThat(LangChainModels.openAi(here).sees()).isTrue();
        assertThat(LangChainModels.openAi(here.seeing(false)).sees()).isFalse();
        assertThat(LangChainModels.openAi(new Endpoint("mine", null, "http://127.0.0.1:1/v1").seeing(true))
                        .sees())
                .isTrue();
        assertThat(LangChainModels.anthropic(new Endpoint("any", "k", null)).sees())
                .isTrue();
    }
}
