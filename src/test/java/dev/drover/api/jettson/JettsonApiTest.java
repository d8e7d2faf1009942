package dev.drover.api.jettson;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.api.TestingApi;
import dev.drover.api.TestingApi.Reply;
import dev.drover.core.id.Spelling;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class JettsonApiTest {
    private static final TestingApi SERVER = new TestingApi();
    private static final String AGENTS = "/api/v1/agents";

    @AfterAll
    static void close() {
        SERVER.close();
    }

    @Test
    void answersASpawnAtOnceWithTheDocumentedFields() {
        Reply reply = SERVER.post(AGENTS, "{\"task\":\"$ echo hello\",\"extra\":1}");
        assertThat(reply.status()).isEqualTo(201);
        JsonNode agent = reply.json();
        assertThat(agent.fieldNames())
                .toIterable()
                .containsExactly("agent_id", "name", "status", "task", "created_at", "model", "container");
        assertThat(agent.path("agent_id").asText()).matches("ag_[0-9A-Za-z]{21,22}");
        UUID id = Spelling.AGENT.read(agent.path("agent_id").asText()).orElseThrow();
        assertThat(id.version()).isEqualTo(7);
        assertThat(agent.path("name").asText()).isEqualTo("Untitled Agent");
        assertThat(agent.path("status").asText()).isEqualTo("spawning");
        assertThat(agent.path("created_at").asText()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(agent.path("model").asText()).isEqualTo("jettson-6.0");
        assertThat(agent.path("container").toString()).isEqualTo("{\"region\":\"iad\",\"status\":\"starting\"}");
    }

    @Test
    void showsAnAgentToItsEnd() throws InterruptedException {
        String id = spawn("{\"task\":\"$ echo hello\",\"name\":\"Greeter\",\"region\":\"lhr\"}");
        JsonNode agent = SERVER.await(AGENTS + "/" + id, JettsonApiTest::isOver).json();
        assertThat(agent.fieldNames())
                .toIterable()
                .containsExactly(
                        "agent_id",
                        "name",
                        "status",
                        "task",
                        "created_at",
                        "updated_at",
                        "final_result",
                        "progress",
                        "error",
                        "model",
                        "container",
                        "metadata",
                        "usage",
                        "result",
                        "origin");
        assertThat(agent.path("status").asText()).isEqualTo("completed");
        assertThat(agent.path("name").asText()).isEqualTo("Greeter");
        assertThat(agent.path("final_result").asText()).contains("hello");
        assertThat(agent.path("error").isNull()).isTrue();
        assertThat(agent.path("origin").asText()).isEqualTo("jettson");
        assertThat(agent.at("/container/region").asText()).isEqualTo("lhr");
        assertThat(agent.at("/progress/0/kind").asText()).isEqualTo("info");
        assertThat(agent.at("/progress/0/message").asText()).isEqualTo("Planning task…");
        assertThat(agent.path("progress").findValuesAsText("message")).contains("jettson_shell_run(…)");
    }

    @Test
    void takesATaskOfFourThousandCharactersAndNoLonger() {
        assertThat(spawned("{\"task\":\"" + "x".repeat(4_000) + "\"}").status()).isEqualTo(201);
        for (String body : List.of(
                "{\"task\":\"" + "x".repeat(4_001) + "\"}",
                "{}",
                "{\"task\":null}",
                "{\"task\":7}",
                "{\"task\":\" \\n\"}",
                "{\"task\":7,\"region\":7}",
                "{\"task\":\"\",\"name\":7}")) {
            Reply reply = spawned(body);
            assertThat(reply.status()).as(body).isEqualTo(400);
            assertThat(reply.code()).as(body).isEqualTo("invalid_task");
        }
        assertThat(spawned("[]").code()).isEqualTo("invalid_body");
    }

    @Test
    void namesTheFieldThatDoesNotFit() {
        assertWrong("region", "{\"task\":\"x\",\"region\":\"mars\"}");
        assertWrong("name", "{\"task\":\"x\",\"name\":7}");
        assertWrong("name", "{\"task\":\"x\",\"name\":\"" + "n".repeat(201) + "\"}");
        assertWrong("model", "{\"task\":\"x\",\"model\":\"gpt-0\"}");
        assertWrong("idempotency_key", "{\"task\":\"x\",\"idempotency_key\":7}");
    }

    private static void assertWrong(String field, String body) {
        Reply reply = spawned(body);
        assertThat(reply.status()).as(body).isEqualTo(400);
        assertThat(reply.code()).as(body).isEqualTo("invalid_body");
        assertThat(reply.json().at("/error/details/field").asText()).as(body).isEqualTo(field);
    }

    @Test
    void survivesTextThatIsNoGoodUnicode() {
        assertThat(spawned("{\"task\":\"half \\ud83d of a pair\"}").status()).isIn(201, 400);
    }

    @Test
    void collapsesRepeatsOfOneRequest() {
        String body = "{\"task\":\"$ true\"}";
        String first = spawnOnce("key-1", body).json().path("agent_id").asText();
        Reply again = spawnOnce("\"key-1\"", body);
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.json().path("agent_id").asText()).isEqualTo(first);
        assertThat(again.json().path("status").asText()).isEqualTo("spawning");
        assertThat(again.json().path("name").asText()).isEqualTo("Untitled Agent");
        Reply other = spawnOnce("key-1", "{\"task\":\"$ false\"}");
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.code()).isEqualTo("idempotency_conflict");
        assertThat(spawnOnce("k".repeat(256), body).code()).isEqualTo("invalid_body");
    }

    private static Reply spawnOnce(String key, String body) {
        return SERVER.send(
                SERVER.as(AGENTS).header("Idempotency-Key", key).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    @Test
    void listsNewestFirstPageByPage() {
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            made.addFirst(spawn("{\"task\":\"$ true\"}"));
        }
        List<String> seen = new ArrayList<>();
        String cursor = "";
        while (seen.size() < 5) {
            JsonNode page = SERVER.get(AGENTS + "?limit=2" + cursor).json();
            page.path("data").forEach(agent -> seen.add(agent.path("agent_id").asText()));
            assertThat(page.path("next_cursor").asText()).isEqualTo(seen.getLast());
            cursor = "&cursor=" + page.path("next_cursor").asText();
            spawn("{\"task\":\"$ true\"}");
        }
        assertThat(seen.subList(0, 5)).isEqualTo(made);
        assertThat(SERVER.get(AGENTS + "?limit=100000").status()).isEqualTo(200);
    }

    @Test
    void refusesQueriesThatDoNotFit() {
        for (String query : List.of("limit=0", "limit=-1", "limit=x", "limit=1.5", "limit=", "cursor=x", "cursor=")) {
            Reply reply = SERVER.get(AGENTS + "?" + query);
            assertThat(reply.status()).as(query).isEqualTo(400);
            assertThat(reply.code()).as(query).isEqualTo("invalid_query");
            assertThat(reply.json().at("/error/details/field").asText()).isEqualTo(query.split("=", -1)[0]);
        }
        Reply foreign = SERVER.get(AGENTS + "?cursor=" + Spelling.AGENT.of(UUID.randomUUID()));
        assertThat(foreign.code()).isEqualTo("invalid_query");
    }

    @Test
    void knowsOnlyItsOwnAgents() {
        String own = spawn("{\"task\":\"$ true\"}");
        String stranger = SERVER.post("/api/v1/keys", "{\"name\":\"sandbox\",\"mode\":\"test\"}")
                .json()
                .path("secret")
                .asText();
        for (String path : List.of(own, own + "/logs", own + "/events")) {
            Reply reply = SERVER.send(SERVER.as(stranger, AGENTS + "/" + path));
            assertThat(reply.status()).as(path).isEqualTo(404);
            assertThat(reply.code()).as(path).isEqualTo("agent_not_found");
        }
        assertThat(SERVER.send(SERVER.as(stranger, AGENTS + "/" + own).DELETE()).code())
                .isEqualTo("agent_not_found");
        for (String id : List.of("ag_", "ag_0", "nonsense", "%20", Spelling.AGENT.of(UUID.randomUUID()))) {
            assertThat(SERVER.get(AGENTS + "/" + id).code()).as(id).isEqualTo("agent_not_found");
        }
    }

    @Test
    void takesThePlainUuidInAPath() {
        String id = spawn("{\"task\":\"$ true\"}");
        UUID uuid = Spelling.AGENT.read(id).orElseThrow();
        assertThat(SERVER.get(AGENTS + "/" + uuid).json().path("agent_id").asText())
                .isEqualTo(id);
    }

    @Test
    void stopsAnAgentForGood() {
        String id = spawn("{\"task\":\"$ sleep 60\"}");
        for (int i = 0; i < 2; i++) {
            Reply stopped = SERVER.delete(AGENTS + "/" + id);
            assertThat(stopped.status()).isEqualTo(200);
            assertThat(stopped.body()).isEqualTo("{\"agent_id\":\"" + id + "\",\"status\":\"stopped\"}");
        }
        JsonNode agent = SERVER.get(AGENTS + "/" + id).json();
        assertThat(agent.path("status").asText()).isEqualTo("stopped");
        assertThat(agent.path("final_result").isNull()).isTrue();
    }

    @Test
    void leavesAnAgentThatIsOverAsItWas() throws InterruptedException {
        String id = spawn("{\"task\":\"$ true\"}");
        SERVER.await(AGENTS + "/" + id, JettsonApiTest::isOver);
        assertThat(SERVER.delete(AGENTS + "/" + id).json().path("status").asText())
                .isEqualTo("completed");
    }

    static boolean isOver(JsonNode agent) {
        return List.of("completed", "stopped", "error")
                .contains(agent.path("status").asText());
    }

    private static Reply spawned(String body) {
        return SERVER.post(AGENTS, body);
    }

    private static String spawn(String body) {
        return spawned(body).json().path("agent_id").asText();
    }
}
