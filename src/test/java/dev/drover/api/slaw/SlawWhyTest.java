package dev.drover.api.slaw;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.drover.api.TestingApi.Reply;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Why agents of squads do not move, and what a check of all runs finds. */
final class SlawWhyTest {
    private static final TestingHeartbeats HEART = new TestingHeartbeats(Map.of("SLAW_MAX_PROCESSES", "20"));

    @AfterAll
    static void close() {
        HEART.close();
    }

    private static JsonNode why(String agent) {
        Reply reply = HEART.squads.get("/api/v1/agents/" + agent + "/why");
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return reply.json();
    }

    private static void cancel(String run) {
        HEART.squads.post("/api/heartbeat-runs/" + run + "/cancel", "{}");
        HEART.awaitEnd(run);
    }

    @Test
    void namesTheProgramAtWorkAndTheRunThatAnotherWaitsFor() {
        String agent = HEART.agent("Busy", "sleep 300");
        String running = HEART.run(agent);
        HEART.await(running, "running");
        String waiting = HEART.run(agent, "{\"payload\":{\"taskKey\":\"t\"}}");

        JsonNode why = why(agent);
        assertThat(why.path("run_id").asText()).isEqualTo(running);
        assertThat(why.path("status").asText()).isEqualTo("running");
        assertThat(why.path("doing").asText()).isEqualTo("program process");
        assertThat(why.at("/holder/node").isTextual()).isTrue();
        assertThat(why.path("unblock").asText()).contains("/api/heartbeat-runs/" + running + "/cancel");

        JsonNode page = HEART.squads.get("/api/v1/check").json();
        assertThat(page.path("violations")).isEmpty();
        cancel(running);
        HEART.await(waiting, "running");
        cancel(waiting);
        assertThat(why(agent).path("doing").asText()).startsWith("cancelled");
        assertThat(why(agent).path("unblock").asText()).contains("over");
    }

    @Test
    void namesTheTimeOfAnAgentThatRestsBetweenTwoRuns() {
        String agent = HEART.agent("Cool", "true", "{\"cooldownSec\":600}");
        HEART.awaitEnd(HEART.run(agent));
        String waiting = HEART.run(agent);

        JsonNode why = why(agent);
        assertThat(why.path("run_id").asText()).isEqualTo(waiting);
        assertThat(why.path("waiting_for").asText()).isEqualTo("timer");
        assertThat(why.path("doing").asText()).contains("cooldown");
        assertThat(Instant.parse(why.path("until").asText()))
                .isBetween(Instant.now().plusSeconds(300), Instant.now().plusSeconds(600));
        cancel(waiting);
    }

    @Test
    void namesTheRunOfTheIssueThatAWakeWaitsFor() {
        String first = HEART.agent("Holder", "sleep 300");
        String second = HEART.agent("Heir", "true");
        String issue = HEART.squads
                .post(
                        "/api/squads/" + HEART.squad + "/issues",
                        "{\"title\":\"Shared\",\"status\":\"todo\",\"assigneeAgentId\":\"" + first + "\"}")
                .json()
                .at("/issue/id")
                .asText();
        String run = TestingHeartbeats.until(() -> HEART.runs(first), runs -> runs.size() == 1)
                .get(0)
                .path("id")
                .asText();
        HEART.await(run, "running");
        HEART.invoke(second, "{\"payload\":{\"issueId\":\"" + issue + "\"}}");

        JsonNode why = why(second);
        assertThat(why.path("waiting_for").asText()).isEqualTo("run");
        assertThat(why.path("waiting_id").asText()).isEqualTo(run);
        assertThat(why.path("doing").asText()).contains(issue);
        cancel(run);
    }

    @Test
    void namesWhoPausedAnAgentAndWhoLetsItGoOn() {
        String agent = HEART.agent("Resting", "true");
        HEART.squads.post("/api/agents/" + agent + "/pause", "{}");

        JsonNode why = why(agent);
        assertThat(why.path("waiting_for").asText()).isEqualTo("operator");
        assertThat(why.path("doing").asText()).contains("paused by a person");
        assertThat(why.path("unblock").asText()).contains("/api/agents/" + agent + "/resume");
        HEART.squads.post("/api/agents/" + agent + "/resume", "{}");
        assertThat(why(agent).path("waiting_for").isNull()).isTrue();
    }

