package dev.drover.api.slaw;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.api.TestingApi.Reply;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What users taught others (SLAW contract, section 9), as far as it is about who decides. */
class SlawRequirementsOfGovernmentTest {
    private static final TestingSquad SERVER = new TestingSquad();

    @AfterAll
    static void close() {
        SERVER.close();
    }

    private static Reply hire(TestingSquad server, String squad, String name) {
        Reply reply = server.post(
                "/api/squads/" + squad + "/agent-hires", "{\"name\":\"" + name + "\",\"role\":\"engineer\"}");
        assertThat(reply.status()).as(reply.body()).isEqualTo(202);
        return reply;
    }

    private static String status(TestingSquad server, Reply hired) {
        return server.get("/api/approvals/" + hired.text("approvalId"))
                .json()
                .at("/approval/status")
                .asText();
    }

    /** Line 1. */
    @Test
    void nobodyGetsRoundTheApprovalOfAHire() {
        Reply hired = hire(SERVER, SERVER.squad("No Way Round", ""), "Waiting");
        String agent = "/api/agents/" + hired.text("agentId");
        JsonNode before = SERVER.shown(hired.text("agentId"));
        for (String what : List.of("/pause", "/resume")) {
            refused(SERVER.post(agent + what, ""), 422);
        }
        refused(SERVER.post(agent + "/keys", "{\"name\":\"early\"}"), 422);
        for (String body : List.of("{\"status\":\"active\"}", "{\"title\":\"Boss\"}")) {
            refused(SERVER.patch(agent, body), 422);
        }
        refused(SERVER.patch(agent + "/permissions", "{\"canCreateAgents\":true}"), 422);
        refused(SERVER.post(agent + "/heartbeat/invoke", "{}"), 422);
        SERVER.send(SERVER.operator(), "PUT", "/api/settings/ssh_access_enabled", "{\"value\":\"true\"}");
        List<String> elsewhere = List.of(
                "/start",
                "/stop",
                "/chat",
                "/task",
                "/exec",
                "/ssh-access",
                "/credentials/inject",
                "/credentials/export",
                "/credentials/import",
                "/tags/x");
        for (String what : elsewhere) {
            Reply reply = SERVER.post("/api/agents/waiting" + what, "{\"message\":\"hello\"}");
            assertThat(reply.status()).as(what + " " + reply.body()).isEqualTo(409);
            assertThat(reply.body()).contains("Agent is pending approval");
        }
        assertThat(SERVER.send(SERVER.operator(), "PUT", "/api/agents/waiting/files?path=x", "{\"content\":\"x\"}")
                        .status())
                .isEqualTo(409);
        assertThat(SERVER.send(SERVER.operator(), "PUT", "/api/agents/waiting/rename", "{\"newName\":\"working\"}")
                        .status())
                .isEqualTo(409);
        assertThat(SERVER.shown(hired.text("agentId"))).isEqualTo(before);
        assertThat(before.path("status").asText()).isEqualTo("pending_approval");
        assertThat(SERVER.get(agent + "/keys").json().path("keys")).isEmpty();
        assertThat(count("machine", hired)).isZero();
        assertThat(count("credential", hired)).isZero();
    }

    private static void refused(Reply reply, int status) {
        assertThat(reply.status()).as(reply.body()).isEqualTo(status);
        assertThat(TestingSquad.code(reply)).isEqualTo("invalid_state");
        assertThat(reply.json().at("/details/status").asText()).isEqualTo("pending_approval");
    }

    private static int count(String table, Reply hired) {
        return SERVER.jdbi()
                .withHandle(handle -> handle.createQuery("select count(*) from " + table + " where agent_id = :agent")
                        .bind("agent", UUID.fromString(hired.text("agentId")))
                        .mapTo(Integer.class)
                        .one());
    }

