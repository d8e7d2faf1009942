package dev.drover.core.retention;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.api.TestingApi;
import dev.drover.core.id.RunId;
import dev.drover.core.id.Spelling;
import dev.drover.core.run.PruneStore;
import dev.drover.provider.json.JacksonEventCodec;
import dev.drover.testing.Waiting;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is old goes, and nothing else; on a whole server, whose rows are made older than they are. */
final class RetentionTest {
    private static final String AGENTS = "/api/v1/agents/";

    private static TestingApi api;
    private static Jdbi jdbi;

    @BeforeAll
    static void start() {
        api = new TestingApi(Map.of(
                "DROVER_MODEL", "offline",
                "DROVER_KEEP_RUNS_DAYS", "30",
                "DROVER_KEEP_EVENTS_DAYS", "7",
                "DROVER_KEEP_DELIVERIES_DAYS", "7",
                "DROVER_KEEP_AUDIT_DAYS", "7"));
        jdbi = api.plane().database().database().jdbi();
    }

    @AfterAll
    static void close() {
        api.close();
    }

    /** Lets the server do at once what it does every ten minutes, and waits until it has. */
    private static void prune() {
        List<String> before = lastTime();
        jdbi.useHandle(
                handle -> handle.execute("update scheduled_tasks set execution_time = now(), version = version + 1"
                        + " where task_name = 'old-records'"));
        Waiting.until(() -> !lastTime().equals(before));
    }

    private static List<String> lastTime() {
        return jdbi.withHandle(handle -> handle.createQuery("select last_success::text from scheduled_tasks"
                        + " where task_name = 'old-records' and last_success is not null")
                .mapTo(String.class)
                .list());
    }

    private static String done(String task) throws InterruptedException {
        String agent = api.post("/api/v1/agents", "{\"task\":\"" + task + "\"}").text("agent_id");
        api.await(
                AGENTS + agent,
                view -> view.at("/container/status").asText().equals("destroyed")
                        && view.path("status").asText().equals("completed"));
        return agent;
    }

    private static UUID id(String agent) {
        return Spelling.AGENT.read(agent).orElseThrow();
    }

    private static void endedDaysAgo(String agent, int days) {
        jdbi.useHandle(handle -> {
            handle.execute(
                    "update run set ended_at = now() - ? * interval '1 day' where agent_id = ?", days, id(agent));
            handle.execute(
                    "update artifact set created_at = now() - ? * interval '1 day' where agent_id = ?",
                    days,
                    id(agent));
        });
    }

    private static long count(String sql, Object... values) {
        return jdbi.withHandle(
                handle -> handle.select(sql, values).mapTo(Long.class).one());
    }

    private static long events(String agent) {
        return count("select count(*) from run_event e join run r on r.id = e.run_id where r.agent_id = ?", id(agent));
    }

    private static List<String> log(String agent) {
        JsonNode data = api.get(AGENTS + agent + "/logs").json().path("data");
        return StreamSupport.stream(data.spliterator(), false)
                .map(event -> event.path("kind").asText() + ": "
                        + event.path("message").asText())
                .toList();
    }

    @Test
    void theEventsOfAnOldRunGoAndItsLogSaysSo() throws Exception {
        String old = done("$ echo one\\n$ echo two");
        String fresh = done("$ echo three");
        List<String> freshLog = log(fresh);
        JsonNode before = api.get(AGENTS + old).json();
        endedDaysAgo(old, 8);

        prune();

        JsonNode after = api.get(AGENTS + old).json();
        assertThat(after.path("status").asText()).isEqualTo("completed");
        assertThat(after.path("result")).isEqualTo(before.path("result"));
        assertThat(after.path("usage")).isEqualTo(before.path("usage"));
        assertThat(log(old)).hasSize(2);
        assertThat(log(old).getFirst()).contains("was pruned: logs are kept for 7 days after the end of a run");
        assertThat(log(old).getLast()).startsWith("end");
        assertThat(events(old)).isEqualTo(2);
        assertThat(log(fresh)).isEqualTo(freshLog);
    }

    @Test
    void aPrunedRunIsNeitherExecutedAgainNorForked() throws Exception {
        String old = done("$ echo one");
        endedDaysAgo(old, 8);
        assertThat(api.post(AGENTS + old + "/fork", "{\"at\":1}").status()).isEqualTo(201);

        prune();

        assertThat(api.post(AGENTS + old + "/fork", "{\"at\":1}").body()).contains("was pruned");
        assertThat(api.get("/api/v1/runs/" + run(old).value() + "/replay").body())
                .contains("its log was pruned");
    }

    private static RunId run(String agent) {
        return new RunId(jdbi.withHandle(handle -> handle.select("select id from run where agent_id = ?", id(agent))
                .mapTo(UUID.class)
                .one()));
    }

