package dev.drover.provider.tool.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.core.Json;
import dev.drover.core.tool.Tool;
import dev.drover.core.tool.ToolRefusal;
import dev.drover.testing.TestingContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FileToolsTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int MEGABYTE = 1024 * 1024;

    @TempDir
    Path folder;

    @Test
    void writesAndReadsBack() throws Exception {
        assertThat(run(new WriteTool(), path("a/b.txt").put("content", "grüße")))
                .hasToString("{\"path\":\"a/b.txt\",\"bytes_written\":7}");
        assertThat(run(new ReadTool(), path("/workspace/a/b.txt")))
                .hasToString(
                        "{\"path\":\"/workspace/a/b.txt\",\"content\":\"grüße\",\"size_bytes\":7,\"truncated\":false}");
    }

    @Test
    void readsAMegabyteWhole() throws Exception {
        Files.write(folder.resolve("f"), new byte[MEGABYTE]);
        JsonNode read = run(new ReadTool(), path("f"));
        assertThat(read.path("content").asText()).hasSize(MEGABYTE);
        assertThat(read.path("truncated").asBoolean()).isFalse();
    }

    @Test
    void readsTheFirstMegabyteOfMoreAndCutsBetweenCharacters() throws Exception {
        Files.writeString(folder.resolve("f"), "x" + "€".repeat(MEGABYTE / 3 + 1));
        JsonNode read = run(new ReadTool(), path("f"));
        assertThat(read.path("content").asText())
                .hasSize(1 + MEGABYTE / 3)
                .endsWith("€")
                .doesNotContain("\uFFFD");
        assertThat(read.path("size_bytes").asInt()).isEqualTo(1 + 3 * (MEGABYTE / 3 + 1));
        assertThat(read.path("truncated").asBoolean()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"xä", "x€", "x\uD83D\uDE00"})
    void replacesWhatIsNoText(String text) throws Exception {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Files.write(folder.resolve("f"), Arrays.copyOf(bytes, bytes.length - 1));
        assertThat(run(new ReadTool(), path("f")).path("content").asText()).endsWith("\uFFFD");
    }

    @Test
    void writesFiveMegabytesAndNoByteMore() throws Exception {
        run(new WriteTool(), path("f").put("content", "x".repeat(5 * MEGABYTE)));
        assertThat(Files.size(folder.resolve("f"))).isEqualTo(5 * MEGABYTE);
        assertThatThrownBy(() -> run(new WriteTool(), path("g").put("content", "x".repeat(5 * MEGABYTE - 1) + "ä")))
                .isInstanceOfSatisfying(
                        ToolRefusal.class,
                        refusal -> assertThat(refusal.wasRejected()).isTrue())
                .hasMessageContaining("5242881 bytes");
        assertThat(folder.resolve("g")).doesNotExist();
    }

    @Test
    void listsByNameWithSizes() throws Exception {
        Files.writeString(folder.resolve("b"), "12");
        Files.createDirectory(folder.resolve("a"));
        assertThat(run(new ListTool(), MAPPER.createObjectNode()))
                .hasToString("{\"path\":\".\",\"entries\":[{\"name\":\"a\",\"size_bytes\":0,\"is_dir\":true},"
                        + "{\"name\":\"b\",\"size_bytes\":2,\"is_dir\":false}],\"truncated\":false}");
    }

    @Test
    void listsAThousandEntries() throws Exception {
        for (int i = 0; i < 1_000; i++) {
            Files.createFile(folder.resolve("f" + i));
        }
        assertThat(run(new ListTool(), path(".")).path("truncated").asBoolean()).isFalse();
        Files.createFile(folder.resolve("one more"));
        JsonNode listed = run(new ListTool(), path("."));
        assertThat(listed.path("entries")).hasSize(1_000);
        assertThat(listed.path("truncated").asBoolean()).isTrue();
    }

    @Test
    void deletesAFile() throws Exception {
        Files.createFile(folder.resolve("f"));
        assertThat(run(new DeleteTool(), path("f"))).hasToString("{\"path\":\"f\",\"deleted\":true}");
        assertThat(folder.resolve("f")).doesNotExist();
    }

    @Test
    void rejectsDeletingAFolder() throws Exception {
        Files.createDirectory(folder.resolve("d"));
        assertThatThrownBy(() -> run(new DeleteTool(), path("d")))
                .isInstanceOfSatisfying(
                        ToolRefusal.class,
                        refusal -> assertThat(refusal.wasRejected()).isTrue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "..", "../x", "a/../../x", "/tmp/foo", "/workspace/../etc", "a\u0000b"})
    void rejectsPathsThatLeadOutside(String path) {
        for (Tool tool : List.of(new ReadTool(), new WriteTool(), new ListTool(), new DeleteTool())) {
            assertThatThrownBy(() -> run(tool, path(path).put("content", "x")))
                    .isInstanceOfSatisfying(
                            ToolRefusal.class,
                            refusal -> assertThat(refusal.wasRejected()).isTrue());
        }
    }

    @Test
    void failsWithoutNamingTheHostsFolders() {
        for (Tool tool : List.of(new ReadTool(), new ListTool(), new DeleteTool())) {
            assertThatThrownBy(() -> run(tool, path("no/such")))
                    .isInstanceOfSatisfying(
                            ToolRefusal.class,
                            refusal -> assertThat(refusal.wasRejected()).isFalse())
                    .hasMessage("'no/such' does not exist");
        }
    }

    @Test
    void failsWhereAFileIsTakenForAFolder() throws Exception {
        Files.createFile(folder.resolve("f"));
        assertThatThrownBy(() -> run(new ListTool(), path("f"))).hasMessage("'f' is not a folder");
        assertThatThrownBy(() -> run(new WriteTool(), path("f/g").put("content", "")))
                .isInstanceOf(ToolRefusal.class)
                .hasMessageNotContaining(folder.toString());
    }

    @Test
    void areAllRepeatable() {
        assertThat(List.of(new ReadTool(), new WriteTool(), new ListTool(), new DeleteTool()))
                .allMatch(tool -> tool.repeatable(Json.EMPTY_OBJECT))
                .extracting(tool -> tool.spec().name())
                .containsExactly("files_read", "files_write", "files_list", "files_delete");
    }

    private JsonNode run(Tool tool, ObjectNode input) throws Exception {
        Json output = tool.run(new Json(MAPPER.writeValueAsString(input)), TestingContext.in(folder));
        return MAPPER.readTree(output.text());
    }

    private static ObjectNode path(String path) {
        return MAPPER.createObjectNode().put("path", path);
    }
}
