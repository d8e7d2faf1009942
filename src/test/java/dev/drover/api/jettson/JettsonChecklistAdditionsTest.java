package dev.drover.api.jettson;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.drover.api.TestingApi;
import dev.drover.api.TestingApi.Reply;
import dev.drover.testing.Receiver;
import dev.drover.testing.Receiver.Message;
import dev.drover.testing.TestingAgents;
import dev.drover.testing.TestingStage;
import dev.drover.testing.Waiting;
import dev.drover.testing.model.Script;
import dev.drover.testing.model.Turn;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * The compatibility checklist of the Jettson contract (section 16), line 17: what we add to the original, endpoint by
 * endpoint, with the answer and the errors of each.
 */
final class JettsonChecklistAdditionsTest {
    private static final String API = "/api/v1";
    private static final Receiver RECEIVER = new Receiver();
    private static final TestingStage STAGE = TestingStage.open(Map.of(
            "DROVER_PLAN", "scale", "DROVER_EMBEDDING_MODEL", "none", "DROVER_EGRESS_ALLOW", RECEIVER.address()));
    private static final TestingApi SERVER = new TestingApi(STAGE.plane());
    private static final TestingAgents RUNS = STAGE.agents();

    @AfterAll
    static void close() {
        STAGE.close();
        RECEIVER.close();
    }

    /** One line of the table: what is asked, and the status and, of an error, the code that must come. */
    private static JsonNode expect(String method, String path, String body, String outcome) {
        Reply reply = SERVER.send(SERVER.as(API + path).method(method, BodyPublishers.ofString(body)));
        String request = method + " " + path + " " + body;
        String[] wanted = outcome.split(" ", 2);
        assertThat(reply.status()).as(request + ": " + reply.body()).isEqualTo(Integer.parseInt(wanted[0]));
        assertThat(reply.header("X-Request-Id")).as(request).isNotEmpty();
        if (reply.status() == 204) {
            assertThat(reply.body()).as(request).isEmpty();
            return JsonNodeFactory.instance.objectNode();
        }
        if (wanted.length > 1) {
            assertThat(reply.code()).as(request).isEqualTo(wanted[1]);
        }
        return reply.json();
    }

    private static List<String> fields(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    void webhooksAnswerAsListed() {
        expect("POST", "/webhooks", "{}", "400 invalid_body");
        expect("POST", "/webhooks", "{\"url\":\"http://10.0.0.1/\"}", "400 invalid_body");
        JsonNode made = expect("POST", "/webhooks", "{\"url\":\"" + RECEIVER.url() + "\"}", "201");
        assertThat(fields(made))
                .containsExactlyInAnyOrder(
                        "webhook_id",
                        "url",
                        "events",
                        "description",
                        "enabled",
                        "disabled_reason",
                        "created_at",
                        "updated_at",
                        "secret");
        String hook = "/webhooks/" + made.path("webhook_id").asText();
        assertThat(fields(expect("GET", hook, "", "200"))).doesNotContain("secret");
        assertThat(expect("GET", "/webhooks", "", "200").path("data")).hasSize(1);
        expect("PATCH", hook, "{\"events\":[\"agent.born\"]}", "400 invalid_body");
        assertThat(expect("PATCH", hook, "{\"description\":\"mine\"}", "200")
                        .path("description")
                        .asText())
                .isEqualTo("mine");
        assertDeliveries(hook);
        assertThat(fields(expect("POST", hook + "/rotate-secret", "", "200")))
                .containsExactlyInAnyOrder("webhook_id", "secret");
        expect("DELETE", hook, "", "204");
        List<String> requests =
                List.of("GET ", "DELETE ", "PATCH ", "POST /test", "POST /rotate-secret", "GET /deliveries");
        for (String gone : requests) {
            String[] request = gone.split(" ", 2);
            expect(request[0], hook + request[1], "{}", "404 webhook_not_found");
        }
    }

    private static void assertDeliveries(String hook) {
        String delivery =
                expect("POST", hook + "/test", "", "202").path("delivery_id").asText();
        assertThat(delivery).startsWith("msg_");
        Waiting.until(() -> expect("GET", hook + "/deliveries?status=delivered", "", "200")
                        .path("data")
                        .size()
                == 1);
        expect("GET", hook + "/deliveries?status=late", "", "400 invalid_query");
        assertThat(fields(expect("POST", hook + "/deliveries/" + delivery + "/retry", "", "202")))
                .containsExactlyInAnyOrder(
                        "delivery_id",
                        "webhook_id",
                        "type",
                        "agent_id",
                        "status",
                        "attempts",
                        "http_status",
                        "error",
                        "created_at",
                        "next_attempt_at");
        expect("POST", hook + "/deliveries/msg_1/retry", "", "404 delivery_not_found");
        expect("GET", "/agents/ag_1/deliveries", "", "404 agent_not_found");
    }

    @Test
    void webhookSignaturesAreThoseOfTheStandardAlsoDuringARotation() {
        JsonNode made = expect("POST", "/webhooks", "{\"url\":\"" + RECEIVER.url() + "\"}", "201");
        String hook = "/webhooks/" + made.path("webhook_id").asText();
        String agent = STAGE.play("be told of", Script.byTurn(Turn.text("Told.")));
        Waiting.until(() -> about(agent).size() == 3);
        for (Message message : about(agent)) {
            assertThat(message.isSignedWith(made.path("secret").asText())).isTrue();
            assertThat(message.isSignedWith("whsec_" + Base64.getEncoder().encodeToString(new byte[32])))
                    .isFalse();
            assertThat(message.signatures()).matches("v1,[A-Za-z0-9+/=]{44}");
            assertThat(Instant.ofEpochSecond(message.timestamp()))
                    .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(1));
            assertThat(message.body()).contains("\"type\":\"agent.").doesNotContain("\"progress\"");
        }
        assertThat(about(agent).stream().map(Message::id).distinct()).hasSize(3);
        String next = expect("POST", hook + "/rotate-secret", "", "200")
                .path("secret")
                .asText();
        String test =
                expect("POST", hook + "/test", "", "202").path("delivery_id").asText();
        Waiting.until(() -> about(test).size() == 1);
        assertThat(about(test))
                .allMatch(message -> message.isSignedWith(next)
                        && message.isSignedWith(made.path("secret").asText()));
        expect("DELETE", hook, "", "204");
    }