    /** Line 2: the database fails at every step that hire, approve and reject take, as if the server were gone. */
    @Test
    void agentsAndApprovalsNeverDisagree() {
        String squad = SERVER.squad("Never Disagree", "");
        List<String> steps = List.of(
                "agent", "member", "approval", "activity", "squad_news", "machine", "budget", "credential", "run_pass");
        int survived = 0;
        for (String table : steps) {
            String name = "At " + table.replace('_', ' ');
            List<Integer> statuses = new ArrayList<>();
            failing(
                    table,
                    () -> statuses.add(SERVER.post(
                                    "/api/squads/" + squad + "/agent-hires",
                                    "{\"name\":\"" + name + "\",\"role\":\"engineer\"}")
                            .status()));
            agree();
            Reply first = hire(SERVER, squad, name + " again");
            Reply second = hire(SERVER, squad, name + " once more");
            failing(table, () -> {
                statuses.add(decide(first, "approve"));
                statuses.add(decide(second, "reject"));
            });
            agree();
            decide(first, "approve");
            decide(second, "reject");
            assertThat(status(SERVER, first)).isEqualTo("approved");
            assertThat(status(SERVER, second)).isEqualTo("rejected");
            agree();
            survived += (int) statuses.stream().filter(status -> status == 500).count();
        }
        assertThat(survived).as("steps that failed").isGreaterThanOrEqualTo(10);
    }

    private static int decide(Reply hired, String what) {
        return SERVER.post("/api/approvals/" + hired.text("approvalId") + "/" + what, "")
                .status();
    }

    /** Whatever is written to the table meanwhile fails. */
    private static void failing(String table, Runnable work) {
        SERVER.sql("create or replace function fails() returns trigger language plpgsql as"
                + " $$ begin raise exception 'the power fails'; end $$");
        SERVER.sql("create trigger fails before insert or update or delete on " + table
                + " for each row execute function fails()");
        try {
            work.run();
        } finally {
            SERVER.sql("drop trigger fails on " + table);
        }
    }

    private static void agree() {
        assertThat(names("""
                        select coalesce(a.name, p.payload) from (select * from agent where hold = 'pending'
                            and deleted_at is null) a full join (select * from approval where hire_id is not null
                            and status in ('pending', 'revision_requested')) p on p.hire_id = a.id
                        where a.id is null or p.id is null
                        """))
                .as("pending agents without an open approval, or the other way round")
                .isEmpty();
        assertThat(names("""
                        select a.name from agent a join approval p on p.hire_id = a.id
                        where p.status = 'rejected' and a.hold is distinct from 'terminated'
                            or p.status = 'approved' and a.hold is not null
                        """)).as("agents that are not what was decided").isEmpty();
    }

    private static List<String> names(String sql) {
        return SERVER.jdbi()
                .withHandle(
                        handle -> handle.createQuery(sql).mapTo(String.class).list());
    }

    /** Line 2, its end. */
    @Test
    void theRejectedStayTerminatedAfterARestart() {
        try (TestingSquad server = new TestingSquad()) {
            String squad = server.squad("Restarting", "");
            Reply no = hire(server, squad, "No");
            Reply open = hire(server, squad, "Open");
            server.post("/api/approvals/" + no.text("approvalId") + "/reject", "");
            server.plane().restart();
            assertThat(server.shown(no.text("agentId")).path("status").asText()).isEqualTo("terminated");
            assertThat(server.post("/api/approvals/" + no.text("approvalId") + "/approve", "")
                            .status())
                    .isEqualTo(422);
            assertThat(server.shown(open.text("agentId")).path("status").asText())
                    .isEqualTo("pending_approval");
            assertThat(status(server, open)).isEqualTo("pending");
        }
    }

