package dev.drover.api.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.api.TestingApi.Reply;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ConsoleOverviewApiTest {
    private static final TestingHome HOME = new TestingHome();
    private static String ann = "";
    private static String ben = "";
    private static UUID failed = UUID.randomUUID();

    @BeforeAll
    static void fill() {
        ann = HOME.user("ann", "user");
        ben = HOME.user("ben", "user");
        UUID done = HOME.agent("Done", "ann", "jettson");
        HOME.ended(done, "completed");
        failed = HOME.agent("Failed", "ann", "jettson");
        HOME.ended(failed, "error");
        HOME.agent("Idle", "ann", "make");
        UUID off = HOME.agent("Off", "ann", "trinity");
        HOME.machine(off, "stopped");
        UUID shared = HOME.agent("Shared", "ann", "trinity");
        HOME.machine(shared, "running");
        HOME.sql(
                "insert into agent_share (agent_id, email, shared_by, created_at) values (?, ?, ?, now())",
                shared,
                "ben@example.org",
                HOME.userId("ann"));
        UUID died = HOME.agent("Died", "ben", "trinity");
        HOME.machine(died, "exited");
        UUID paused = HOME.agent("Paused", "ben", "slaw");
        HOME.sql("update agent set hold = 'paused' where id = ?", paused);
    }

    @AfterAll
    static void close() {
        HOME.close();
    }

    private static JsonNode overview(String credential) {
        Reply reply = HOME.get(credential, "/api/v1/overview");
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return reply.json();
    }

    private static JsonNode states(String credential) {
        return overview(credential).at("/agents/states");
    }

    private static List<String> kinds(JsonNode overview) {
        return StreamSupport.stream(overview.at("/attention/items").spliterator(), false)
                .map(item -> item.path("kind").asText())
                .toList();
    }

    @Test
    void countsAgentsByTheirStatesAndDialects() {
        JsonNode agents = overview(ann).path("agents");
        assertThat(agents.path("total").asInt()).isEqualTo(5);
        JsonNode states = agents.path("states");
        assertThat(states.path("done").asInt()).isEqualTo(1);
        assertThat(states.path("failed").asInt()).isEqualTo(1);
        assertThat(states.path("off").asInt()).isEqualTo(1);
        assertThat(states.path("idle").asInt()).isEqualTo(2);
        assertThat(states.path("pending").asInt(-1)).isZero();
        assertThat(agents.path("dialects").findValuesAsText("dialect")).containsExactly("jettson", "make", "trinity");
        assertThat(agents.at("/dialects/2/total").asInt()).isEqualTo(2);
    }

    @Test
    void showsAUserTheirOwnAndWhatIsSharedAndOperatorsAll() {
        assertThat(states(ben).path("idle").asInt()).isEqualTo(1);
        assertThat(states(ben).path("failed").asInt()).isEqualTo(1);
        assertThat(states(ben).path("paused").asInt()).isEqualTo(1);
        assertThat(overview(ben).at("/agents/total").asInt()).isEqualTo(3);
        assertThat(overview(HOME.user("olga", "operator")).at("/agents/total").asInt())
                .isGreaterThanOrEqualTo(7);
    }

    @Test
    void showsAnAgentItselfAndThoseThatItMade() {
        UUID parent = HOME.agent("Parent", "admin", "jettson");
        UUID child = HOME.agent("Child", "admin", "jettson");
        HOME.sql("update agent set parent_id = ? where id = ?", parent, child);
        String key = HOME.credential(HOME.userId("admin"), "agent_key", parent);
        assertThat(overview(key).at("/agents/total").asInt()).isEqualTo(2);
        assertThat(HOME.get(key, "/api/v1/fleet").json().path("data").findValuesAsText("name"))
                .containsExactlyInAnyOrder("Parent", "Child");
    }

    @Test
    void tellsWhatNeedsAPersonFirst() {
        JsonNode overview = overview(ann);
        assertThat(kinds(overview)).containsExactly("run_failed");
        JsonNode item = overview.at("/attention/items/0");
        assertThat(item.path("text").asText()).isEqualTo("A run failed: model unavailable");
        assertThat(item.at("/agent/id").asText()).isEqualTo(failed.toString());
        assertThat(item.at("/agent/agent_id").asText()).startsWith("ag_");
        assertThat(item.path("run_id").asText()).isNotEmpty();
        assertThat(kinds(overview(ben))).containsExactly("computer_died");
        assertThat(kinds(overview(HOME.api().plane().operator())))
                .contains("computer_died", "no_model", "run_failed")
                .doesNotContain("setup");
    }

    @Test
    void tellsOfApprovalsAndSpentBudgetsOnlyThoseWhoMayDoSomethingAboutThem() {
        UUID squad = UUID.randomUUID();
        HOME.sql("""
                insert into squad (id, name, status, prefix, needs_approval, created_at, updated_at)
                values (?, 'Questions', 'active', 'QUE', true, now(), now())
                """, squad);
        HOME.sql("""
                insert into approval (id, squad_id, type, status, payload, created_at, updated_at)
                values (?, ?, 'hire_agent', 'pending', '{}', now(), now())
                """, UUID.randomUUID(), squad);
        HOME.sql("""
                insert into budget_incident (id, scope, level, kind, month, limit_cents, limit_tokens, spent_micros,
                    spent_tokens, created_at)
                values (?, ?, 'squad', 'hard', date_trunc('month', now() at time zone 'UTC')::date, 1, 0, 1, 0, now())
                """, UUID.randomUUID(), squad);
        JsonNode all = overview(HOME.api().plane().operator());
        assertThat(all.at("/approvals/total").asInt()).isEqualTo(1);
        assertThat(all.at("/approvals/items/0/squad").asText()).isEqualTo("Questions");
        assertThat(kinds(all)).startsWith("approval", "budget");
        assertThat(all.at("/attention/items/0/approval_id").asText())
                .isEqualTo(all.at("/approvals/items/0/approval_id").asText());
        assertThat(overview(ann).at("/approvals/total").asInt()).isZero();
        assertThat(kinds(overview(ann))).doesNotContain("approval", "budget");
    }

    @Test
    void tellsItsOwnerOfAWebhookThatWasTurnedOff() {
        String carl = HOME.user("carl", "user");
        HOME.sql("""
                insert into webhook (id, owner_id, url, events, enabled, disabled_reason, secret, key_id, form,
                    created_at, updated_at)
                values (?, ?, 'https://example.org', '{}', false, 'failing', '', 'k', 'jettson', now(), now())
                """, UUID.randomUUID(), HOME.userId("carl"));
        JsonNode item = overview(carl).at("/attention/items/0");
        assertThat(item.path("kind").asText()).isEqualTo("webhook_disabled");
        assertThat(item.path("webhook_id").asText()).startsWith("wh_");
        assertThat(kinds(overview(ann))).doesNotContain("webhook_disabled");
    }

    @Test
    void tellsOfToolsOfWhichNobodyKnowsWhatTheyDid() {
        String fred = HOME.user("fred", "user");
        UUID run = HOME.ended(HOME.agent("Doubtful", "fred", "jettson"), "completed");
        HOME.sql("update run set fence = 2 where id = ?", run);
        HOME.sql("""
                insert into run_event (run_id, seq, step, at, kind, label, payload)
                values (?, 1, 1, now(), 'tool_returned', '', '{"tool":"shell_run","isError":true,"inDoubt":true}')
                """, run);
        JsonNode item = overview(fred).at("/attention/items/0");
        assertThat(item.path("kind").asText()).isEqualTo("run_in_doubt");
        assertThat(item.path("text").asText()).endsWith("nobody knows what it did: shell_run");
        assertThat(item.path("run_id").asText()).isEqualTo(run.toString());
    }

    @Test
    void countsRunsOfHeartbeatsToo() {
        String gina = HOME.user("gina", "user");
        UUID agent = HOME.agent("Beating", "gina", "slaw");
        UUID running = HOME.heartbeat(agent, "running");
        HOME.sql("""
                insert into heartbeat_event (run_id, seq, type, stream, level, message, created_at)
                values (?, 1, 'adapter.invoke', 'system', 'info', 'adapter invocation', now())
                """, running);
        HOME.heartbeat(agent, "failed");
        JsonNode overview = overview(gina);
        assertThat(overview.at("/agents/states/running").asInt()).isEqualTo(1);
        assertThat(overview.at("/runs/total").asInt()).isEqualTo(1);
        assertThat(overview.at("/runs/items/0/kind").asText()).isEqualTo("heartbeat");
        assertThat(overview.at("/runs/items/0/run_id").asText()).isEqualTo(running.toString());
        assertThat(overview.at("/runs/items/0/doing").asText()).isEqualTo("adapter invocation");
        assertThat(overview.at("/today/runs").asInt()).isEqualTo(2);
        assertThat(kinds(overview)).containsExactly("heartbeat_failed");
        JsonNode listed = HOME.get(gina, "/api/v1/fleet").json().at("/data/0");
        assertThat(listed.path("run_kind").asText()).isEqualTo("heartbeat");
        assertThat(listed.path("doing").asText()).isEqualTo("adapter invocation");
    }

    @Test
    void addsUpWhatWasUsed() {
        JsonNode overview = overview(ann);
        assertThat(overview.at("/today/runs").asInt()).isEqualTo(2);
        assertThat(overview.at("/today/failed").asInt()).isEqualTo(1);
        assertThat(overview.at("/today/tokens").asLong()).isEqualTo(2020);
        assertThat(overview.path("days")).hasSize(14);
        double hours = 0;
        for (JsonNode day : overview.path("days")) {
            hours += day.path("hours").asDouble();
        }
        assertThat(hours).isBetween(1.99, 2.01);
        assertThat(overview.at("/today/spend_usd").isNumber()).isTrue();
    }

    @Test
    void countsMoneyOfCallsThatWereMetered() {
        String dora = HOME.user("dora", "user");
        UUID agent = HOME.agent("Spender", "dora", "slaw");
        HOME.sql("""
                insert into cost_event (id, agent_id, provider, model, cost_micros, input_tokens, cached_input_tokens,
                    output_tokens, metered, month, occurred_at, created_at)
                values (?, ?, 'p', 'm', 1250000, 70, 0, 7, true, current_date, now(), now())
                """, UUID.randomUUID(), agent);
        JsonNode overview = overview(dora);
        assertThat(overview.at("/today/spend_usd").asDouble()).isEqualTo(1.25);
        assertThat(overview.path("month_spend_usd").asDouble()).isEqualTo(1.25);
        assertThat(overview.at("/today/tokens").asLong()).isEqualTo(77);
        assertThat(overview.path("spend_estimated").asBoolean()).isFalse();
    }

    @Test
    void tellsWhatIsInFlightWithItsStep() throws InterruptedException {
        Reply spawned = HOME.api().post("/api/v1/agents", "{\"name\":\"Sleeper\",\"task\":\"$ sleep 300\"}");
        Reply seen = HOME.api()
                .await(
                        "/api/v1/overview",
                        overview -> overview.at("/runs/items/0/doing").asText().startsWith("using"));
        JsonNode run = seen.json().at("/runs/items/0");
        assertThat(run.at("/agent/agent_id").asText()).isEqualTo(spawned.text("agent_id"));
        assertThat(run.path("doing").asText()).contains("shell_run");
        assertThat(run.path("status").asText()).isEqualTo("running");
        assertThat(run.path("kind").asText()).isEqualTo("run");
        assertThat(run.path("task").asText()).isEqualTo("$ sleep 300");
        assertThat(run.path("since").asText()).isNotEmpty();
        HOME.api().delete("/api/v1/agents/" + spawned.text("agent_id"));
        Reply after = HOME.api()
                .await(
                        "/api/v1/overview",
                        overview -> overview.at("/runs/total").asInt() == 0);
        assertThat(after.json().at("/runs/items")).isEmpty();
    }

    @Test
    void refusesWhoShowsNoCredential() {
        for (String path : List.of("overview", "overview/stream", "fleet", "models", "tools")) {
            Reply reply = HOME.api().send(HOME.api().to("/api/v1/" + path));
            assertThat(reply.status()).as(path).isEqualTo(401);
        }
    }
}
