package dev.drover.core.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.core.Problem;
import dev.drover.core.Refused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RuntimesTest {
    @ParameterizedTest
    @CsvSource({
        "drover, drover",
        "claude-code, claude-code",
        "gemini-cli, gemini-cli",
        "gemini, gemini-cli",
        "codex, codex",
    })
    void knowsEachByItsName(String asked, String name) {
        assertThat(Runtimes.named(asked)).isEqualTo(name);
    }

    @Test
    void takesOurOwnLoopWhereNobodyNamesAnother() {
        assertThat(Runtimes.named(null)).isEqualTo("drover");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Claude-Code", "claude", "bash", "codex "})
    void refusesWhatItDoesNotKnow(String asked) {
        assertThatThrownBy(() -> Runtimes.named(asked))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.problem())
                                .isEqualTo(new Problem.Unacceptable("Unknown runtime: " + asked)));
    }

    @Test
    void quotesWordsForAShell() {
        assertThat(Launch.quoted("it's $HOME")).isEqualTo("'it'\\''s $HOME'");
    }
}