    /** Line 3. */
    @Test
    void whateverEndsAPendingHireSettlesItsApproval() {
        String squad = SERVER.squad("Settling", "");
        Reply terminated = hire(SERVER, squad, "To Terminate");
        SERVER.post("/api/agents/" + terminated.text("agentId") + "/terminate", "");
        Reply deleted = hire(SERVER, squad, "To Delete");
        SERVER.delete("/api/agents/" + deleted.text("agentId"));
        Reply elsewhere = hire(SERVER, squad, "To Delete Elsewhere");
        SERVER.delete("/api/agents/to-delete-elsewhere");
        Reply withdrawn = hire(SERVER, squad, "To Withdraw");
        SERVER.post("/api/approvals/" + withdrawn.text("approvalId") + "/withdraw", "");
        for (Reply hired : List.of(terminated, deleted, elsewhere, withdrawn)) {
            assertThat(status(SERVER, hired)).isEqualTo("cancelled");
            assertThat(decide(hired, "approve")).isEqualTo(422);
        }
        for (Reply hired : List.of(terminated, withdrawn)) {
            assertThat(SERVER.shown(hired.text("agentId")).path("status").asText())
                    .isEqualTo("terminated");
        }
        assertThat(SERVER.get("/api/agents/" + deleted.text("agentId")).status())
                .isEqualTo(404);
    }

    /** Line 4. */
    @Test
    void aRequesterMayWithdrawAndDecidedApprovalsStayOutOfSight() {
        String squad = SERVER.squad("Out Of Sight", "");
        String lead = SERVER.key(SERVER.agent(squad, "Lead", ",\"role\":\"squad_lead\""));
        Reply hired = SERVER.send(
                lead, "POST", "/api/squads/" + squad + "/agent-hires", "{\"name\":\"Maybe\",\"role\":\"engineer\"}");
        Reply kept = hire(SERVER, squad, "Kept");
        Reply withdrawn = SERVER.send(lead, "POST", "/api/approvals/" + hired.text("approvalId") + "/withdraw", "");
        assertThat(withdrawn.json().at("/approval/status").asText()).isEqualTo("cancelled");
        assertThat(SERVER.get(lead, "/api/squads/" + squad + "/approvals?status=pending")
                        .json()
                        .path("approvals")
                        .findValuesAsText("id"))
                .containsExactly(kept.text("approvalId"));
    }

    /** Line 5. */
    @Test
    void whoAskedIsWokenWithTheDecision() throws InterruptedException {
        String squad = SERVER.squad("Woken");
        for (String decision : List.of("approve", "reject")) {
            String agent = SERVER.agent(
                    squad,
                    "Asking to " + decision,
                    ",\"adapterType\":\"process\",\"adapterConfig\":{\"command\":\"env\"}");
            Reply asked = SERVER.send(
                    SERVER.key(agent),
                    "POST",
                    "/api/squads/" + squad + "/approvals",
                    "{\"type\":\"request_operator_approval\",\"payload\":{\"plan\":\"ship\"}}");
            String approval = asked.json().at("/approval/id").asText();
            assertThat(SERVER.post("/api/approvals/" + approval + "/" + decision, "")
                            .status())
                    .isEqualTo(200);
            SERVER.post("/api/approvals/" + approval + "/" + decision, "");
            String runs = "/api/squads/" + squad + "/heartbeat-runs?agentId=" + agent;
            JsonNode over = SERVER.api()
                    .await(
                            runs,
                            json -> json.at("/runs/0/finishedAt").isTextual()
                                    || json.at("/heartbeatRuns/0/finishedAt").isTextual())
                    .json();
            assertThat(over.elements().next()).as(over.toString()).hasSize(1);
            JsonNode run = SERVER.get("/api/heartbeat-runs/"
                            + over.elements().next().get(0).path("id").asText())
                    .json()
                    .path("run");
            String word = decision.equals("approve") ? "approved" : "rejected";
            assertThat(run.path("status").asText()).as(run.toString()).isEqualTo("succeeded");
            assertThat(run.toString())
                    .contains("SLAW_WAKE_REASON=approval_" + word)
                    .contains("SLAW_APPROVAL_ID=" + approval)
                    .contains("SLAW_APPROVAL_STATUS=" + word);
        }
    }