    @Test
    void whoFollowsAPrunedLogIsToldFromWhereverItGoesOn() throws Exception {
        String old = done("$ echo one\\n$ echo two");
        long last = api.get(AGENTS + old + "/logs?order=desc&limit=1")
                .json()
                .at("/data/0/seq")
                .asLong();
        endedDaysAgo(old, 8);

        prune();

        for (long after : new long[] {0, 1, last - 2}) {
            assertThat(api.get(AGENTS + old + "/events?after=" + after).body())
                    .contains("was pruned", "event: end")
                    .doesNotContain("event: tool");
        }
        assertThat(api.get(AGENTS + old + "/events?after=" + (last - 1)).body())
                .contains("event: end")
                .doesNotContain("was pruned");
        assertThat(api.get(AGENTS + old + "/events?after=" + last).status()).isEqualTo(204);
    }

    @Test
    void aRunThatIsOlderStillGoesWithAllThatBelongsToIt() throws Exception {
        String gone = done("$ mkdir artifacts; echo hello > artifacts/a.txt");
        assertThat(api.get(AGENTS + gone + "/artifacts").json().path("data")).hasSize(1);
        endedDaysAgo(gone, 31);
        JsonNode usage = api.get("/api/v1/usage").json();

        prune();

        assertThat(api.get(AGENTS + gone).status()).isEqualTo(404);
        assertThat(api.get(AGENTS + gone + "/logs").status()).isEqualTo(404);
        assertThat(api.get("/api/v1/agents?limit=100").body()).doesNotContain(gone);
        assertThat(events(gone)).isZero();
        for (String table : List.of("run", "artifact", "webhook_delivery")) {
            assertThat(count("select count(*) from " + table + " where agent_id = ?", id(gone)))
                    .as(table)
                    .isZero();
        }
        assertThat(count("select count(*) from agent where id = ?", id(gone))).isZero();
        assertThat(count("select count(*) from artifact_piece p where not exists"
                        + " (select from artifact a where a.id = p.artifact_id)"))
                .isZero();
        assertThat(api.get("/api/v1/usage").json().path("runs")).isEqualTo(usage.path("runs"));
        assertThat(api.get("/api/v1/usage").json().path("tokens")).isEqualTo(usage.path("tokens"));
    }

    @Test
    void whatIsUnderWayStaysHoweverOld() throws Exception {
        String live = api.post("/api/v1/agents", "{\"task\":\"$ sleep 60\"}").text("agent_id");
        api.await(AGENTS + live, view -> view.path("status").asText().equals("running"));
        jdbi.useHandle(handle -> handle.execute(
                "update run set created_at = created_at - interval '90 days' where agent_id = ?", id(live)));
        long events = events(live);

        prune();

        assertThat(api.get(AGENTS + live).text("status")).isEqualTo("running");
        assertThat(events(live)).isGreaterThanOrEqualTo(events);
        api.delete(AGENTS + live);
    }

    @Test
    void aRunOfWhichANoticeIsStillToBeSentStays() throws Exception {
        String told = done("$ echo one");
        endedDaysAgo(told, 31);
        jdbi.useHandle(handle -> handle.execute("""
                insert into webhook_delivery (id, webhook_id, owner_id, run_id, own_hook, agent_id, type, body, status,
                    created_at, next_attempt_at)
                select gen_random_uuid(), gen_random_uuid(), owner_id, id, true, agent_id, 'agent.completed', '{}',
                    'pending', now() - interval '31 days', now() + interval '1 day'
                from run where agent_id = ?
                """, id(told)));
        long events = events(told);

        prune();

        assertThat(events(told)).isEqualTo(events);
        assertThat(count("select count(*) from webhook_delivery where agent_id = ?", id(told)))
                .isEqualTo(1);
    }

    @Test
    void anAgentThatMadeOthersStaysUntilTheyAreGone() throws Exception {
        String parent = done("$ echo parent");
        String child = done("$ echo child");
        jdbi.useHandle(handle -> handle.execute("update agent set parent_id = ? where id = ?", id(parent), id(child)));
        endedDaysAgo(parent, 31);

        prune();
        assertThat(api.get(AGENTS + parent).text("status")).isEqualTo("completed");

        endedDaysAgo(child, 31);
        prune();
        assertThat(api.get(AGENTS + child).status()).isEqualTo(404);
        prune();
        assertThat(api.get(AGENTS + parent).status()).isEqualTo(404);
    }

