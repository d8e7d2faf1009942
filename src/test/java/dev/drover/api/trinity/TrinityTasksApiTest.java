package dev.drover.api.trinity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.api.TestingApi.Reply;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tasks of agents that keep a computer, and what is told of them. */
final class TrinityTasksApiTest {
    private static TestingTasks tasks;

    @BeforeAll
    static void start() throws Exception {
        tasks = TestingTasks.open();
        tasks.agent("given");
    }

    @AfterAll
    static void stop() {
        tasks.close();
    }

    @Test
    void aTaskIsWaitedForAndToldWithWhatItTook() {
        String agent = tasks.agent("tasked");
        Reply reply = tasks.post(agent + "/task", "{\"message\":\"hello\"}");
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        JsonNode answer = reply.json();
        assertThat(answer.path("response").asText()).isEqualTo("Heard hello.");
        assertThat(answer.path("status").asText()).isEqualTo("success");
        assertThat(answer.path("agent_name").asText()).isEqualTo("tasked");
        assertThat(answer.path("execution_id").asText()).isEqualTo(reply.header("X-Execution-Id"));
        assertThat(answer.path("session_id").isNull()).isTrue();
        assertThat(answer.path("timestamp").asText()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        JsonNode metadata = answer.path("metadata");
        assertThat(metadata.path("input_tokens").asInt()).isEqualTo(100);
        assertThat(metadata.path("output_tokens").asInt()).isEqualTo(20);
        assertThat(metadata.path("context_used").asInt()).isEqualTo(120);
        assertThat(metadata.path("context_max").asInt()).isPositive();
        assertThat(metadata.path("tool_count").asInt()).isZero();
        assertThat(types(answer.path("execution_log"))).containsExactly("user", "note", "assistant", "result");

        JsonNode shown =
                tasks.json(agent + "/executions/" + answer.path("execution_id").asText());
        assertThat(shown.path("status").asText()).isEqualTo("success");
        assertThat(shown.path("triggered_by").asText()).isEqualTo("manual");
        assertThat(shown.path("message").asText()).isEqualTo("hello");
        assertThat(shown.path("response").asText()).isEqualTo("Heard hello.");
        assertThat(shown.path("duration_ms").asLong()).isPositive();
        assertThat(shown.path("completed_at").asText()).endsWith("Z");
        assertThat(shown.path("model_used").asText()).isNotEmpty();
        assertThat(shown.path("execution_log")).isEqualTo(answer.path("execution_log"));
        JsonNode listed = tasks.json(agent + "/executions");
        assertThat(listed).hasSize(1);
        assertThat(listed.get(0).path("execution_log").isNull()).isTrue();
        assertThat(listed.get(0).path("id")).isEqualTo(shown.path("id"));
    }

    @Test
    void aTaskWorksInTheAgentsOwnComputer() {
        String agent = tasks.agent("worker");
        JsonNode first = tasks.post(agent + "/task", "{\"message\":\"sh echo kept > note.txt\"}")
                .json();
        assertThat(first.path("response").asText()).isEqualTo("The shell is done.");
        assertThat(first.at("/metadata/tool_count").asInt()).isEqualTo(1);
        JsonNode second =
                tasks.post(agent + "/task", "{\"message\":\"sh cat note.txt\"}").json();
        JsonNode calls = tasks.json(
                        agent + "/executions/" + second.path("execution_id").asText())
                .path("tool_calls");
        assertThat(types(calls)).containsExactly("tool_use", "tool_result");
        assertThat(calls.get(1).path("output").toString()).contains("kept");
        assertThat(calls.get(1).path("success").asBoolean()).isTrue();
    }

    @Test
    void whatIsNotWaitedForIsLookedUpLater() {
        String agent = tasks.agent("later");
        Reply reply = tasks.post(agent + "/task", "{\"message\":\"silence\",\"async_mode\":true}");
        assertThat(reply.text("status")).isEqualTo("accepted");
        assertThat(reply.json().path("async_mode").asBoolean()).isTrue();
        String execution = reply.text("execution_id");
        String path = agent + "/executions/" + execution;
        tasks.await(path, shown -> shown.path("status").asText().equals("running"));
        JsonNode log = tasks.json(path + "/log");
        assertThat(log.path("has_log").asBoolean()).isTrue();
        assertThat(log.path("status").asText()).isEqualTo("running");
        assertThat(log.path("completed_at").isNull()).isTrue();

        assertThat(tasks.post(path + "/terminate").text("status")).isEqualTo("terminated");
        JsonNode over = tasks.over(agent, execution);
        assertThat(over.path("status").asText()).isEqualTo("cancelled");
        assertThat(types(over.path("execution_log"))).endsWith("cancelled");
        assertThat(tasks.post(path + "/terminate").text("status")).isEqualTo("already_finished");
    }

    @Test
    void anAgentThatDoesAsMuchAsItMayRefusesMore() {
        String agent = tasks.agent("busy");
        List<String> begun = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            begun.add(tasks.begun(agent, "silence " + i));
        }
        Reply full = tasks.post(agent + "/task", "{\"message\":\"one more\"}");
        assertThat(full.status()).isEqualTo(429);
        assertThat(full.text("detail")).contains("'busy' is at capacity: 3 of 3 parallel tasks");
        assertThat(full.header("Retry-After")).isNotEmpty();
        assertThat(tasks.json("/api/agents/slots").at("/agents/busy").toString())
                .isEqualTo("{\"max\":3,\"active\":3}");
        assertThat(tasks.json(agent + "/executions")).hasSize(3);

        tasks.post(agent + "/executions/" + begun.getFirst() + "/terminate");
        tasks.over(agent, begun.getFirst());
        assertThat(tasks.post(agent + "/task", "{\"message\":\"one more\"}").status())
                .isEqualTo(200);
        begun.forEach(each -> tasks.post(agent + "/executions/" + each + "/terminate"));
    }