    /** Line 9. */
    @Test
    void theSigningSecretOfRunsIsItsOwn() {
        try (TestingSquad server = new TestingSquad()) {
            String users = server.plane().serverKey("key of login tokens");
            String secret = server.plane().serverKey("key of run tokens");
            server.plane().stop();
            server.sql("delete from server_key where name = 'key of login tokens'");
            server.plane().restart();
            assertThat(server.plane().serverKey("key of login tokens")).isNotEqualTo(users);
            assertThat(server.plane().serverKey("key of run tokens")).isEqualTo(secret);
            server.plane().stop();
            server.sql("delete from server_key where name = 'key of run tokens'");
            server.plane().restart();
            assertThat(server.plane().serverKey("key of run tokens"))
                    .matches("[0-9a-f]{64}")
                    .isNotIn(secret, users);
        }
    }

    /** Line 26. */
    @Test
    void aNonsenseTokenIsRefusedInEveryMode() throws IOException {
        assertThat(SERVER.get("nonsense", "/api/squads").status()).isEqualTo(401);
        assertThat(SERVER.api().send(SERVER.api().to("/api/squads")).status()).isEqualTo(401);
        try (TestingSquad server =
                new TestingSquad(Map.of("DROVER_MODEL", "offline", "SLAW_DEPLOYMENT_MODE", "local_trusted"))) {
            assertThat(server.api().send(server.api().to("/api/squads")).status())
                    .isEqualTo(200);
            for (String shown :
                    List.of("Bearer nonsense", "Bearer sk-agent-0", "Basic YTpi", "Bearer", "Bearer a.b.c")) {
                Reply reply = server.api().send(server.api().to("/api/squads").header("Authorization", shown));
                assertThat(reply.status()).as(shown).isEqualTo(401);
                assertThat(TestingSquad.code(reply)).isEqualTo("unauthenticated");
            }
            assertThat(server.api().send(server.api().to("/api/agents")).status())
                    .as("other dialects ask for a credential as ever")
                    .isEqualTo(401);
            assertThat(server.api()
                            .send(server.api().to("/api/squads").header("X-Forwarded-For", "10.0.0.1"))
                            .status())
                    .isEqualTo(401);
            assertThat(server.api()
                            .send(server.api().to("/api/squads").header("Origin", "https://evil.example"))
                            .status())
                    .isEqualTo(401);
            assertThat(server.api()
                            .send(server.api().to("/api/squads").header("Origin", "http://localhost:3000"))
                            .status())
                    .isEqualTo(200);
            assertThat(byName(server.plane().url(), "localhost:8000")).startsWith("HTTP/1.1 200");
            assertThat(byName(server.plane().url(), "evil.example")).startsWith("HTTP/1.1 401");
            assertThat(byName(server.plane().url(), "127.0.0.1.evil.example")).startsWith("HTTP/1.1 401");
        }
    }

    /** What a request is answered that calls the server so. */
    private static String byName(URI url, String host) throws IOException {
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(("GET /api/squads HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Line 27. */
    @Test
    void keysExpireAndRevokeAtOnce() throws InterruptedException {
        String agent = SERVER.agent(SERVER.squad("Expiring"), "Ephemeral");
        Instant end = Instant.now().plusMillis(1_500);
        Reply made =
                SERVER.post("/api/agents/" + agent + "/keys", "{\"name\":\"brief\",\"expiresAt\":\"" + end + "\"}");
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        String token = made.text("token");
        assertThat(SERVER.get(token, "/api/agents/" + agent).status()).isEqualTo(200);
        Thread.sleep(Math.max(0, end.toEpochMilli() - System.currentTimeMillis()) + 50);
        assertThat(SERVER.get(token, "/api/agents/" + agent).status()).isEqualTo(401);
        Reply lasting = SERVER.post("/api/agents/" + agent + "/keys", "{\"name\":\"lasting\"}");
        assertThat(SERVER.get(lasting.text("token"), "/api/agents/" + agent).status())
                .isEqualTo(200);
        SERVER.delete(
                "/api/agents/" + agent + "/keys/" + lasting.json().at("/key/id").asText());
        assertThat(SERVER.get(lasting.text("token"), "/api/agents/" + agent).status())
                .isEqualTo(401);
    }
}
