package dev.drover.api.jettson;

import static dev.drover.api.jettson.TestingTools.call;
import static dev.drover.api.jettson.TestingTools.error;
import static dev.drover.api.jettson.TestingTools.truncated;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.core.egress.TestingNames;
import dev.drover.testing.model.Turn;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * The compatibility checklist of the Jettson contract (section 16), line 11: each tool at its limits N and N+1, and
 * how it refuses, as the model sees it.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class JettsonChecklistToolsTest {
    private static final int KILOBYTE = 1_024;
    private static final int MEGABYTE = KILOBYTE * KILOBYTE;
    private static final TestingOutside OUTSIDE = TestingOutside.leadingTo("http://127.0.0.1:1/");
    private static final TestingTools TOOLS = TestingTools.open(OUTSIDE.address(), new TestingNames());

    private static String patient;

    @BeforeAll
    static void start() {
        patient = TOOLS.stage()
                .play(
                        "wait for an answer",
                        call("http_request", "method", "GET", "url", OUTSIDE.silent(), "timeout_seconds", 300),
                        Turn.text("Done."));
    }

    @AfterAll
    static void close() throws IOException {
        TOOLS.close();
        OUTSIDE.close();
    }

    @Test
    void shellOutputIsTruncatedBeyondTenMegabytesOfBothStreams() {
        String fill = "head -c %d /dev/zero | tr '\\0' x";
        List<JsonNode> shell = TOOLS.results(
                "fill the shell",
                List.of(
                        call("shell_run", "command", fill.formatted(10 * MEGABYTE)),
                        call("shell_run", "command", fill.formatted(10 * MEGABYTE) + "; printf y >&2"),
                        call("shell_run", "command", "sleep 9", "timeout_seconds", 1),
                        call("shell_run", "command", "pwd", "timeout_seconds", 61)));
        assertThat(shell.get(0).path("exit_code").asInt()).isZero();
        assertThat(truncated(shell.get(0))).isFalse();
        assertThat(truncated(shell.get(1))).isTrue();
        assertThat(shell.get(2).path("timed_out").asBoolean()).isTrue();
        assertThat(shell.get(2).path("exit_code").asInt()).isEqualTo(-1);
        assertThat(shell.get(3).fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("stdout", "stderr", "exit_code", "truncated", "timed_out");
        assertThat(shell.get(3).path("timed_out").asBoolean())
                .as("over 60 is clamped, not refused")
                .isFalse();
    }

    @Test
    void shellRefusesOnlyWhatIsBlocked() {
        TOOLS.needsIsolation();
        for (JsonNode refusal : TOOLS.results(
                "break the computer",
                List.of(
                        call("shell_run", "command", "rm -rf /"),
                        call("shell_run", "command", "false && rm -fr /*"),
                        call("shell_run", "command", ":(){ :|:& };:"),
                        call("shell_run", "command", "mkfs.ext4 /dev/sda"),
                        call("shell_run", "command", "dd if=/dev/zero of=/dev/sda"),
                        call("shell_run", "command", "sudo reboot")))) {
            assertThat(error(refusal))
                    .startsWith("Jettson Shell rejected the command: ")
                    .contains("blocked pattern");
        }
        for (JsonNode honest : TOOLS.results(
                "work honestly",
                List.of(
                        call("shell_run", "command", "echo \"halt\" > note"),
                        call("shell_run", "command", "rm -rf /workspace/note")))) {
            assertThat(honest.path("exit_code").asInt()).isZero();
        }
    }

    @Test
    void filesReadOneMegabyteAndWriteFive() {
        String fill = "head -c %d /dev/zero | tr '\\0' x > %s;";
        List<JsonNode> files = TOOLS.logged(
                "fill the files",
                List.of(
                        call(
                                "shell_run",
                                "command",
                                fill.formatted(MEGABYTE, "n") + fill.formatted(MEGABYTE + 1, "n1")),
                        call("files_read", "path", "n"),
                        call("files_read", "path", "/workspace/n1"),
                        call("files_write", "path", "deep/w", "content", "w".repeat(5 * MEGABYTE)),
                        call("files_write", "path", "w1", "content", "w".repeat(5 * MEGABYTE + 1)),
                        call("files_list")));
        assertThat(truncated(files.get(1))).isFalse();
        assertThat(truncated(files.get(2))).isTrue();
        assertThat(files.get(2).path("size_bytes").asInt()).isEqualTo(MEGABYTE + 1);
        assertThat(files.get(3).path("bytes_written").asInt()).isEqualTo(5 * MEGABYTE);
        assertThat(error(files.get(4))).startsWith("Jettson Files rejected the operation: ");
        assertThat(files.get(5).path("entries").findValuesAsText("name")).containsExactly("deep", "n", "n1");
    }

    @Test
    void filesRefuseEveryWayOutOfTheWorkspace() {
        List<JsonNode> refusals = TOOLS.results(
                "leave the workspace",
                List.of(
                        call("shell_run", "command", "ln -s /etc link"),
                        call("files_read", "path", "../etc/passwd"),
                        call("files_read", "path", "/tmp/foo"),
                        call("files_read", "path", "link/passwd"),
                        call("files_write", "path", "/", "content", "x"),
                        call("files_write", "path", "a/../../x", "content", "x"),
                        call("files_list", "path", ""),
                        call("files_delete", "path", "/workspace/../etc")));
        assertThat(refusals.subList(1, refusals.size()))
                .allSatisfy(refusal -> assertThat(error(refusal)).startsWith("Jettson Files rejected the operation: "));
    }

    @Test
    void httpBodiesAreTruncatedBeyondAHundredKilobytes() {
        List<JsonNode> http = TOOLS.results(
                "fetch much",
                List.of(
                        call("http_request", "method", "GET", "url", OUTSIDE.bytes(100 * KILOBYTE)),
                        call("http_request", "method", "GET", "url", OUTSIDE.bytes(100 * KILOBYTE + 1)),
                        call("http_request", "method", "FETCH", "url", OUTSIDE.bytes(1))));
        assertThat(truncated(http.get(0))).isFalse();
        assertThat(truncated(http.get(1))).isTrue();
        assertThat(http.get(0).path("status_code").asInt()).isEqualTo(200);
        assertThat(error(http.get(2))).startsWith("Jettson HTTP rejected the request: ");
    }

    @Test
    void memoriesHaveFiveThousandCharactersAndTwentyTags() {
        List<String> tags = new ArrayList<>(List.of("a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q,r,s,t".split(",")));
        List<String> more = new ArrayList<>(tags);
        more.add("u");
        List<JsonNode> memory = TOOLS.results(
                "remember much",
                List.of(
                        call("memory_put", "key", "long", "value", "v".repeat(5_000), "tags", tags),
                        call("memory_put", "key", "long1", "value", "v".repeat(5_001)),
                        call("memory_put", "key", "tagged", "value", "v", "tags", more),
                        call("memory_get", "key", "long"),
                        call("memory_get", "key", "long1")));
        assertThat(memory.get(0).fieldNames()).toIterable().containsExactly("memory_id", "key", "namespace");
        assertThat(error(memory.get(1))).startsWith("Jettson Memory rejected the operation: ");
        assertThat(error(memory.get(2))).startsWith("Jettson Memory rejected the operation: ");
        assertThat(memory.get(3).path("value").asText()).hasSize(5_000);
        assertThat(memory.get(4)).hasToString("{\"found\":false}");
    }

    @Test
    void browserTextIsCutAtFiveHundredAndFiveThousandCharacters() {
        TOOLS.needsBrowser();
        List<JsonNode> browser = TOOLS.results(
                "read pages",
                List.of(
                        call("browser_extract_text"),
                        call("browser_navigate", "url", OUTSIDE.page(500)),
                        call("browser_navigate", "url", OUTSIDE.page(501)),
                        call("browser_navigate", "url", OUTSIDE.page(5_000)),
                        call("browser_extract_text"),
                        call("browser_navigate", "url", OUTSIDE.page(5_001)),
                        call("browser_extract_text"),
                        call("browser_navigate", "url", "/relative")));
        assertThat(error(browser.get(0))).startsWith("Jettson Browser failed: ");
        assertThat(browser.get(1).path("text_preview").asText()).hasSize(500);
        assertThat(browser.get(2).path("text_preview").asText()).hasSize(500);
        assertThat(truncated(browser.get(4))).isFalse();
        assertThat(browser.get(4).path("text").asText()).hasSize(5_000);
        assertThat(truncated(browser.get(6))).isTrue();
        assertThat(browser.get(6).path("text").asText()).hasSize(5_000);
        assertThat(error(browser.get(7))).startsWith("Jettson Browser rejected the request: ");
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void httpWaitsThirtySecondsAtMost() {
        TOOLS.agents().finished(patient);
        assertThat(TOOLS.stage().asked("wait for an answer").getLast().lastToolResult())
                .contains("Jettson HTTP failed: ", "within 30.0 seconds");
        JsonNode result = TOOLS.agents().awaitEvent(patient, "tool_result");
        assertThat(result.path("duration_ms").asLong()).isBetween(29_900L, 45_000L);
    }
}
