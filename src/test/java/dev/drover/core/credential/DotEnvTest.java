package dev.drover.core.credential;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DotEnvTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "A=1|1",
                "  export A = x y  |x y",
                "A=\"two words\" # said|two words",
                "A='it is \\n $raw'|it is \\n $raw",
                "A=\"a\\\"b\\\\c\\$\"|a\"b\\c$",
                "A=x # said|x",
                "A=x#y|x#y",
                "A=#all|~~",
                "A=|~~",
                "A=a=b=c|a=b=c",
                "A=\"open|\"open"
            })
    void readsALineAsShellsDo(String text, String value) {
        assertThat(DotEnv.read(text)).containsOnlyKeys("A").containsValue(value);
    }

    @Test
    void passesOverWhatIsNoVariable() {
        assertThat(DotEnv.read("# A=1\n\nnothing\n1A=x\nA B=x\n=x\nA=\0\nÄ=1\n"))
                .isEmpty();
    }

    @Test
    void takesTheLastOfTwo() {
        assertThat(DotEnv.read("A=1\r\nB=2\r\nA=3")).containsEntry("A", "3").containsEntry("B", "2");
    }

    @Test
    void spellsLineBreaksInQuotes() {
        assertThat(DotEnv.read("KEY=\"-----BEGIN\\nab\\tc\\n\"").get("KEY")).isEqualTo("-----BEGIN\nab\tc\n");
    }

    @Test
    void takesLittleTimeForLongLines() {
        assertThat(DotEnv.read("A=" + " ".repeat(1_000_000) + "x")).containsEntry("A", "x");
        assertThat(DotEnv.read("A=\"" + "\\n".repeat(500_000) + "\"").get("A")).hasSize(500_000);
    }
}
