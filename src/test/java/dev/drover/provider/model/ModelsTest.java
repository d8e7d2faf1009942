package dev.drover.provider.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelsTest {
    private static final Map<String, String> ALL_KEYS =
            Map.of("ANTHROPIC_API_KEY", "a", "OPENAI_API_KEY", "o", "GEMINI_API_KEY", "g");

    @Test
    void takesTheFirstVendorWhoseKeyIsSet() {
        assertThat(name(null, ALL_KEYS)).isEqualTo("anthropic/claude-sonnet-4-6");
        assertThat(name("", Map.of("OPENAI_API_KEY", "o", "GEMINI_API_KEY", "g")))
                .isEqualTo("openai/gpt-5.1");
        assertThat(name(null, Map.of("ANTHROPIC_API_KEY", " ", "GEMINI_API_KEY", "g")))
                .isEqualTo("gemini/gemini-flash-latest");
        assertThat(name(null, Map.of())).isEqualTo("offline");
    }

    @Test
    void takesTheModelThatIsNamed() {
        assertThat(name("offline", ALL_KEYS)).isEqualTo("offline");
        assertThat(name("openai/gpt-4.1", ALL_KEYS)).isEqualTo("openai/gpt-4.1");
        assertThat(name("openai/meta-llama/Llama-3.3", Map.of("OPENAI_BASE_URL", "http://127.0.0.1:8001/v1")))
                .isEqualTo("openai/meta-llama/Llama-3.3");
        assertThat(name("ollama/qwen3", Map.of())).isEqualTo("ollama/qwen3");
    }

    @Test
    void saysWhichKeyLacks() {
        assertThatThrownBy(() -> Models.chosen("gemini/gemini-2.5-pro", Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("gemini/gemini-2.5-pro", "GEMINI_API_KEY", "offline");
    }

    @Test
    void saysWhatIsWrongWithABaseUrl() {
        assertThatThrownBy(() -> Models.chosen("openai/x", Map.of("OPENAI_BASE_URL", "localhost:8001/v1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("localhost:8001/v1", "http");
    }

    @ParameterizedTest
    @ValueSource(strings = {"claude", "mistral/large", "anthropic", "anthropic/", "Offline"})
    void saysWhatIsExpectedOfAName(String name) {
        assertThatThrownBy(() -> Models.chosen(name, ALL_KEYS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("DROVER_MODEL", name, "openai/NAME");
    }

    private static String name(@Nullable String named, Map<String, String> environment) {
        return Models.chosen(named, environment).name();
    }
}