    @Test
    void namesTheApprovalThatAHireWaitsFor() {
        String squad = HEART.squads.squad("Strict", "");
        Reply hired = HEART.squads.post(
                "/api/squads/" + squad + "/agent-hires", "{\"name\":\"Newcomer\",\"role\":\"engineer\"}");
        assertThat(hired.status()).as(hired.body()).isEqualTo(202);
        String approval = hired.text("approvalId");
        UUID agent = HEART.squads
                .jdbi()
                .withHandle(handle -> handle.createQuery("select hire_id from approval where id = :id")
                        .bind("id", uuid(approval))
                        .mapTo(UUID.class)
                        .one());

        JsonNode why = why(agent.toString());
        assertThat(why.path("waiting_for").asText()).isEqualTo("approval");
        assertThat(why.path("waiting_id").asText()).isEqualTo(approval);
        assertThat(why.path("unblock").asText()).contains("operator", "/api/approvals/" + approval + "/approve");
    }

    @Test
    void namesTheIssueThatAnotherWaitsForAndTheOneThatIsMarkedAsBlocked() {
        String agent = HEART.agent("Blocked", "true");
        String first = issue("First", "");
        String second =
                issue("Second", ",\"assigneeAgentId\":\"" + agent + "\",\"blockedByIssueIds\":[\"" + first + "\"]");
        JsonNode why = TestingHeartbeats.until(() -> why(agent), SlawWhyTest::isForIssue);
        assertThat(why.path("waiting_id").asText()).isEqualTo(first);
        assertThat(why.path("doing").asText()).contains(identifier(second), identifier(first));
        assertThat(why.path("unblock").asText()).contains("operator", "/api/issues/" + first);

        HEART.squads.patch("/api/issues/" + second, "{\"status\":\"blocked\",\"blockedByIssueIds\":[]}");
        why = TestingHeartbeats.until(() -> why(agent), SlawWhyTest::isForIssue);
        assertThat(why.path("waiting_id").asText()).isEqualTo(second);
        assertThat(why.path("doing").asText()).contains(identifier(second), "marked as blocked");

        issue("Third", ",\"assigneeAgentId\":\"" + agent + "\"");
        assertThat(isForIssue(why(agent))).as("there is work").isFalse();
    }

    private static boolean isForIssue(JsonNode why) {
        return why.path("waiting_for").asText().equals("issue");
    }

    private static String issue(String title, String more) {
        Reply reply = HEART.squads.post(
                "/api/squads/" + HEART.squad + "/issues",
                "{\"title\":\"" + title + "\",\"status\":\"todo\"" + more + "}");
        assertThat(reply.status()).as(reply.body()).isEqualTo(201);
        return reply.json().at("/issue/id").asText();
    }

    private static String identifier(String issue) {
        return HEART.squads
                .get("/api/issues/" + issue)
                .json()
                .at("/issue/identifier")
                .asText();
    }

    @Test
    void namesTheAnswerThatAnAgentWaitsFor() {
        String agent = HEART.agent("Asking", "true");
        String approval = HEART.squads
                .post(
                        "/api/squads/" + HEART.squad + "/approvals",
                        "{\"type\":\"request_operator_approval\",\"payload\":{\"title\":\"May I?\"},"
                                + "\"requestedByAgentId\":\"" + agent + "\"}")
                .json()
                .at("/approval/id")
                .asText();
        JsonNode why = why(agent);
        assertThat(why.path("waiting_for").asText()).isEqualTo("approval");
        assertThat(why.path("waiting_id").asText()).isEqualTo(approval);
        assertThat(why.path("doing").asText()).contains("request operator approval");
        HEART.squads.post("/api/approvals/" + approval + "/approve", "{}");
        assertThat(why(agent).path("waiting_for").asText()).isNotEqualTo("approval");
    }

    @Test
    void namesWhoCanStartAComputerThatIsOff() {
        String agent = HEART.agent("Off", "true");
        HEART.awaitEnd(HEART.run(agent));
        String slug = HEART.squads
                .jdbi()
                .withHandle(handle -> handle.select("select slug from agent where id = ?", uuid(agent))
                        .mapTo(String.class)
                        .one());
        Reply stopped = HEART.squads.post("/api/agents/" + slug + "/stop", "");
        assertThat(stopped.status()).as(stopped.body()).isEqualTo(200);
        JsonNode why = why(agent);
        assertThat(why.path("waiting_for").asText()).isEqualTo("operator");
        assertThat(why.path("doing").asText()).contains("turned off");
        assertThat(why.path("unblock").asText()).contains("/api/agents/" + slug + "/start");
    }

