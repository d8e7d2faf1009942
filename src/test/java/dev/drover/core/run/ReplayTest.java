package dev.drover.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drover.core.id.RunId;
import dev.drover.provider.json.JacksonEventCodec;
import dev.drover.provider.json.JacksonOptionsCodec;
import dev.drover.provider.json.NetworkntSchemas;
import dev.drover.testing.CountingServer;
import dev.drover.testing.TestingAgents;
import dev.drover.testing.TestingStage;
import dev.drover.testing.model.Script;
import dev.drover.testing.model.Turn;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What replays come to; that every run of every other test comes to the same is seen when its database is closed. */
class ReplayTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final CountingServer OUTSIDE = CountingServer.open();
    private static final TestingStage STAGE = TestingStage.open(Map.of("DROVER_EGRESS_ALLOW", OUTSIDE.address()));
    private static final TestingAgents AGENTS = STAGE.agents();

    @AfterAll
    static void close() throws IOException {
        STAGE.close();
        OUTSIDE.close();
    }

    private static String get(String path) {
        return "{\"method\":\"GET\",\"url\":\"http://%s/%s\"}".formatted(OUTSIDE.address(), path);
    }

    private static Turn shell(String command) {
        return Turn.call("jettson_shell_run", "{\"command\":\"" + command + "\"}");
    }

    @Test
    void asksNoModelAndRunsNoTool() {
        String agent = STAGE.play(
                "count what is called",
                Turn.thinking("I look first.").andCall("jettson_http_request", get("counted")),
                Turn.call("jettson_files_write", "{\"path\":\"a\",\"content\":\"b\"}")
                        .andCall("jettson_shell_run", "{\"command\":\"echo $((20 + 22))\"}"),
                Turn.text("It is 42."));
        AGENTS.destroyed(agent);
        int asked = STAGE.model().asked().size();
        assertThat(OUTSIDE.count("GET /counted")).isEqualTo(1);

        JsonNode replay = replay(agent);

        assertThat(replay.path("same").asBoolean()).as(replay.toString()).isTrue();
        assertThat(replay.path("over").asBoolean()).isTrue();
        assertThat(replay.path("replay_hash").asText())
                .isEqualTo(replay.path("log_hash").asText())
                .hasSize(64);
        // Three calls, three replies, three intents, three results, and the end.
        assertThat(replay.path("made").asInt()).isEqualTo(13);
        assertThat(STAGE.model().asked()).hasSize(asked);
        assertThat(OUTSIDE.count("GET /counted")).isEqualTo(1);
    }

    @Test
    void needsNothingButWhatIsStored() {
        String agent = STAGE.play("need nothing", shell("echo here"), Turn.text("done"));
        AGENTS.finished(agent);
        RunStores stores = RunStores.in(jdbi(), new JacksonEventCodec(), new JacksonOptionsCodec());

        Replay replay = new Replays(stores, new NetworkntSchemas()).of(new RunId(run("need nothing")));

        assertThat(replay.isSame()).as(replay.toString()).isTrue();
    }

    @Test
    void findsTheFirstEntryThatIsNotWhatTheLoopMakes() {
        String agent = STAGE.play("be tampered with", shell("echo one"), shell("echo two"), Turn.text("three"));
        AGENTS.finished(agent);
        String same = replay(agent).path("log_hash").asText();

        tamper("be tampered with", "tool_called", "echo two", "echo six", () -> {
            JsonNode replay = replay(agent);
            assertThat(replay.path("same").asBoolean()).isFalse();
            assertThat(replay.path("log_hash").asText())
                    .isNotEqualTo(same)
                    .isNotEqualTo(replay.path("replay_hash").asText());
            assertThat(replay.at("/difference/logged").asText())
                    .startsWith("tool_called")
                    .contains("echo six");
            assertThat(replay.at("/difference/came").asText())
                    .startsWith("tool_called")
                    .contains("echo two");
            assertThat(replay.at("/difference/seq").asLong())
                    .isEqualTo(number("select seq from run_event e join run r on r.id = e.run_id"
                            + " where task = 'be tampered with' and kind = 'tool_called' order by seq desc limit 1"));
        });
        tamper(
                "be tampered with",
                "completed",
                "three",
                "thirty",
                () -> assertThat(replay(agent).at("/difference/logged").asText())
                        .contains("thirty"));
        assertThat(replay(agent).path("same").asBoolean()).isTrue();
    }

    @Test
    void findsAStepThatIsMissing() {
        String agent = STAGE.play("lose a step", shell("echo lost"), Turn.text("done"));
        AGENTS.destroyed(agent);
        jdbi().useHandle(handle -> handle.execute("create table kept as select * from run_event where kind ="
                + " 'tool_returned' and run_id = (select id from run where task = 'lose a step')"));
        jdbi().useHandle(handle ->
                handle.execute("delete from run_event where (run_id, seq) in (select run_id, seq from kept)"));

        JsonNode replay = replay(agent);

        jdbi().useHandle(handle -> handle.execute("insert into run_event select * from kept"));
        assertThat(replay.path("same").asBoolean()).isFalse();
        assertThat(replay.at("/difference/logged").asText()).startsWith("model_called");
        assertThat(replay.at("/difference/came").isNull()).isTrue();
    }

    @Test
    void goesThroughEveryHolderOfARun() {
        AtomicBoolean silent = new AtomicBoolean(true);
        String agent = STAGE.play("be taken over", asked -> switch (asked.turn()) {
            case 0 -> shell("echo first");
            case 1 -> silent.getAndSet(false) ? Turn.silence() : shell("echo second");
            default -> Turn.text("done");
        });
        AGENTS.awaitEvent(agent, "tool_result");
        STAGE.plane().restart();
        AGENTS.finished(agent);

        JsonNode replay = replay(agent);

        assertThat(AGENTS.log(agent).toString()).contains("Resumed after");
        assertThat(replay.path("same").asBoolean()).as(replay.toString()).isTrue();
        tamper(
                "be taken over",
                "noted",
                "1 iterations are kept",
                "2 iterations are kept",
                () -> assertThat(replay(agent).at("/difference/came").asText()).contains("1 iterations"));
    }

    @Test
    void goesOnBehindAnEndThatWasNeverStored() {
        String agent = STAGE.play("end unheard", Turn.text("done"));
        AGENTS.finished(agent);
        UUID run = run("end unheard");
        jdbi().useHandle(handle -> handle.execute(
                "update run_event set seq = seq + 1, step = step + 1 where run_id = ? and kind = 'completed'", run));
        jdbi().useHandle(handle -> handle.execute("""
                insert into run_event (run_id, seq, step, at, kind, label, payload)
                select run_id, seq - 1, step - 1, at, 'noted', 'noted',
                    '{"message":"Resumed after the server was interrupted; 1 iterations are kept."}'
                from run_event where run_id = ? and kind = 'completed'""", run));

        JsonNode replay = replay(agent);

        jdbi().useHandle(handle -> handle.execute("delete from run_event where run_id = ? and kind = 'noted'", run));
        jdbi().useHandle(handle -> handle.execute(
                "update run_event set seq = seq - 1, step = step - 1 where run_id = ? and kind = 'completed'", run));
        assertThat(replay.path("same").asBoolean()).as(replay.toString()).isTrue();
    }

    /** The loop had its answer, and somebody stopped the run before its end was stored. */
    @Test
    void heedsAStopThatCameBeforeTheLoopsOwnEnd() {
        String agent = STAGE.play("be stopped with an answer", Turn.text("done"));
        AGENTS.finished(agent);
        UUID run = run("be stopped with an answer");
        jdbi().useHandle(handle -> handle.execute(
                "create table answered as select * from run_event where run_id = ? and kind = 'completed'", run));
        jdbi().useHandle(handle -> handle.execute(
                "update run_event set kind = 'stopped', label = 'stopped', payload = '{\"by\":\"user:ada\"}'"
                        + " where run_id = ? and kind = 'completed'",
                run));

        JsonNode replay = replay(agent);

        jdbi().useHandle(handle -> handle.execute("delete from run_event where run_id = ? and kind = 'stopped'", run));
        jdbi().useHandle(handle -> handle.execute("insert into run_event select * from answered"));
        assertThat(replay.path("same").asBoolean()).as(replay.toString()).isTrue();
    }

    @Test
    void repairsAnswersAgain() {
        String agent = STAGE.play(
                "answer by a schema",
                Map.of("result_schema", Map.of("type", "object", "required", List.of("sum"))),
                Script.inOrder(Turn.text("no"), Turn.text("{}"), Turn.text("{\"sum\":1}")));
        AGENTS.finished(agent);
        JsonNode replay = replay(agent);
        assertThat(replay.path("same").asBoolean()).as(replay.toString()).isTrue();
        tamper(
                "answer by a schema",
                "result_refused",
                "sum",
                "sun",
                () -> assertThat(replay(agent).path("same").asBoolean()).isFalse());
    }

    @Test
    void goesAsFarAsARunHasCome() {
        String agent = STAGE.play("still go on", shell("echo begun"), Turn.silence());
        AGENTS.awaitEvent(agent, "tool_result");

        JsonNode replay = replay(agent);

        assertThat(replay.path("over").asBoolean()).isFalse();
        assertThat(replay.path("same").asBoolean()).as(replay.toString()).isTrue();
        AGENTS.stop(agent);
        assertThat(replay(agent).path("same").asBoolean()).isTrue();
    }

    @Test
    void saysWhyALogIsNotEnough() {
        String agent = STAGE.play("be deleted", Turn.text("gone soon"));
        AGENTS.finished(agent);
        UUID run = run("be deleted");
        jdbi().useHandle(handle -> handle.execute("create table cut as select * from run_event where run_id = ?", run));
        jdbi().useHandle(handle -> handle.execute("delete from run_event where run_id = ? and seq = 1", run));

        JsonNode replay = replay(agent);

        jdbi().useHandle(handle -> handle.execute("insert into run_event select * from cut where seq = 1"));
        assertThat(replay.path("same").asBoolean()).isFalse();
        assertThat(replay.has("replay_hash")).isFalse();
        assertThat(replay.path("why").asText()).contains("beginning of its log");
    }

    @Test
    void takesTheIdOfARunTooAndKnowsNoOther() {
        String agent = STAGE.play("be named", Turn.text("yes"));
        AGENTS.finished(agent);
        assertThat(read(STAGE.plane().get("/api/v1/runs/" + run("be named") + "/replay"))
                        .path("agent_id")
                        .asText())
                .isEqualTo(agent);
        for (String unknown : List.of(UUID.randomUUID().toString(), "ag_0", "nobody")) {
            assertThat(STAGE.plane().get("/api/v1/runs/" + unknown + "/replay").statusCode())
                    .isEqualTo(404);
        }
    }

    /** While the work is done, what is stored of a run says something else. */
    private static void tamper(String task, String kind, String said, String instead, Runnable work) {
        change(task, kind, said, instead);
        work.run();
        change(task, kind, instead, said);
    }

    private static void change(String task, String kind, String from, String to) {
        int changed = jdbi().withHandle(handle -> handle.execute(
                "update run_event set payload = replace(payload, ?, ?) where kind = ? and payload like ?"
                        + " and run_id = (select id from run where task = ?)",
                from,
                to,
                kind,
                "%" + from + "%",
                task));
        assertThat(changed).isPositive();
    }

    private static UUID run(String task) {
        return jdbi().withHandle(handle -> handle.createQuery("select id from run where task = ?")
                .bind(0, task)
                .mapTo(UUID.class)
                .one());
    }

    private static long number(String sql) {
        return jdbi().withHandle(
                        handle -> handle.createQuery(sql).mapTo(Long.class).one());
    }

    private static Jdbi jdbi() {
        return STAGE.plane().database().database().jdbi();
    }

    private static JsonNode replay(String agent) {
        HttpResponse<String> answer = STAGE.plane().get("/api/v1/runs/" + agent + "/replay");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return read(answer);
    }

    private static JsonNode read(HttpResponse<String> answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