    @Test
    void whatWasSaidOnAThreadOutlivesTheEventsAndGoesWithTheRun() throws Exception {
        String made = api.post("/api/v2/ai-agents/v1/agents?teamId=1", """
                        {"name":"Talker","teamId":1,"makeConnectionId":5,"defaultModel":"jettson-6.0",
                        "systemPrompt":"p"}""").text("agentId");
        String agent = "/api/v2/ai-agents/v1/agents/" + made;
        talk(agent, "first words");
        talk(agent, "second words");
        Waiting.until(() -> count("select count(*) from run where agent_id = ? and ended_at is null", uuid(made)) == 0);
        age(uuid(made), 1, 8);

        prune();
        assertThat(thread(agent)).contains("first words", "second words");
        assertThat(count("select count(*) from run where agent_id = ? and pruned_at is not null", uuid(made)))
                .isEqualTo(1);

        age(uuid(made), 1, 31);
        prune();
        assertThat(thread(agent)).contains("second words").doesNotContain("first words");

        age(uuid(made), 2, 31);
        prune();
        assertThat(api.get(agent + "?teamId=1").status()).isEqualTo(200);
        talk(agent, "third words");
        assertThat(thread(agent)).contains("third words").doesNotContain("second words");
    }

    private static UUID uuid(String made) {
        return Spelling.AGENT.read(made).orElseGet(() -> UUID.fromString(made));
    }

    private static void age(UUID agent, int ordinal, int days) {
        jdbi.useHandle(handle -> handle.execute(
                "update run set ended_at = now() - ? * interval '1 day' where agent_id = ? and ordinal = ?",
                days,
                agent,
                ordinal));
    }

    private static void talk(String agent, String words) {
        var reply = api.send(api.as(agent + "/run?teamId=1")
                .POST(BodyPublishers.ofString("{\"messages\":[{\"role\":\"user\",\"content\":\"" + words
                        + "\"}],\"threadId\":\"t\",\"config\":{}}")));
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    }

    private static String thread(String agent) {
        return api.get(agent + "/threads/t?teamId=1").body();
    }

    @Test
    void aCrashAmidALogLeavesNothingUndone() throws Exception {
        String torn = done("$ echo one\\n$ echo two\\n$ echo three");
        endedDaysAgo(torn, 8);
        RunId run = run(torn);
        PruneStore store = new PruneStore(jdbi, new JacksonEventCodec());
        store.note(List.of(run), "All that stood here and before was pruned.");
        assertThat(store.thin(List.of(run), 3)).isEqualTo(3);
        assertThat(log(torn).getLast()).startsWith("end");

        prune();

        assertThat(events(torn)).isEqualTo(2);
        assertThat(log(torn).getFirst()).contains("was pruned");
        assertThat(count("select count(*) from run where id = ? and pruned_at is not null and cut", run.value()))
                .isEqualTo(1);
    }

    @Test
    void deliveriesAndTheAuditGoWithTheirOwnTime() {
        jdbi.useHandle(handle -> {
            for (int days : new int[] {6, 8}) {
                handle.execute(
                        "insert into audit (id, at, actor, action, target, detail) values"
                                + " (gen_random_uuid(), now() - ? * interval '1 day', 'user:x', 'test.kept', 'y', '')",
                        days);
                handle.execute(
                        "insert into activity (id, actor_kind, actor, action, entity_kind, entity, created_at) values"
                                + " (gen_random_uuid(), 'user', 'x', 'test.kept', 'agent', 'y',"
                                + " now() - ? * interval '1 day')",
                        days);
                handle.execute("""
                        insert into webhook_delivery (id, webhook_id, owner_id, own_hook, type, body, status,
                            created_at)
                        select gen_random_uuid(), gen_random_uuid(), id, false, 'test.kept', '{}', 'delivered',
                            now() - ? * interval '1 day' from app_user limit 1
                        """, days);
            }
        });

        prune();

        for (String where : List.of(
                "audit where action = 'test.kept'",
                "activity where action = 'test.kept'",
                "webhook_delivery where type = 'test.kept'")) {
            assertThat(count("select count(*) from " + where)).as(where).isEqualTo(1);
        }
    }

    @Test
    void whateverRefersToAgentsIsThoughtOfWhenOneGoes() {
        Set<String> tables = jdbi.withHandle(
                handle -> handle.createQuery("""
                                select conrelid::regclass::text from pg_constraint
                                where confrelid = 'agent'::regclass and contype = 'f' and confdeltype = 'a'
                                """).mapTo(String.class).set());
        assertThat(tables)
                .as("tables whose rows keep an agent from going: prune them, or name them in OldRunStore.MORE")
                .containsExactlyInAnyOrder(
                        "agent",
                        "artifact",
                        "chat_session",
                        "context",
                        "conversation_settings",
                        "execution",
                        "machine",
                        "member",
                        "run",
                        "schedule",
                        "spawn_once",
                        "thread");
    }
}