    @Test
    void namesTheBudgetThatIsSpentAndTheFirstOfTheMonth() {
        String squad = HEART.squads.squad("Poor");
        String agent = HEART.squads.agent(squad, "Spender", ",\"budgetMonthlyCents\":10");
        HEART.squads.post("/api/squads/" + squad + "/cost-events", SlawCostsApiTest.event(agent, 10, ""));
        HEART.awaitAgent(agent, "paused");

        JsonNode why = why(agent);
        assertThat(why.path("waiting_for").asText()).isEqualTo("budget");
        assertThat(why.path("waiting_id").asText()).isEqualTo(agent);
        assertThat(why.path("doing").asText()).contains("0.10 of 0.10 USD");
        Instant next = LocalDate.now(ZoneOffset.UTC)
                .withDayOfMonth(1)
                .plusMonths(1)
                .atStartOfDay()
                .toInstant(ZoneOffset.UTC);
        assertThat(Instant.parse(why.path("until").asText())).isEqualTo(next);
        assertThat(why.path("unblock").asText()).contains("operator");
    }

    @Test
    void namesWhenTheClockWakesAnAgent() {
        String agent = HEART.agent("Timed", "true", "{\"enabled\":true,\"intervalSec\":5000}");
        JsonNode why = why(agent);
        assertThat(why.path("waiting_for").asText()).isEqualTo("timer");
        assertThat(Instant.parse(why.path("until").asText()))
                .isBetween(Instant.now().plusSeconds(4_000), Instant.now().plusSeconds(5_000));
    }

    @Test
    void aCheckFindsAHeartbeatRunThatNobodyWorksAndALogThatWasChanged() {
        String agent = HEART.agent("Planted", "echo one; echo two");
        String run = HEART.run(agent);
        HEART.awaitEnd(run);
        assertThat(violations()).isEmpty();

        HEART.squads.sql("update heartbeat_run set status = 'running', node_id = null where id = ?", uuid(run));
        HEART.squads.sql("delete from heartbeat_event where run_id = ? and seq = 1", uuid(run));
        HEART.squads.sql(
                "update heartbeat_log set lines = convert_to(replace(convert_from(lines, 'UTF8'), 'two',"
                        + " 'tow'), 'UTF8')"
                        + " where run_id = ?",
                uuid(run));
        assertThat(violations().findValuesAsText("text"))
                .hasSize(3)
                .allMatch(text -> !text.isBlank())
                .anyMatch(text -> text.contains("is stuck"))
                .anyMatch(text -> text.contains("event 1 of the heartbeat run is missing"))
                .anyMatch(text -> text.contains("the hash differs"));
        assertThat(HEART.squads.get("/metrics").body()).contains("drover_runs_stuck");
        HEART.squads.sql("delete from heartbeat_run where id = ?", uuid(run));
        HEART.squads.sql("delete from heartbeat_log where run_id = ?", uuid(run));
        assertThat(violations()).isEmpty();
    }

    @Test
    void onlyOperatorsCheck() {
        String user = HEART.squads.user("somebody-" + UUID.randomUUID(), "user");
        assertThat(HEART.squads.get(user, "/api/v1/check").status()).isEqualTo(403);
        assertThat(HEART.squads.get("/api/v1/check?cursor=elsewhere").status()).isEqualTo(400);
        assertThat(HEART.squads.get("/api/v1/check?run=" + UUID.randomUUID()).status())
                .isEqualTo(404);
    }

    private static ArrayNode violations() {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        String cursor = "";
        do {
            JsonNode page = HEART.squads.get("/api/v1/check" + cursor).json();
            page.path("violations").forEach(all::add);
            cursor = page.path("next_cursor").isNull()
                    ? ""
                    : "?cursor=" + page.path("next_cursor").asText();
        } while (!cursor.isEmpty());
        return all;
    }

    private static UUID uuid(String text) {
        return UUID.fromString(text);
    }
}
