package dev.drover.api.trinity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.api.TestingApi.Reply;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Schedules and autonomy, as clients see them. */
final class TrinitySchedulesApiTest {
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
    void aScheduleIsMadeShownChangedAndDeleted() {
        String agent = tasks.agent("clock");
        Reply reply = tasks.post(
                agent + "/schedules",
                "{\"name\":\"Daily\",\"cron_expression\":\"0 9 * * MON-FRI\",\"message\":\"Report.\"}");
        assertThat(reply.status()).isEqualTo(201);
        JsonNode made = reply.json();
        String id = made.path("id").asText();
        assertThat(made.path("agent_name").asText()).isEqualTo("clock");
        assertThat(made.path("enabled").asBoolean()).isTrue();
        assertThat(made.path("timezone").asText()).isEqualTo("UTC");
        assertThat(made.path("timeout_seconds").asInt()).isEqualTo(900);
        assertThat(made.path("created_by").asText()).isEqualTo("admin");
        assertThat(made.path("created_at").asText()).endsWith("Z");
        for (String none : List.of("description", "last_run_at", "next_run_at", "allowed_tools", "model")) {
            assertThat(made.has(none)).isTrue();
            assertThat(made.path(none).isNull()).as(none).isTrue();
        }
        String path = agent + "/schedules/" + id;
        assertThat(tasks.json(path)).isEqualTo(made);
        assertThat(tasks.json(agent + "/schedules")).containsExactly(made);

        JsonNode changed = tasks.put(
                        path, "{\"name\":\"Weekly\",\"timezone\":\"Europe/Berlin\",\"description\":\"once a week\"}")
                .json();
        assertThat(changed.path("name").asText()).isEqualTo("Weekly");
        assertThat(changed.path("description").asText()).isEqualTo("once a week");
        assertThat(changed.path("cron_expression").asText()).isEqualTo("0 9 * * MON-FRI");
        assertThat(tasks.put(path, "{\"description\":null}")
                        .json()
                        .path("description")
                        .isNull())
                .isTrue();

        assertThat(tasks.api().delete(path).status()).isEqualTo(204);
        assertThat(tasks.api().delete(path).text("detail")).isEqualTo("Schedule not found");
        assertThat(tasks.json(agent + "/schedules")).isEmpty();
    }

    @Test
    void aScheduleIsDueOnlyWhileBothSwitchesAreOn() {
        String agent = tasks.agent("switched");
        JsonNode one = tasks.schedule(agent, "0 9 * * *", "one");
        JsonNode other = tasks.schedule(agent, "0 10 * * *", "other");
        String first = agent + "/schedules/" + one.path("id").asText();
        String second = agent + "/schedules/" + other.path("id").asText();
        assertThat(tasks.post(second + "/disable").json().path("enabled").asBoolean())
                .isFalse();
        assertThat(tasks.json(agent + "/autonomy").toString())
                .isEqualTo("{\"agent_name\":\"switched\",\"autonomy_enabled\":false,\"total_schedules\":2,"
                        + "\"enabled_schedules\":1,\"status\":\"running\"}");

        Reply on = tasks.put(agent + "/autonomy", "{\"enabled\":true}");
        assertThat(on.status()).isEqualTo(200);
        assertThat(on.text("status")).isEqualTo("updated");
        assertThat(on.json().path("autonomy_enabled").asBoolean()).isTrue();
        assertThat(on.json().path("schedules_updated").asInt()).isEqualTo(1);
        assertThat(tasks.put(agent + "/autonomy", "{\"enabled\":\"yes\"}")
                        .json()
                        .path("schedules_updated")
                        .asInt())
                .as("it is on already")
                .isZero();
        assertThat(tasks.json(first).path("next_run_at").asText()).endsWith("T09:00:00.000Z");
        assertThat(tasks.json(second).path("next_run_at").isNull()).isTrue();
        assertThat(tasks.json("/api/agents/autonomy-status").path("switched").toString())
                .isEqualTo("{\"autonomy_enabled\":true}");
        assertThat(tasks.json("/api/agents/autonomy-status").has("trinity-system"))
                .isFalse();

        tasks.put(agent + "/autonomy", "{\"enabled\":0}");
        assertThat(tasks.json(first).path("next_run_at").isNull()).isTrue();
        assertThat(tasks.json(first).path("enabled").asBoolean()).isTrue();
        assertThat(tasks.json(second).path("enabled").asBoolean()).isFalse();
        tasks.autonomy(agent, true);
        assertThat(tasks.json(first).path("next_run_at").asText()).endsWith("T09:00:00.000Z");
        assertThat(tasks.json(second).path("next_run_at").isNull()).isTrue();
        assertThat(tasks.post(second + "/enable").json().path("next_run_at").asText())
                .endsWith("T10:00:00.000Z");
        JsonNode again = tasks.post(second + "/enable").json();
        assertThat(again).as("once more changes nothing").isEqualTo(tasks.json(second));
        assertThat(tasks.put(second, "{\"cron_expression\":\"30 10 * * *\"}")
                        .json()
                        .path("next_run_at")
                        .asText())
                .endsWith("T10:30:00.000Z");
    }

