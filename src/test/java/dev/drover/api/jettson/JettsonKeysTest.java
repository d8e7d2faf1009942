package dev.drover.api.jettson;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.api.TestingApi;
import dev.drover.api.TestingApi.Reply;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class JettsonKeysTest {
    private static final TestingApi SERVER = new TestingApi();
    private static final String KEYS = "/api/v1/keys";

    @AfterAll
    static void close() {
        SERVER.close();
    }

    @Test
    void showsTheSecretOnce() {
        JsonNode key = made("{\"name\":\"ci\"}");
        assertThat(key.fieldNames())
                .toIterable()
                .containsExactly(
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
        assertThat(key.path("key_id").asText()).startsWith("key_");
        assertThat(key.path("secret").asText()).matches("drv_live_[0-9A-Za-z]{32}");
        assertThat(key.path("prefix").asText())
                .isEqualTo(key.path("secret").asText().substring(0, 13));
        assertThat(key.path("scopes").toString())
                .isEqualTo("[\"agents:read\",\"agents:write\",\"memory:read\",\"memory:write\"]");
        JsonNode again = SERVER.get(KEYS + "/" + key.path("key_id").asText()).json();
        assertThat(again.has("secret")).isFalse();
        assertThat(again.path("name").asText()).isEqualTo("ci");
    }

    @Test
    void makesEachKind() {
        assertThat(made("{\"name\":\"t\",\"mode\":\"test\"}").path("secret").asText())
                .startsWith("drv_test_");
        JsonNode personal = made("{\"name\":\"p\",\"kind\":\"personal\",\"scopes\":[\"agents:read\"]}");
        assertThat(personal.path("secret").asText()).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
        assertThat(personal.path("kind").asText()).isEqualTo("personal");
        assertThat(made("{\"name\":\"e\",\"expires_at\":\"2099-01-01T00:00:00+02:00\"}")
                        .path("expires_at")
                        .asText())
                .isEqualTo("2098-12-31T22:00:00.000Z");
    }

    @Test
    void changesNameScopesAndRate() {
        String path = KEYS + "/"
                + made("{\"name\":\"ci\",\"rate\":{\"spawns_per_minute\":2}}")
                        .path("key_id")
                        .asText();
        JsonNode changed = SERVER.patch(path, "{\"name\":\"cd\",\"scopes\":[\"agents:read\"]}")
                .json();
        assertThat(changed.path("name").asText()).isEqualTo("cd");
        assertThat(changed.path("scopes").toString()).isEqualTo("[\"agents:read\"]");
        assertThat(changed.path("rate").toString()).isEqualTo("{\"spawns_per_minute\":2}");
        assertThat(changed.has("secret")).isFalse();
        assertThat(SERVER.patch(path, "{\"rate\":null}").json().path("rate").isNull())
                .isTrue();
        assertThat(SERVER.patch(path, "{\"name\":\"\"}").code()).isEqualTo("invalid_body");
        assertThat(SERVER.patch(path, "{\"scopes\":[\"root\"]}").code()).isEqualTo("invalid_body");
        assertThat(SERVER.patch(KEYS + "/key_0000000000000000000000", "{}").code())
                .isEqualTo("key_not_found");
    }

    @Test
    void aKeysOwnRateIsToldAndKept() {
        String secret = made("{\"name\":\"slow\",\"rate\":{\"spawns_per_minute\":2,\"spawns_per_hour\":9}}")
                .path("secret")
                .asText();
        long now = System.currentTimeMillis() / 1000;
        Reply first = SERVER.spawn(secret, "{\"task\":\"$ true\"}");
        assertThat(first.status()).isEqualTo(201);
        assertThat(first.header("X-RateLimit-Limit")).isEqualTo("2");
        assertThat(first.header("X-RateLimit-Remaining")).isEqualTo("1");
        assertThat(Long.parseLong(first.header("X-RateLimit-Reset"))).isBetween(now + 55, now + 75);
        Reply wrong = SERVER.spawn(secret, "{}");
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.header("X-RateLimit-Remaining")).isEqualTo("1");
        SERVER.spawn(secret, "{\"task\":\"$ true\"}");
        Reply third = SERVER.spawn(secret, "{\"task\":\"$ true\"}");
        assertThat(third.code()).isEqualTo("rate_limited");
        assertThat(third.header("X-RateLimit-Remaining")).isEqualTo("0");
        JsonNode details = third.json().path("error").path("details");
        assertThat(details.path("limitPerMinute").asInt()).isEqualTo(2);
        assertThat(details.path("limitPerHour").asInt()).isEqualTo(9);
        assertThat(Integer.parseInt(third.header("Retry-After"))).isBetween(1, 60);
        assertThat(SERVER.post("/api/v1/agents", "{}").header("X-RateLimit-Limit"))
                .isEmpty();
    }

    @Test
    void refusesWhatDoesNotFit() {
        for (String body : List.of(
                "{}",
                "{\"name\":\" \"}",
                "{\"name\":\"x\",\"kind\":\"root\"}",
                "{\"name\":\"x\",\"mode\":7}",
                "{\"name\":\"x\",\"scopes\":[\"everything\"]}",
                "{\"name\":\"x\",\"scopes\":\"agents:read\"}",
                "{\"name\":\"x\",\"scopes\":{}}",
                "{\"name\":\"x\",\"scopes\":[1]}",
                "{\"name\":\"x\",\"expires_at\":\"tomorrow\"}",
                "{\"name\":\"x\",\"rate\":3}",
                "{\"name\":\"x\",\"rate\":{\"spawns_per_minute\":0}}",
                "{\"name\":\"x\",\"rate\":{\"spawns_per_hour\":\"9\"}}",
                "{\"name\":\"x\",\"rate\":{\"spawns_per_hour\":1.5}}")) {
            Reply reply = SERVER.post(KEYS, body);
            assertThat(reply.status()).as(body).isEqualTo(400);
            assertThat(reply.code()).as(body).isEqualTo("invalid_body");
        }
    }

    @Test
    void revokesAtOnceAndForGood() {
        JsonNode key = made("{\"name\":\"gone\"}");
        String path = KEYS + "/" + key.path("key_id").asText();
        String secret = key.path("secret").asText();
        assertThat(agents(secret).status()).isEqualTo(200);
        assertThat(SERVER.delete(path).status()).isEqualTo(204);
        assertThat(SERVER.delete(path).status()).isEqualTo(204);
        assertThat(agents(secret).code()).isEqualTo("invalid_api_key");
        assertThat(SERVER.get(path).json().path("revoked_at").isNull()).isFalse();
        assertThat(SERVER.get(KEYS + "?limit=100").body()).doesNotContain("\"gone\"");
        assertThat(SERVER.get(KEYS + "?limit=100&include_revoked=true").body()).contains("\"gone\"");
    }

    @Test
    void keepsKeysFromManagingKeys() {
        String secret = made("{\"name\":\"plain\"}").path("secret").asText();
        Reply reply = SERVER.send(SERVER.as(secret, KEYS));
        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.json().at("/error/details/scope").asText()).isEqualTo("keys:manage");
    }

    @Test
    void listsPageByPage() {
        made("{\"name\":\"one\"}");
        made("{\"name\":\"two\"}");
        JsonNode first = SERVER.get(KEYS + "?limit=1").json();
        assertThat(first.at("/data/0/name").asText()).isEqualTo("two");
        String next = KEYS + "?limit=1&cursor=" + first.path("next_cursor").asText();
        assertThat(SERVER.get(next).json().at("/data/0/name").asText()).isEqualTo("one");
        assertThat(SERVER.get(KEYS + "?cursor=x").code()).isEqualTo("invalid_query");
        assertThat(SERVER.get(KEYS + "?include_revoked=maybe").code()).isEqualTo("invalid_query");
    }

    @Test
    void knowsNoOtherKey() {
        for (String id : List.of("key_x", "nonsense", "0190a1b2-0000-7000-8000-00000000000a")) {
            assertThat(SERVER.get(KEYS + "/" + id).code()).as(id).isEqualTo("key_not_found");
            assertThat(SERVER.delete(KEYS + "/" + id).code()).as(id).isEqualTo("key_not_found");
        }
    }

    private static Reply agents(String secret) {
        return SERVER.send(SERVER.as(secret, "/api/v1/agents"));
    }

    private static JsonNode made(String body) {
        Reply reply = SERVER.post(KEYS, body);
        assertThat(reply.status()).as(reply.body()).isEqualTo(201);
        return reply.json();
    }
}
