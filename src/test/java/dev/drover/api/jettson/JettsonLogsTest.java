package dev.drover.api.jettson;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.api.TestingApi;
import dev.drover.api.TestingApi.Reply;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class JettsonLogsTest {
    private static final TestingApi SERVER = new TestingApi();
    private static String agent = "";

    @BeforeAll
    static void runAnAgent() throws InterruptedException {
        String task = "$ echo one\\n$ false\\n$ seq 1 20000\\n$ echo four";
        Reply spawned = SERVER.post("/api/v1/agents", "{\"task\":\"" + task + "\"}");
        agent = "/api/v1/agents/" + spawned.json().path("agent_id").asText();
        SERVER.await(agent, JettsonApiTest::isOver);
    }

    @AfterAll
    static void close() {
        SERVER.close();
    }

    @Test
    void numbersEveryEventAndEndsWithOneTerminalOne() {
        List<JsonNode> events = log("");
        assertThat(events).extracting(event -> event.path("seq").asInt()).startsWith(1, 2, 3);
        for (int i = 0; i < events.size(); i++) {
            assertThat(events.get(i).path("seq").asInt()).isEqualTo(i + 1);
            assertThat(events.get(i).path("event_id").asText()).startsWith("ev_");
            assertThat(events.get(i).path("ts").asLong()).isGreaterThan(1_700_000_000_000L);
        }
        assertThat(kinds(events))
                .filteredOn(List.of("end", "error", "stopped")::contains)
                .containsExactly("end");
        assertThat(events.getLast().path("kind").asText()).isEqualTo("end");
        assertThat(events.getFirst().path("message").asText()).isEqualTo("Planning task…");
    }

    @Test
    void showsAToolCallAndWhatCameOfIt() {
        JsonNode use = log("?kind=tool_use").getFirst();
        assertThat(use.path("message").asText()).isEqualTo("jettson_shell_run(…)");
        assertThat(use.path("tool").asText()).isEqualTo("jettson_shell_run");
        assertThat(use.at("/input/command").asText()).isEqualTo("echo one");
        assertThat(use.has("output")).isFalse();
        JsonNode result = log("?kind=tool_result").getFirst();
        assertThat(result.path("tool_use_id").asText())
                .isEqualTo(use.path("tool_use_id").asText());
        assertThat(result.at("/output/stdout").asText()).isEqualTo("one\n");
        assertThat(result.path("is_error").isBoolean()).isTrue();
        assertThat(result.path("duration_ms").isNumber()).isTrue();
        assertThat(result.has("output_truncated")).isFalse();
        assertThat(result.has("in_doubt")).isFalse();
    }

    @Test
    void cutsLongOutputButKeepsItsShape() {
        JsonNode result = log("?kind=tool_result").get(2);
        assertThat(result.path("output_truncated").asBoolean()).isTrue();
        assertThat(result.at("/output/stdout").asText()).startsWith("1\n2\n3\n");
        assertThat(result.path("output").toString().length()).isLessThanOrEqualTo(16 * 1024);
    }

    @Test
    void pagesInBothDirections() {
        List<JsonNode> all = log("");
        assertThat(paged("asc")).isEqualTo(all);
        assertThat(paged("desc")).isEqualTo(all.reversed());
    }

    private static List<JsonNode> paged(String order) {
        List<JsonNode> events = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page =
                    SERVER.get(agent + "/logs?limit=2&order=" + order + cursor).json();
            page.path("data").forEach(events::add);
            cursor = page.path("next_cursor").isNull()
                    ? ""
                    : "&cursor=" + page.path("next_cursor").asText();
        } while (!cursor.isEmpty());
        return events;
    }

    @Test
    void refusesQueriesThatDoNotFit() {
        for (String query : List.of("order=up", "kind=info,nothing", "kind=", "cursor=-1", "cursor=x", "limit=0")) {
            Reply reply = SERVER.get(agent + "/logs?" + query);
            assertThat(reply.status()).as(query).isEqualTo(400);
            assertThat(reply.code()).as(query).isEqualTo("invalid_query");
        }
    }

    @Test
    void streamsTheSameEventsAsTheLog() {
        Reply stream = SERVER.get(agent + "/events");
        assertThat(stream.header("Content-Type")).isEqualTo("text/event-stream");
        assertThat(data(stream))
                .isEqualTo(log("").stream().map(JsonNode::toString).toList());
    }

    @Test
    void resumesBehindTheLastEventSeen() {
        List<String> all = log("").stream().map(JsonNode::toString).toList();
        assertThat(data(SERVER.get(agent + "/events?after=3"))).isEqualTo(all.subList(3, all.size()));
        Reply byHeader = SERVER.send(SERVER.as(agent + "/events?after=1").header("Last-Event-ID", "4"));
        assertThat(data(byHeader)).isEqualTo(all.subList(4, all.size()));
        assertThat(data(SERVER.get(agent + "/events?kind=end"))).containsExactly(all.getLast());
    }

    @Test
    void endsRetriesOfAReaderWhoHasSeenTheEnd() {
        Reply done = SERVER.get(agent + "/events?after=" + log("").size());
        assertThat(done.status()).isEqualTo(204);
        assertThat(done.body()).isEmpty();
    }

    @Test
    void refusesIdsThatCannotBe() {
        int beyond = log("").size() + 1;
        for (String id : List.of("x", "-1", "1.5", String.valueOf(beyond), "99999999999999999999")) {
            Reply reply = SERVER.send(SERVER.as(agent + "/events").header("Last-Event-ID", id));
            assertThat(reply.status()).as(id).isEqualTo(400);
            assertThat(reply.code()).as(id).isEqualTo("invalid_query");
            assertThat(SERVER.get(agent + "/events?after=" + id).status()).isEqualTo(400);
        }
    }

    @Test
    void followsAnAgentWhileItWorks() throws InterruptedException {
        Reply spawned = SERVER.post("/api/v1/agents", "{\"task\":\"$ sleep 1\"}");
        String live = "/api/v1/agents/" + spawned.json().path("agent_id").asText();
        List<String> followed = data(SERVER.get(live + "/events"));
        assertThat(followed).last().asString().contains("\"kind\":\"end\"");
        assertThat(SERVER.get(live).json().path("status").asText()).isEqualTo("completed");
    }

    private static List<JsonNode> log(String query) {
        List<JsonNode> events = new ArrayList<>();
        SERVER.get(agent + "/logs" + query).json().path("data").forEach(events::add);
        return events;
    }

    private static List<String> kinds(List<JsonNode> events) {
        return events.stream().map(event -> event.path("kind").asText()).toList();
    }

    private static List<String> data(Reply stream) {
        return stream.body()
                .lines()
                .filter(line -> line.startsWith("data: "))
                .map(line -> line.substring("data: ".length()))
                .toList();
    }
}