    @Test
    void aPersonMayBeginItsWorkWhateverTheSwitchesSay() {
        String agent = tasks.agent("triggered");
        JsonNode schedule = tasks.schedule(agent, "0 9 * * *", "do it");
        String path = agent + "/schedules/" + schedule.path("id").asText();
        tasks.post(path + "/disable");
        Reply reply = tasks.post(path + "/trigger");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.text("status")).isEqualTo("triggered");
        assertThat(reply.text("schedule_name")).isEqualTo("Often");
        JsonNode over = tasks.over(agent, reply.text("execution_id"));
        assertThat(over.path("status").asText()).isEqualTo("success");
        assertThat(over.path("triggered_by").asText()).isEqualTo("manual");
        assertThat(over.path("response").asText()).isEqualTo("Heard do it.");
        JsonNode made = tasks.json(path + "/executions");
        assertThat(made).hasSize(1);
        assertThat(made.get(0).path("schedule_id")).isEqualTo(schedule.path("id"));
        assertThat(tasks.json(path).path("last_run_at").asText()).endsWith("Z");

        tasks.post(agent + "/stop");
        Reply off = tasks.post(path + "/trigger");
        assertThat(off.status()).isEqualTo(400);
        assertThat(off.text("detail")).isEqualTo("Agent is not running");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"name":"n","message":"m"}                                                     | 422 | missing
            {"name":"n","message":"m","cron_expression":"invalid cron"}                    | 400 | 'invalid cron'
            {"name":"n","message":"m","cron_expression":"61 * * * *"}                      | 400 | '61 * * * *'
            {"name":"n","message":"m","cron_expression":"0 0 30 2 *"}                      | 400 | never comes due
            {"name":"n","message":"m","cron_expression":"* * * * *","timezone":"Mars"}     | 400 | timezone 'Mars'
            {"name":"n","message":"m","cron_expression":"* * * * *","timeout_seconds":0}   | 400 | timeout_seconds
            {"name":"n","message":"m","cron_expression":"* * * * *","model":"gpt-0"}       | 400 | model 'gpt-0'
            {"name":" ","message":"m","cron_expression":"* * * * *"}                       | 400 | name must not
            {"name":"n","message":"m","cron_expression":"* * * * *","enabled":"maybe"}     | 422 | bool_parsing
            """)
    void whatDoesNotFitIsExplained(String body, int status, String text) {
        Reply refused = tasks.post("/api/agents/given/schedules", body);
        assertThat(refused.status()).as(refused.body()).isEqualTo(status);
        assertThat(refused.body()).contains(text);
        assertThat(tasks.json("/api/agents/given/schedules")).isEmpty();
    }

    @Test
    void aChangeThatDoesNotFitChangesNothing() {
        String agent = tasks.agent("unchanged");
        JsonNode made = tasks.schedule(agent, "0 9 * * *", "stay");
        String path = agent + "/schedules/" + made.path("id").asText();
        assertThat(tasks.put(path, "{\"name\":\"x\",\"cron_expression\":\"bad\"}")
                        .status())
                .isEqualTo(400);
        assertThat(tasks.put(path, "{\"name\":7}").status()).isEqualTo(422);
        assertThat(tasks.put(path, "[]").status()).isEqualTo(422);
        assertThat(tasks.json(path)).isEqualTo(made);
        assertThat(tasks.put(agent + "/schedules/" + UUID.randomUUID(), "{}").status())
                .isEqualTo(404);
        assertThat(tasks.get(agent + "/schedules/nonsense").text("detail")).isEqualTo("Schedule not found");
    }

    @Test
    void autonomyWantsToBeToldWhat() {
        String agent = tasks.agent("asked-for");
        for (String body : List.of("{}", "{\"enabled\":null}")) {
            Reply refused = tasks.put(agent + "/autonomy", body);
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.text("detail")).isEqualTo("enabled is required");
        }
        assertThat(tasks.put(agent + "/autonomy", "{\"enabled\":[]}").status()).isEqualTo(400);
        assertThat(tasks.put(agent + "/autonomy", "true").status()).isEqualTo(422);
        assertThat(tasks.put("/api/agents/trinity-system/autonomy", "{}").status())
                .isEqualTo(403);
        assertThat(tasks.get("/api/agents/nobody/autonomy").status()).isEqualTo(404);
    }

    @Test
    void aScheduleIsEditedOnlyByWhoMadeItAndWhoOwnsTheAgent() {
        String agent = tasks.agent("shared");
        String guest = tasks.guest("guest@example.com", "shared");
        String mine =
                tasks.schedule(agent, "0 9 * * *", "the owner's").path("id").asText();
        Reply made = tasks.api()
                .send(tasks.api()
                        .as(guest, agent + "/schedules")
                        .POST(BodyPublishers.ofString(
                                "{\"name\":\"g\",\"cron_expression\":\"0 9 * * *\",\"message\":\"the guest's\"}")));
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        String theirs = agent + "/schedules/" + made.text("id");

        for (String action : List.of("disable", "enable", "trigger")) {
            Reply done = tasks.api()
                    .send(tasks.api()
                            .as(guest, agent + "/schedules/" + mine + "/" + action)
                            .POST(BodyPublishers.noBody()));
            assertThat(done.status()).as(action + done.body()).isEqualTo(200);
        }
        Reply refused = tasks.api()
                .send(tasks.api().as(guest, agent + "/schedules/" + mine).PUT(BodyPublishers.ofString("{}")));
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.text("detail")).isEqualTo("Owner access required");
        assertThat(tasks.api()
                        .send(tasks.api()
                                .as(guest, agent + "/schedules/" + mine)
                                .DELETE())
                        .status())
                .isEqualTo(403);
        assertThat(tasks.api()
                        .send(tasks.api().as(guest, theirs).PUT(BodyPublishers.ofString("{\"name\":\"h\"}")))
                        .text("name"))
                .isEqualTo("h");
        assertThat(tasks.api()
                        .send(tasks.api().as(guest, agent + "/autonomy").PUT(BodyPublishers.ofString("{}")))
                        .text("detail"))
                .isEqualTo("Owner access required");
        assertThat(tasks.put(theirs, "{\"name\":\"i\"}").text("name")).isEqualTo("i");
        assertThat(tasks.api().send(tasks.api().as(guest, theirs).DELETE()).status())
                .isEqualTo(204);
    }

    @Test
    void strangersSeeNothing() {
        String agent = tasks.agent("private");
        tasks.agent("visited");
        String stranger = tasks.guest("stranger@example.com", "visited");
        for (String path : List.of("/schedules", "/executions", "/autonomy", "/chat/history", "/chat/sessions")) {
            Reply refused = tasks.api().send(tasks.api().as(stranger, agent + path));
            assertThat(refused.status()).as(path).isEqualTo(403);
            assertThat(refused.text("detail")).isEqualTo("Access denied to agent");
        }
        for (String path : List.of("context-stats", "execution-stats")) {
            JsonNode seen = tasks.api()
                    .send(tasks.api().as(stranger, "/api/agents/" + path))
                    .json()
                    .path("agents");
            assertThat(seen).as(path).hasSize(1);
            assertThat(seen.get(0).path("name").asText()).isEqualTo("visited");
        }
        assertThat(tasks.api()
                        .send(tasks.api().as(stranger, "/api/agents/slots"))
                        .json()
                        .path("agents")
                        .fieldNames())
                .toIterable()
                .containsExactly("visited");
    }

    @Test
    void aDeletedAgentTakesItsSchedulesWithIt() {
        String agent = tasks.agent("again");
        String schedule = tasks.schedule(agent, "0 9 * * *", "old").path("id").asText();
        tasks.post(agent + "/schedules/" + schedule + "/trigger");
        assertThat(tasks.api().delete(agent).status()).isEqualTo(200);
        tasks.agent("again");
        assertThat(tasks.json(agent + "/schedules")).isEmpty();
        assertThat(tasks.json(agent + "/executions")).isEmpty();
        assertThat(tasks.json(agent + "/chat/sessions").path("session_count").asInt())
                .isZero();
        assertThat(tasks.json(agent + "/autonomy").path("autonomy_enabled").asBoolean())
                .isFalse();
        assertThat(tasks.rows("schedule")).noneMatch(schedule::equals);
    }

    @Test
    void aRenamedAgentKeepsThem() {
        String agent = tasks.agent("former");
        String schedule = tasks.schedule(agent, "0 9 * * *", "kept").path("id").asText();
        String task = tasks.begun(agent, "kept too");
        assertThat(tasks.put(agent + "/rename", "{\"new_name\":\"latter\"}").status())
                .isEqualTo(200);
        JsonNode shown = tasks.json("/api/agents/latter/schedules/" + schedule);
        assertThat(shown.path("agent_name").asText()).isEqualTo("latter");
        assertThat(tasks.over("/api/agents/latter", task).path("agent_name").asText())
                .isEqualTo("latter");
    }
}
