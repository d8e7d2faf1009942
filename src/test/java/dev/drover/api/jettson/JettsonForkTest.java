package dev.drover.api.jettson;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.api.TestingApi;
import dev.drover.api.TestingApi.Reply;
import dev.drover.testing.CountingServer;
import dev.drover.testing.TestingAgents;
import dev.drover.testing.TestingStage;
import dev.drover.testing.model.Asked;
import dev.drover.testing.model.Script;
import dev.drover.testing.model.Turn;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class JettsonForkTest {
    private static final CountingServer OUTSIDE = CountingServer.open();
    private static final TestingStage STAGE = TestingStage.open(Map.of("DROVER_EGRESS_ALLOW", OUTSIDE.address()));
    private static final TestingApi SERVER = new TestingApi(STAGE.plane());
    private static final TestingAgents AGENTS = STAGE.agents();

    @AfterAll
    static void close() throws IOException {
        STAGE.close();
        OUTSIDE.close();
    }

    private static Turn shell(String command) {
        return Turn.call("jettson_shell_run", "{\"command\":\"" + command + "\"}");
    }

    private static Turn http(String method, String path) {
        return Turn.call(
                "jettson_http_request",
                "{\"method\":\"%s\",\"url\":\"http://%s/%s\"}".formatted(method, OUTSIDE.address(), path));
    }

    private static Reply fork(String agent, String body) {
        return SERVER.post("/api/v1/agents/" + agent + "/fork", body);
    }

    private static String forked(String agent, String body) {
        Reply reply = fork(agent, body);
        assertThat(reply.status()).as(reply.body()).isEqualTo(201);
        return reply.text("agent_id");
    }

    /** The place of the first event of a kind. */
    private static int seq(String agent, String kind) {
        return AGENTS.awaitEvent(agent, kind).path("seq").asInt();
    }

    private static String played(String task, Turn... turns) {
        String agent = STAGE.play(task, Script.byTurn(turns));
        AGENTS.finished(agent);
        return agent;
    }

    @Test
    void goesOnFromAStepWithAllThatWasBefore() {
        String agent = played("go on from a step", shell("echo written > note; echo one"), Turn.text("All done."));
        int at = seq(agent, "tool_result");
        Reply reply = fork(agent, "{\"at\":" + at + "}");
        assertThat(reply.status()).as(reply.body()).isEqualTo(201);
        JsonNode answer = reply.json();
        assertThat(answer.fieldNames())
                .toIterable()
                .containsExactly(
                        "agent_id", "name", "status", "task", "created_at", "model", "container", "forked_from");
        assertThat(answer.path("task").asText()).isEqualTo("go on from a step");
        assertThat(answer.at("/forked_from/agent_id").asText()).isEqualTo(agent);
        assertThat(answer.at("/forked_from/seq").asInt()).isEqualTo(at);

        String fork = answer.path("agent_id").asText();
        assertThat(fork).isNotEqualTo(agent);
        assertThat(AGENTS.finished(fork).path("final_result").asText()).isEqualTo("All done.");
        AGENTS.assertWhole(fork);
        List<String> before = messages(agent).subList(0, at);
        assertThat(messages(fork).subList(0, at)).isEqualTo(before);
        assertThat(messages(fork).get(at)).startsWith("Forked from step " + at + " of run ");
        Asked last = STAGE.asked("go on from a step").getLast();
        assertThat(last.turn()).isEqualTo(1);
        assertThat(last.lastToolResult()).contains("one");
        assertThat(last.system()).contains("fresh");
        assertThat(STAGE.asked("go on from a step").getFirst().system()).doesNotContain("fresh");
    }

    private static List<String> messages(String agent) {
        return AGENTS.log(agent).stream()
                .map(event -> event.path("kind").asText() + " "
                        + event.path("message").asText())
                .map(text -> text.replaceFirst("^info ", ""))
                .toList();
    }

    @Test
    void whatTheOtherRunUsedIsNotCountedTwice() {
        String agent = played(
                "count once",
                shell("echo one").usage(70, 30, 0, 0),
                Turn.text("ok").usage(5, 2, 0, 0));
        String fork = forked(agent, "{\"at\":" + seq(agent, "tool_result") + "}");
        JsonNode usage = AGENTS.finished(fork).path("usage");
        assertThat(usage.path("input_tokens").asInt()).isEqualTo(5);
        assertThat(usage.path("iterations").asInt()).isEqualTo(2);
    }

    @Test
    void changesWhatAToolGave() {
        String agent = played("change a result", shell("echo seven"), Turn.text("seen"));
        String fork = forked(
                agent, "{\"at\":" + seq(agent, "tool_result") + ",\"edit\":{\"output\":{\"stdout\":\"eight\"}}}");
        AGENTS.finished(fork);
        assertThat(STAGE.asked("change a result").getLast().lastToolResult())
                .contains("eight")
                .doesNotContain("seven");
        assertThat(AGENTS.log(fork).toString()).contains("with its output changed");
        assertThat(AGENTS.log(agent).toString()).contains("seven").doesNotContain("eight");
    }

    @Test
    void changesTheTask() {
        String agent = played("the task as it was", shell("echo seven"), Turn.text("seen"));
        STAGE.learn("the task as it is", Script.byTurn(Turn.text("never"), Turn.text("for the other task")));
        String fork =
                forked(agent, "{\"at\":" + seq(agent, "tool_result") + ",\"edit\":{\"task\":\"the task as it is\"}}");
        JsonNode finished = AGENTS.finished(fork);
        assertThat(finished.path("task").asText()).isEqualTo("the task as it is");
        assertThat(finished.path("final_result").asText()).isEqualTo("for the other task");
    }

    @Test
    void changesWhatTheModelSaid() {
        String agent = played(
                "change the words",
                Turn.text("I will say six.").andCall("jettson_shell_run", "{\"command\":\"echo hi\"}"),
                Turn.text("seen"));
        String fork = forked(agent, "{\"at\":" + seq(agent, "thinking") + ",\"edit\":{\"text\":\"I will say nine.\"}}");
        AGENTS.finished(fork);
        Asked last = STAGE.asked("change the words").getLast();
        assertThat(last.body().toString()).contains("nine").doesNotContain("six");
        assertThat(last.lastToolResult()).as("a call that had not begun runs").contains("hi");
        assertThat(AGENTS.kinds(fork)).contains("tool_result");
    }

    @Test
    void asksForAnotherAnswerAtTheEnd() {
        String agent =
                STAGE.play("answer anew", Script.inOrder(shell("echo x"), Turn.text("first"), Turn.text("second")));
        AGENTS.finished(agent);
        int end = seq(agent, "end");
        String fork = forked(agent, "{\"at\":" + end + "}");
        assertThat(AGENTS.finished(fork).path("final_result").asText()).isEqualTo("second");
        AGENTS.assertWhole(fork);
    }

    @Test
    void aCallThatHadBegunIsRepeatedOrInDoubtAsInATakeover() {
        for (String method : List.of("GET", "POST")) {
            String agent = played("begin a " + method, http(method, "begun"), Turn.text("over"));
            String fork = forked(agent, "{\"at\":" + seq(agent, "tool_use") + "}");
            AGENTS.finished(fork);
            JsonNode result = AGENTS.awaitEvent(fork, "tool_result");
            assertThat(result.path("in_doubt").asBoolean()).as(method).isEqualTo(method.equals("POST"));
        }
        assertThat(OUTSIDE.count("GET /begun")).isEqualTo(2);
        assertThat(OUTSIDE.count("POST /begun")).isEqualTo(1);
    }

    @Test
    void leavesARunThatGoesOnAlone() {
        String agent = STAGE.play(
                "go on meanwhile",
                asked -> asked.turn() == 0
                        ? shell("echo begun")
                        : STAGE.asked("go on meanwhile").size() > 2 ? Turn.text("the fork") : Turn.silence());
        int at = seq(agent, "tool_result");
        Reply early = fork(agent, "{\"at\":" + (at + 1) + "}");
        assertThat(early.status()).isEqualTo(400);
        String fork = forked(agent, "{\"at\":" + at + "}");
        assertThat(AGENTS.finished(fork).path("status").asText()).isEqualTo("completed");
        assertThat(AGENTS.agent(agent).path("status").asText()).isEqualTo("running");
        AGENTS.stop(agent);
    }

    @Test
    void aForkIsForkedAgainAndGoesOnAfterACrash() {
        String agent = played("fork a fork", shell("echo one"), shell("echo two"), Turn.text("over"));
        String fork = forked(agent, "{\"at\":" + seq(agent, "tool_result") + "}");
        AGENTS.finished(fork);
        int last = AGENTS.log(fork).size();
        String again = forked(fork, "{\"at\":" + (last - 1) + "}");
        STAGE.plane().restart();
        assertThat(AGENTS.finished(again).path("final_result").asText()).isEqualTo("over");
        AGENTS.assertWhole(again);
    }

    @Test
    void refusesPlacesThatThereAreNot() {
        String agent = played("have few steps", shell("echo few"), Turn.text("over"));
        int last = AGENTS.log(agent).size();
        for (String at : List.of("0", "-1", String.valueOf(last + 1), "1.5", "\"2\"", "true", "99999999999")) {
            assertField(fork(agent, "{\"at\":" + at + "}"), "at");
        }
        assertField(fork(agent, "{}"), "at");
        assertThat(fork(agent, "[]").code()).isEqualTo("invalid_body");
    }

    @Test
    void refusesEditsThatDoNotFit() {
        String agent = played("be edited badly", shell("echo few"), Turn.text("over"));
        int result = seq(agent, "tool_result");
        int use = seq(agent, "tool_use");
        for (String edit : List.of(
                "{}",
                "{\"text\":\"a\",\"task\":\"b\"}",
                "{\"text\":\"of a tool\"}",
                "{\"text\":\" \"}",
                "{\"is_error\":true}")) {
            assertField(fork(agent, "{\"at\":" + result + ",\"edit\":" + edit + "}"), "edit");
        }
        assertField(fork(agent, "{\"at\":" + use + ",\"edit\":{\"output\":{}}}"), "edit");
        assertThat(fork(agent, "{\"at\":" + use + ",\"edit\":\"x\"}").status()).isEqualTo(400);
        assertThat(fork(agent, "{\"at\":" + use + ",\"edit\":{\"output\":[]}}").status())
                .isEqualTo(400);
        assertThat(fork(agent, "{\"at\":1,\"edit\":{\"task\":\" \"}}").code()).isEqualTo("invalid_task");
    }

    private static void assertField(Reply reply, String field) {
        assertThat(reply.status()).as(reply.body()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo("invalid_body");
        assertThat(reply.json().at("/error/details/field").asText()).isEqualTo(field);
    }

    @Test
    void collapsesRepeats() {
        String agent = played("be forked once", Turn.text("over"));
        String path = "/api/v1/agents/" + agent + "/fork";
        Reply first = keyed(path, "{\"at\":1}");
        Reply second = keyed(path, "{\"at\":1}");
        assertThat(first.status()).as(first.body()).isEqualTo(201);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(keyed(path, "{\"at\":2}").code()).isEqualTo("idempotency_conflict");
        assertThat(keyed("/api/v1/agents", "{\"task\":\"be forked once\"}").code())
                .isEqualTo("idempotency_conflict");
        AGENTS.finished(first.text("agent_id"));
    }

    private static Reply keyed(String path, String body) {
        return SERVER.send(
                SERVER.as(path).header("Idempotency-Key", "fork-once").POST(BodyPublishers.ofString(body)));
    }

    @Test
    void isForWhomeverTheAgentIsFor() {
        String agent = played("be somebody's", Turn.text("over"));
        assertThat(fork("ag_0", "{\"at\":1}").code()).isEqualTo("agent_not_found");
        assertThat(fork(UUID.randomUUID().toString(), "{\"at\":1}").code()).isEqualTo("agent_not_found");
        Reply key = SERVER.post("/api/v1/keys", "{\"name\":\"reader\",\"scopes\":[\"agents:read\"]}");
        String path = "/api/v1/agents/" + agent + "/fork";
        assertThat(SERVER.send(SERVER.as(key.text("secret"), path).POST(BodyPublishers.ofString("{\"at\":1}")))
                        .code())
                .isEqualTo("insufficient_scope");
    }
}
