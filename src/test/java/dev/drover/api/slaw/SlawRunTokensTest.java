package dev.drover.api.slaw;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.TestingApi.Reply;
import dev.drover.core.access.Claims;
import dev.drover.core.id.AgentId;
import dev.drover.core.id.RunId;
import dev.drover.core.id.SquadId;
import dev.drover.provider.secret.SignedTokens;
import dev.drover.provider.secret.SigningKey;
import java.net.http.HttpRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Tokens of runs, and in which run a request is made (contract, section 2.1). */
class SlawRunTokensTest {
    private static final TestingSquad SERVER = new TestingSquad();

    @AfterAll
    static void close() {
        SERVER.close();
    }

    private static String token(String squad, String agent, UUID run) {
        SERVER.sql(
                "insert into run_pass (run_id, agent_id, expires_at) values (?, ?, now() + interval '1 hour')",
                run,
                UUID.fromString(agent));
        SigningKey users = SigningKey.of(SERVER.plane().serverKey("key of login tokens"));
        SigningKey runs = SigningKey.of(SERVER.plane().serverKey("key of run tokens"));
        Instant now = Instant.now();
        return new SignedTokens(users, runs, "default", Clock.systemUTC())
                .sign(new Claims.OfRun(
                        "admin",
                        new AgentId(UUID.fromString(agent)),
                        new SquadId(UUID.fromString(squad)),
                        "process",
                        new RunId(run),
                        now,
                        now.plusSeconds(3600)));
    }

    private static Reply comment(String credential, String approval, String run) {
        return SERVER.api()
                .send(SERVER.api()
                        .as(credential, "/api/approvals/" + approval + "/comments")
                        .header("X-Slaw-Run-Id", run)
                        .POST(HttpRequest.BodyPublishers.ofString("{\"body\":\"hello\"}")));
    }

    private static String approval(String squad) {
        return SERVER.post(
                        "/api/squads/" + squad + "/approvals",
                        "{\"type\":\"request_operator_approval\",\"payload\":{}}")
                .json()
                .at("/approval/id")
                .asText();
    }

    private static String tracedTo(String approval) {
        return SERVER.jdbi()
                .withHandle(handle -> handle.createQuery("""
                        select coalesce(run_id::text, 'none') from activity
                        where entity = :approval and action = 'approval.comment_added'
                        order by created_at desc, id desc limit 1
                        """)
                        .bind("approval", approval)
                        .mapTo(String.class)
                        .one());
    }

    @Test
    void tracesWhatATokenDoesToItsRun() {
        String squad = SERVER.squad("Traced");
        String agent = SERVER.agent(squad, "Runner");
        UUID run = UUID.randomUUID();
        String token = token(squad, agent, run);
        String approval = approval(squad);
        assertThat(comment(token, approval, run.toString().toUpperCase(Locale.ROOT))
                        .status())
                .isEqualTo(201);
        assertThat(tracedTo(approval)).isEqualTo(run.toString());
        assertThat(SERVER.send(token, "POST", "/api/approvals/" + approval + "/comments", "{\"body\":\"b\"}")
                        .status())
                .isEqualTo(201);
        assertThat(tracedTo(approval)).isEqualTo(run.toString());
    }

    @Test
    void refusesATokenUnderTheNameOfAnotherRun() {
        String squad = SERVER.squad("Misnamed");
        String token = token(squad, SERVER.agent(squad, "Runner"), UUID.randomUUID());
        String approval = approval(squad);
        for (String other : new String[] {UUID.randomUUID().toString(), "nonsense"}) {
            Reply reply = comment(token, approval, other);
            assertThat(reply.status()).as(other).isEqualTo(422);
            assertThat(TestingSquad.code(reply)).isEqualTo("run_id_mismatch");
        }
    }

    @Test
    void believesTheKeyOfAnAgentOnlyAboutItsOwnRuns() throws InterruptedException {
        String squad = SERVER.squad("Believed");
        String mine = SERVER.agent(squad, "Mine", ",\"adapterConfig\":{\"command\":\"true\"}");
        String other = SERVER.agent(squad, "Other");
        String run = SERVER.post("/api/agents/" + mine + "/heartbeat/invoke", "{}")
                .json()
                .at("/run/id")
                .asText();
        String approval = approval(squad);
        assertThat(comment(SERVER.key(mine), approval, run).status()).isEqualTo(201);
        assertThat(tracedTo(approval)).isEqualTo(run);
        assertThat(comment(SERVER.key(other), approval, run).status()).isEqualTo(201);
        assertThat(tracedTo(approval)).isEqualTo("none");
        assertThat(comment(SERVER.operator(), approval, run).status()).isEqualTo(201);
        assertThat(tracedTo(approval)).isEqualTo("none");
    }

    @Test
    void endsTokensWithTheirAgents() {
        String squad = SERVER.squad("Ending");
        String agent = SERVER.agent(squad, "Ender");
        String token = token(squad, agent, UUID.randomUUID());
        assertThat(SERVER.get(token, "/api/agents/" + agent).status()).isEqualTo(200);
        SERVER.post("/api/agents/" + agent + "/pause", "");
        assertThat(SERVER.get(token, "/api/agents/" + agent).status())
                .as("a paused agent may still call")
                .isEqualTo(200);
        SERVER.post("/api/agents/" + agent + "/terminate", "");
        for (String path : new String[] {"/api/agents/" + agent, "/api/agents", "/api/v1/agents"}) {
            assertThat(SERVER.get(token, path).status()).as(path).isEqualTo(401);
        }
    }

    @Test
    void takesNoTokenOfOneSquadForAnother() {
        String squad = SERVER.squad("Mine");
        String other = SERVER.squad("Yours");
        String agent = SERVER.agent(squad, "Between");
        assertThat(SERVER.get(token(other, agent, UUID.randomUUID()), "/api/squads/" + other)
                        .status())
                .isIn(401, 403);
    }
}
