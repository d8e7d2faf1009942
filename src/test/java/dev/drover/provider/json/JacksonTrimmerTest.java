package dev.drover.provider.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.core.Json;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JacksonTrimmerTest {
    private static final int LIMIT = 100 * 1024;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final JacksonTrimmer trimmer = new JacksonTrimmer();

    @Test
    void leavesASmallResultAsItIs() {
        Json result = new Json("{ \"stdout\" : \"a\\u001b[0m\" }");
        assertThat(trimmer.trim(result, LIMIT)).isSameAs(result);
    }

    @Test
    void leavesAResultOfExactlyTheLimit() {
        Json result = new Json("{\"a\":\"" + "x".repeat(LIMIT - 8) + "\"}");
        assertThat(trimmer.trim(result, LIMIT)).isSameAs(result);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "ä", "€", "\uD83D\uDE00", "\n", "\"", "\u0001", "x\uD83D\uDE00"})
    void cutsLongStringsAndSaysSo(String character) throws Exception {
        String content = character.repeat(1_000_000);
        JsonNode trimmed = trimmed(MAPPER.createObjectNode()
                .put("path", "a.txt")
                .put("content", content)
                .put("size", 7));
        String shown = trimmed.path("content").asText();
        assertThat(content.startsWith(shown)).isTrue();
        assertThat(shown).isNotEmpty().doesNotEndWith("\uD83D");
        assertThat(trimmed.path("path").asText()).isEqualTo("a.txt");
        assertThat(trimmed.path("size").asInt()).isEqualTo(7);
        assertThat(trimmed.path("note").asText())
                .isEqualTo("cut to fit: content shows the first %d of %d characters", shown.length(), content.length());
    }

    @Test
    void sharesTheRoomBetweenLongStringsAndSparesShortOnes() throws Exception {
        JsonNode trimmed = trimmed(
                MAPPER.createObjectNode().put("stdout", "o".repeat(10_000_000)).put("stderr", "e".repeat(10_000)));
        assertThat(trimmed.path("stderr").asText()).hasSize(10_000);
        assertThat(trimmed.path("stdout").asText()).hasSizeGreaterThan(90_000);
    }

    @Test
    void wrapsAResultThatIsLongInOtherWays() throws Exception {
        ObjectNode result = MAPPER.createObjectNode();
        ArrayNode entries = result.putArray("entries");
        for (int i = 0; i < 5_000; i++) {
            entries.addObject().put("name", "a-file-with-a-name-" + i).put("size_bytes", i);
        }
        JsonNode trimmed = trimmed(result);
        assertThat(trimmed.path("truncated_result").asText()).startsWith("{\"entries\":[{\"name\":\"a-file");
        assertThat(trimmed.path("note").asText()).contains("truncated_result shows the first");
    }

    @Test
    void replacesWhatDatabasesRefuse() {
        Json result = new Json("{\"a\\u0000\":[\"x\\u0000y\",\"\\ud83d!\",\"\uDE00\",\"\\ud83d\\ude00\"],\"n\":1e400}");
        assertThat(trimmer.trim(result, LIMIT).text())
                .startsWith("{\"a\uFFFD\":[\"x\uFFFDy\",\"\uFFFD!\",\"\uFFFD\",\"\uD83D\uDE00\"],\"n\":");
    }

    private JsonNode trimmed(ObjectNode result) throws Exception {
        Json trimmed = trimmer.trim(new Json(MAPPER.writeValueAsString(result)), LIMIT);
        assertThat(trimmed.text().getBytes(StandardCharsets.UTF_8)).hasSizeBetween(LIMIT - 1_000, LIMIT);
        return MAPPER.readTree(trimmed.text());
    }
}