    private static List<Message> about(String id) {
        return RECEIVER.messages().stream()
                .filter(message -> message.id().equals(id) || message.body().contains(id))
                .toList();
    }

    @Test
    void keysAnswerAsListed() {
        expect("POST", "/keys", "{}", "400 invalid_body");
        expect("POST", "/keys", "{\"name\":\"" + "n".repeat(101) + "\"}", "400 invalid_body");
        JsonNode made = expect("POST", "/keys", "{\"name\":\"" + "n".repeat(100) + "\"}", "201");
        assertThat(fields(made))
                .containsExactlyInAnyOrder(
                        "key_id",
                        "name",
                        "kind",
                        "mode",
                        "prefix",
                        "scopes",
                        "rate",
                        "created_at",
                        "expires_at",
                        "last_used_at",
                        "revoked_at",
                        "secret");
        String key = "/keys/" + made.path("key_id").asText();
        Reply weak = SERVER.send(SERVER.as(made.path("secret").asText(), API + "/keys"));
        assertThat(weak.status()).isEqualTo(403);
        assertThat(weak.code()).isEqualTo("insufficient_scope");
        assertThat(weak.json().at("/error/details/scope").asText()).isEqualTo("keys:manage");
        assertThat(fields(expect("GET", key, "", "200"))).doesNotContain("secret");
        expect("PATCH", key, "{\"name\":\"\"}", "400 invalid_body");
        assertThat(expect("PATCH", key, "{\"scopes\":[\"agents:read\"]}", "200").path("scopes"))
                .hasToString("[\"agents:read\"]");
        assertThat(SERVER.spawn(made.path("secret").asText(), "{\"task\":\"x\"}")
                        .code())
                .isEqualTo("insufficient_scope");
        expect("DELETE", key, "", "204");
        expect("DELETE", key, "", "204");
        expect("GET", "/keys?include_revoked=perhaps", "", "400 invalid_query");
        assertThat(expect("GET", "/keys?include_revoked=true", "", "200").toString())
                .contains(made.path("key_id").asText());
        for (String method : List.of("GET", "PATCH", "DELETE")) {
            expect(method, "/keys/key_1", "{}", "404 key_not_found");
        }
    }