    @Test
    void aTaskThatTakesTooLongIsATimeout() {
        String agent = tasks.agent("slow");
        Reply late = tasks.post(agent + "/task", "{\"message\":\"silence\",\"timeout_seconds\":1}");
        assertThat(late.status()).isEqualTo(504);
        assertThat(late.text("detail")).startsWith("Execution timed out");
        JsonNode shown = tasks.json(agent + "/executions/" + late.header("X-Execution-Id"));
        assertThat(shown.path("status").asText()).isEqualTo("failed");
        assertThat(shown.path("error").asText()).isNotEmpty();
    }

    @Test
    void itsLogIsFollowedAsItGrowsAndFurtherFromAnyPlace() {
        String agent = tasks.agent("followed");
        Reply stream = tasks.api()
                .send(tasks.api()
                        .as(agent + "/task")
                        .header("Accept", "text/event-stream")
                        .POST(BodyPublishers.ofString("{\"message\":\"hello\"}")));
        assertThat(stream.header("Content-Type")).startsWith("text/event-stream");
        assertThat(stream.body()).contains("event: execution", "event: assistant", "event: result", "Heard hello.");
        String execution = stream.header("X-Execution-Id");
        assertThat(stream.body()).contains(execution);

        String path = agent + "/executions/" + execution + "/stream";
        String again = tasks.get(path).body();
        List<String> ids = again.lines().filter(line -> line.startsWith("id: ")).toList();
        String last = ids.getLast().substring(4);
        String before = ids.get(ids.size() - 2).substring(4);
        String rest = tasks.api()
                .send(tasks.api().as(path).header("Last-Event-ID", before))
                .body();
        assertThat(rest).contains("event: result").doesNotContain("event: execution", "event: assistant");
        assertThat(tasks.api()
                        .send(tasks.api().as(path).header("Last-Event-ID", last))
                        .status())
                .isEqualTo(204);
        assertThat(tasks.api()
                        .send(tasks.api().as(path).header("Last-Event-ID", "x"))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void whoAskedIsTold() {
        String agent = tasks.agent("asked");
        tasks.api()
                .send(tasks.api()
                        .as(agent + "/task")
                        .header("X-Source-Agent", "orchestrator")
                        .POST(BodyPublishers.ofString("{\"message\":\"from another\"}")));
        tasks.post(agent + "/chat", "{\"message\":\"hi\"}");
        JsonNode listed = tasks.json(agent + "/executions");
        assertThat(listed.get(0).path("triggered_by").asText()).isEqualTo("chat");
        assertThat(listed.get(1).path("triggered_by").asText()).isEqualTo("agent");
        assertThat(listed.get(1).path("source_agent_name").asText()).isEqualTo("orchestrator");
        assertThat(tasks.json(agent + "/executions?triggered_by=agent")).hasSize(1);
        assertThat(tasks.json(agent + "/executions?status=failed")).isEmpty();
    }

    @Test
    void theListComesInPages() {
        String agent = tasks.agent("paged");
        for (int i = 0; i < 3; i++) {
            tasks.post(agent + "/task", "{\"message\":\"task " + i + "\"}");
        }
        Reply page = tasks.get(agent + "/executions?limit=2");
        assertThat(page.json()).hasSize(2);
        JsonNode rest = tasks.json(agent + "/executions?limit=2&cursor=" + page.header("X-Next-Cursor"));
        assertThat(rest).hasSize(1);
        assertThat(rest.get(0).path("message").asText()).isEqualTo("task 0");
    }

    @Test
    void whatIsSetIsHeardByTheModel() {
        String agent = tasks.agent("prompted");
        tasks.post(agent + "/task", "{\"message\":\"prompted\",\"system_prompt\":\"Speak in rhymes.\"}");
        assertThat(tasks.model().asked())
                .filteredOn(asked -> asked.task().equals("prompted"))
                .singleElement()
                .satisfies(asked -> assertThat(asked.system()).contains("Speak in rhymes.", "Current time (ISO)"));
        tasks.post(agent + "/task", "{\"message\":\"confined\",\"allowed_tools\":[\"files_*\"]}");
        assertThat(tasks.model().asked())
                .filteredOn(asked -> asked.task().equals("confined"))
                .singleElement()
                .satisfies(asked -> assertThat(asked.tools()).isNotEmpty().allMatch(tool -> tool.contains("files_")));
    }

    @Test
    void aComputerThatWasTurnedOffStaysOff() {
        String agent = tasks.agent("off");
        tasks.post(agent + "/stop");
        for (String path : List.of("/task", "/chat")) {
            Reply refused = tasks.post(agent + path, "{\"message\":\"hello\"}");
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.text("detail")).isEqualTo("Agent is not running");
        }
        assertThat(tasks.json(agent + "/executions")).isEmpty();
        tasks.post(agent + "/start");
        assertThat(tasks.post(agent + "/task", "{\"message\":\"hello\"}").status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                            | 422 | missing
            {"message":7}                                 | 422 | string_type
            {"message":" "}                               | 400 | message must not be empty
            {"message":"x","model":"gpt-0"}               | 400 | Unknown model 'gpt-0'
            {"message":"x","timeout_seconds":0}           | 400 | timeout_seconds must be between 1 and 7200
            {"message":"x","timeout_seconds":"soon"}      | 422 | int_parsing
            {"message":"x","max_turns":0}                 | 400 | max_turns must be between 1 and 1000
            {"message":"x","allowed_tools":"Read"}        | 422 | list_type
            {"message":"x","allowed_tools":["nonsense"]}  | 422 | matches no tool
            """)
    void whatDoesNotFitIsExplained(String body, int status, String text) {
        Reply refused = tasks.post("/api/agents/given/task", body);
        assertThat(refused.status()).as(refused.body()).isEqualTo(status);
        assertThat(refused.body()).contains(text);
    }

    @Test
    void whatThereIsNotIsNotFound() {
        String agent = tasks.agent("lost");
        assertThat(tasks.post("/api/agents/nobody/task", "{}").text("detail")).isEqualTo("Agent not found");
        for (String id : List.of("nonsense", UUID.randomUUID().toString())) {
            for (String path : List.of("", "/log", "/stream")) {
                Reply missing = tasks.get(agent + "/executions/" + id + path);
                assertThat(missing.status()).isEqualTo(404);
                assertThat(missing.text("detail")).isEqualTo("Execution not found");
            }
        }
        String other = tasks.begun(tasks.agent("other"), "hello");
        assertThat(tasks.get(agent + "/executions/" + other).status()).isEqualTo(404);
        assertThat(tasks.get(agent + "/executions?status=odd").status()).isEqualTo(400);
    }

    static List<String> types(JsonNode log) {
        return StreamSupport.stream(log.spliterator(), false)
                .map(entry -> entry.path("type").asText())
                .toList();
    }
}
