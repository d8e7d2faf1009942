package dev.drover.api.trinity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.api.TestingApi;
import dev.drover.api.TestingApi.Reply;
import dev.drover.core.computer.TestingProcesses;
import dev.drover.testing.Waiting;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Commands that people run in agents' computers. */
@Timeout(120)
class TrinityExecApiTest {
    private static TestingApi api;

    @BeforeAll
    static void start() {
        api = new TestingApi();
        api.post("/api/agents", "{\"name\":\"box\"}");
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    private static Reply exec(String body) {
        return api.post("/api/agents/box/exec", body);
    }

    @Test
    void tellsBothStreamsTheExitCodeAndHowLongItTook() {
        Reply reply = exec("{\"command\": \"printf 'a€'; printf b >&2; exit 3\"}");

        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        JsonNode answer = reply.json();
        assertThat(answer.path("stdout").textValue()).isEqualTo("a€");
        assertThat(answer.path("stderr").textValue()).isEqualTo("b");
        assertThat(answer.path("exit_code").intValue()).isEqualTo(3);
        assertThat(answer.path("timed_out").booleanValue()).isFalse();
        assertThat(answer.path("truncated").booleanValue()).isFalse();
        assertThat(answer.path("duration_ms").isIntegralNumber()).isTrue();
    }

    @Test
    void givesTheCommandWhatItReads() {
        String much = "x".repeat(2_000_000);
        assertThat(exec("{\"command\": \"cat\", \"stdin\": \"1\\n2\"}").text("stdout"))
                .isEqualTo("1\n2");
        assertThat(exec("{\"command\": \"wc -c\", \"stdin\": \"" + much.substring(0, 900_000) + "\"}")
                        .text("stdout")
                        .strip())
                .isEqualTo("900000");
        assertThat(exec("{\"command\": \"exit 4\", \"stdin\": \"" + much.substring(0, 900_000) + "\"}")
                        .json()
                        .path("exit_code")
                        .intValue())
                .isEqualTo(4);
        assertThat(exec("{\"command\": \"cat\"}").text("stdout")).isEmpty();
    }

    @Test
    void runsInTheWorkspace() {
        exec("{\"command\": \"echo here > made\"}");

        assertThat(exec("{\"command\": \"cat $HOME/made\"}").text("stdout")).isEqualTo("here\n");
    }

    @Test
    void endsTheWholeGroupWhenTheTimeIsUp() {
        Reply reply = exec("{\"command\": \"echo begun; sleep 4731.5 & sleep 4731.5\", \"timeout_seconds\": 1}");

        assertThat(reply.text("stdout")).isEqualTo("begun\n");
        assertThat(reply.json().path("timed_out").booleanValue()).isTrue();
        assertThat(reply.json().path("exit_code").intValue()).isEqualTo(-1);
        assertThat(TestingProcesses.withArgument("4731.5")).isEmpty();
    }

    @Test
    void endsAGroupThatHeedsNoTermAndDoesNotReadWhatItIsGiven() {
        Reply reply = exec("{\"command\": \"trap '' TERM; sleep 4732.5 & sleep 4732.5\", \"timeout_seconds\": 1,"
                + "\"stdin\": \"" + "x".repeat(900_000) + "\"}");

        assertThat(reply.json().path("timed_out").booleanValue()).isTrue();
        Waiting.until(() -> TestingProcesses.withArgument("4732.5").isEmpty());
    }

    @Test
    void keepsTenMegabytesOfBothStreamsTogether() {
        Reply reply = exec("{\"command\": \"head -c 8000000 /dev/zero | tr '\\\\0' a;"
                + " head -c 8000000 /dev/zero | tr '\\\\0' b >&2; exit 6\"}");

        assertThat(reply.text("stdout").length() + reply.text("stderr").length())
                .isEqualTo(10 * 1024 * 1024);
        assertThat(reply.json().path("truncated").booleanValue()).isTrue();
        assertThat(reply.json().path("exit_code").intValue()).isEqualTo(6);
    }

    @Test
    void streamsWhatIsPrintedAsItComes() throws Exception {
        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(
                        api.as("/api/agents/box/exec")
                                .header("Accept", "text/event-stream")
                                .POST(java.net.http.HttpRequest.BodyPublishers.ofString(
                                        "{\"command\": \"echo one; sleep 0.3; echo two >&2; exit 2\"}"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());

        assertThat(response.headers().firstValue("Content-Type").orElse("").toLowerCase(Locale.ROOT))
                .startsWith("text/event-stream");
        assertThat(response.body())
                .contains("id: 1\nevent: stdout\ndata: {\"text\":\"one\\n\"}\n\n")
                .contains("id: 2\nevent: stderr\ndata: {\"text\":\"two\\n\"}\n\n")
                .containsPattern("id: 3\nevent: exit\ndata: \\{\"exit_code\":2,\"timed_out\":false,"
                        + "\"truncated\":false,\"duration_ms\":\\d+}\n\n");
    }

    @Test
    void endsACommandWhoseReaderGoesAway() throws Exception {
        HttpResponse<InputStream> response = HttpClient.newHttpClient()
                .send(
                        api.as("/api/agents/box/exec")
                                .header("Accept", "text/event-stream")
                                .POST(java.net.http.HttpRequest.BodyPublishers.ofString(
                                        "{\"command\": \"echo up; sleep 4733.5\"}"))
                                .build(),
                        HttpResponse.BodyHandlers.ofInputStream());
        byte[] begun = response.body().readNBytes(40);
        assertThat(new String(begun, java.nio.charset.StandardCharsets.UTF_8)).contains("stdout");
        response.body().close();

        Waiting.until(() -> TestingProcesses.withArgument("4733.5").isEmpty());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|command is required",
                "{\"command\": 7}|command must be a string",
                "{\"command\": \"  \"}|command must have",
                "{\"command\": \":\", \"timeout_seconds\": 0}|timeout_seconds must be",
                "{\"command\": \":\", \"timeout_seconds\": 601}|timeout_seconds must be",
                "{\"command\": \":\", \"timeout_seconds\": \"9\"}|timeout_seconds must be",
                "{\"command\": \":\", \"stdin\": 1}|stdin must be"
            })
    void saysWhatIsWrongWithABody(String body, String detail) {
        Reply reply = exec(body);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text("detail")).startsWith(detail);
    }

    @Test
    void asksForAnAgentThatIsOn() {
        assertThat(api.post("/api/agents/nobody/exec", "{\"command\": \":\"}").text("detail"))
                .isEqualTo("Agent not found");
        api.post("/api/agents", "{\"name\":\"asleep\"}");
        api.post("/api/agents/asleep/stop", "");
        Reply reply = api.post("/api/agents/asleep/exec", "{\"command\": \":\"}");
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text("detail")).isEqualTo("Agent is not running");
    }
}