    @Test
    void artifactsAnswerAsListed() {
        String agent = STAGE.play(
                "leave something",
                TestingTools.call("shell_run", "command", "mkdir artifacts; printf 0123456789 > artifacts/a.txt"),
                Turn.text("Left."));
        RUNS.destroyed(agent);
        String path = "/agents/" + agent + "/artifacts";
        JsonNode artifact = expect("GET", path, "", "200").at("/data/0");
        assertThat(fields(artifact))
                .containsExactlyInAnyOrder("artifact_id", "path", "size_bytes", "mime_type", "sha256", "created_at");
        String one = path + "/" + artifact.path("artifact_id").asText();
        assertThat(expect("GET", one, "", "200")).isEqualTo(artifact);
        Reply whole = SERVER.get(API + one + "/content");
        assertThat(whole.body()).isEqualTo("0123456789");
        assertThat(whole.header("ETag")).contains(artifact.path("sha256").asText());
        assertThat(whole.header("Content-Disposition")).startsWith("attachment");
        assertThat(whole.header("X-Content-Type-Options")).isEqualTo("nosniff");
        Reply part = SERVER.send(SERVER.as(API + one + "/content").header("Range", "bytes=2-4"));
        assertThat(part.status()).isEqualTo(206);
        assertThat(part.body()).isEqualTo("234");
        Reply beyond = SERVER.send(SERVER.as(API + one + "/content").header("Range", "bytes=10-"));
        assertThat(beyond.status()).isEqualTo(416);
        assertThat(beyond.code()).isEqualTo("invalid_range");
        expect("DELETE", one, "", "204");
        for (String gone : List.of("GET ", "GET /content", "DELETE ")) {
            String[] request = gone.split(" ", 2);
            expect(request[0], one + request[1], "", "404 artifact_not_found");
        }
        expect("GET", "/agents/ag_1/artifacts", "", "404 agent_not_found");
    }

    @Test
    void secretsAnswerAsListed() {
        expect("PUT", "/secrets/lower", "{\"value\":\"x\"}", "400 invalid_body");
        expect("PUT", "/secrets/LONG", "{\"value\":\"" + "x".repeat(32 * 1024 + 1) + "\"}", "400 invalid_body");
        expect("PUT", "/secrets/LONG", "{\"value\":\"" + "x".repeat(32 * 1024) + "\"}", "201");
        JsonNode kept = expect("PUT", "/secrets/LONG", "{\"value\":\"shorter-value\"}", "200");
        assertThat(fields(kept))
                .containsExactlyInAnyOrder("name", "description", "hosts", "created_at", "updated_at", "last_used_at");
        assertThat(expect("GET", "/secrets/LONG", "", "200")).isEqualTo(kept);
        assertThat(expect("GET", "/secrets", "", "200").toString())
                .contains("\"LONG\"")
                .doesNotContain("shorter-value");
        expect("DELETE", "/secrets/LONG", "", "204");
        expect("DELETE", "/secrets/LONG", "", "404 secret_not_found");
        expect("GET", "/secrets/LONG", "", "404 secret_not_found");
        JsonNode refusal = expect("POST", "/agents", "{\"task\":\"x\",\"secrets\":[\"LONG\"]}", "400 invalid_body");
        assertThat(refusal.at("/error/details/field").asText()).isEqualTo("secrets");
    }

    @Test
    void streamsFiltersHeadersAndReasonsAnswerAsListed() {
        String agent =
                STAGE.play("be looked at", Map.of("metadata", Map.of("customer", "42")), _ -> Turn.text("Seen."));
        RUNS.finished(agent);
        String path = "/agents/" + agent;
        Reply stream = SERVER.get(API + path + "/events?kind=end");
        assertThat(stream.header("Content-Type")).startsWith("text/event-stream");
        assertThat(stream.header("Cache-Control")).isEqualTo("no-cache");
        assertThat(stream.header("X-Accel-Buffering")).isEqualTo("no");
        assertThat(stream.body()).contains("event: end\n").doesNotContain("event: info\n");
        for (String id : List.of("x", "-1", "1.5", "100000")) {
            expect("GET", path + "/events?after=" + id, "", "400 invalid_query");
        }
        expect("GET", "/agents/ag_1/events", "", "404 agent_not_found");
        assertThat(expect("GET", "/agents?metadata.customer=42&status=completed,error", "", "200")
                        .path("data")
                        .findValuesAsText("agent_id"))
                .containsExactly(agent);
        expect("GET", "/agents?status=done", "", "400 invalid_query");
        expect("GET", "/agents?origin=elsewhere", "", "400 invalid_query");
        assertThat(fields(expect("GET", path + "/why", "", "200")))
                .containsExactlyInAnyOrder(
                        "agent_id",
                        "run_id",
                        "status",
                        "holder",
                        "doing",
                        "waiting_for",
                        "waiting_id",
                        "since",
                        "until",
                        "unblock");
        expect("GET", "/agents/ag_1/why", "", "404 agent_not_found");
        Reply refused = SERVER.post(API + "/agents", "{}");
        assertThat(refused.header("X-RateLimit-Limit")).isEqualTo("100");
        assertThat(Integer.parseInt(refused.header("X-RateLimit-Remaining"))).isBetween(0, 99);
        assertThat(Long.parseLong(refused.header("X-RateLimit-Reset")))
                .isBetween(Instant.now().getEpochSecond(), Instant.now().getEpochSecond() + 3_600);
        expect("GET", "/nowhere", "", "404 not_found");
        expect("PUT", "/agents", "{}", "405 method_not_allowed");
    }

