package dev.drover.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

final class JsonTest {
    @Test
    void quotesEveryCharacterSoThatAReaderGetsItBack() throws Exception {
        StringBuilder all = new StringBuilder();
        for (int character = 0; character <= 0x2100; character++) {
            all.appendCodePoint(character);
        }
        all.append("\u2028\u2029\uFEFF\uFFFF\uD83D\uDE00");
        String quoted = Json.quote(all.toString());
        assertThat(new ObjectMapper().readValue(quoted, String.class)).isEqualTo(all.toString());
        assertThat(quoted.chars()).noneMatch(character -> character < 0x20);
    }

    @Test
    void replacesHalvesOfSurrogatePairs() {
        assertThat(Json.quote("a\uD83Db\uDE00c")).isEqualTo("\"a\uFFFDb\uFFFDc\"");
    }

    @Test
    void writesAnErrorAsAnObjectWithOneString() {
        assertThat(Json.error("no \"such\" thing\\\n")).hasToString("{\"error\":\"no \\\"such\\\" thing\\\\\\n\"}");
    }
}