    @Test
    void usageAnswersAsListed() {
        RUNS.finished(STAGE.play("be counted", Script.byTurn(Turn.text("One."))));
        JsonNode usage = expect("GET", "/usage", "", "200");
        assertThat(fields(usage))
                .containsExactlyInAnyOrder(
                        "plan",
                        "period",
                        "agent_hours",
                        "concurrent",
                        "memories",
                        "spawns",
                        "agents",
                        "input_tokens",
                        "output_tokens",
                        "cost_usd");
        assertThat(usage.path("plan").asText()).isEqualTo("scale");
        assertThat(usage.path("period").findValuesAsText("start")).allMatch(time -> time.endsWith("-01T00:00:00.000Z"));
        assertThat(usage.at("/agent_hours/limit").isNull()).isTrue();
        assertThat(usage.at("/concurrent/limit").asInt()).isEqualTo(20);
        assertThat(usage.path("memories")).hasToString("{\"current\":0,\"limit\":100000}");
        assertThat(usage.at("/spawns/minute/used").asInt()).isPositive();
        assertThat(usage.at("/spawns/hour/limit").asInt()).isEqualTo(5_000);
        assertThat(usage.at("/agents/completed").asInt()).isPositive();
        assertThat(usage.path("input_tokens").asInt()).isPositive();
        assertThat(expect("GET", "/usage?period=2020-02", "", "200")
                        .at("/agents/spawned")
                        .asInt())
                .isZero();
        expect("GET", "/usage?period=2026-13", "", "400 invalid_query");
    }

    @Test
    void anotherAccountsThingsAreNotFoundAndEachAccountHasSoManyOfItsOwn() {
        String wish = "{\"name\":\"stranger\",\"mode\":\"test\",\"scopes\":[\"agents:read\",\"secrets:manage\","
                + "\"webhooks:manage\",\"keys:manage\"]}";
        JsonNode key = expect("POST", "/keys", wish, "201");
        String stranger = key.path("secret").asText();
        JsonNode mine = expect("POST", "/keys", "{\"name\":\"mine\"}", "201");
        String hook = expect("POST", "/webhooks", "{\"url\":\"" + RECEIVER.url() + "\"}", "201")
                .path("webhook_id")
                .asText();
        expect("PUT", "/secrets/MINE", "{\"value\":\"my-own-value\"}", "201");
        assertThat(ask(stranger, "GET", "/webhooks/" + hook, "").code()).isEqualTo("webhook_not_found");
        assertThat(ask(stranger, "DELETE", "/webhooks/" + hook, "").code()).isEqualTo("webhook_not_found");
        assertThat(ask(stranger, "GET", "/secrets/MINE", "").code()).isEqualTo("secret_not_found");
        assertThat(ask(stranger, "DELETE", "/keys/" + mine.path("key_id").asText(), "")
                        .code())
                .isEqualTo("key_not_found");
        expect("DELETE", "/webhooks/" + hook, "", "204");

        String url = "{\"url\":\"" + RECEIVER.url() + "\"}";
        assertThat(statuses(20, _ -> ask(stranger, "POST", "/webhooks", url))).containsOnly(201);
        assertLimitReached(ask(stranger, "POST", "/webhooks", url));
        String value = "{\"value\":\"x\"}";
        assertThat(statuses(200, i -> ask(stranger, "PUT", "/secrets/S" + i, value)))
                .containsOnly(201);
        assertLimitReached(ask(stranger, "PUT", "/secrets/ONE_MORE", value));
        assertThat(ask(stranger, "PUT", "/secrets/S7", value).status()).isEqualTo(200);
        String another = "{\"name\":\"another\",\"mode\":\"test\",\"scopes\":[\"agents:read\"]}";
        List<Integer> keys = statuses(100, _ -> ask(stranger, "POST", "/keys", another));
        assertThat(keys).endsWith(409);
        assertLimitReached(ask(stranger, "POST", "/keys", another));
    }

    private static Reply ask(String credential, String method, String path, String body) {
        return SERVER.send(SERVER.as(credential, API + path).method(method, BodyPublishers.ofString(body)));
    }

    private static List<Integer> statuses(int count, IntFunction<Reply> asking) {
        return IntStream.range(0, count).mapToObj(asking).map(Reply::status).toList();
    }

    private static void assertLimitReached(Reply reply) {
        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.code()).isEqualTo("limit_reached");
    }
}
