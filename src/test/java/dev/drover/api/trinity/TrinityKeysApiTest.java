package dev.drover.api.trinity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.api.TestingApi.Reply;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TrinityKeysApiTest {
    private static final String KEYS = "/api/mcp/keys";
    private static final TestingPeople PEOPLE = new TestingPeople();
    private static String mira = "";
    private static String noah = "";

    @BeforeAll
    static void join() throws InterruptedException {
        mira = PEOPLE.join("mira@example.org");
        noah = PEOPLE.join("noah@example.org");
    }

    @AfterAll
    static void close() {
        PEOPLE.close();
    }

    @Test
    void aKeyIsShownOnceAndActsAsItsUser() {
        Reply made = create(mira, "{\"name\": \"laptop\", \"description\": \"mine\"}");
        assertThat(made.status()).as(made.body()).isEqualTo(200);
        String secret = made.text("api_key");
        assertThat(secret).matches("trinity_mcp_[A-Za-z0-9_-]{43}");
        assertThat(made.text("key_prefix")).isEqualTo(secret.substring(0, 20));
        JsonNode shown = PEOPLE.as(mira, KEYS + "/" + made.text("id")).json();
        assertThat(shown.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "id",
                        "name",
                        "description",
                        "key_prefix",
                        "created_at",
                        "last_used_at",
                        "usage_count",
                        "is_active",
                        "user_id",
                        "username",
                        "user_email",
                        "agent_name",
                        "scope");
        assertThat(shown.path("scope").asText()).isEqualTo("user");
        assertThat(shown.path("user_email").asText()).isEqualTo("mira@example.org");
        assertThat(PEOPLE.as(secret, "/api/users/me").text("username")).isEqualTo("mira@example.org");
        assertThat(PEOPLE.as(secret, "/api/v1/agents").status()).isEqualTo(200);
        PEOPLE.as(secret, "/api/users/me");
        assertThat(PEOPLE.as(mira, KEYS + "/" + made.text("id"))
                        .json()
                        .path("usage_count")
                        .asInt())
                .isEqualTo(3);
    }

    @Test
    void aKeyTellsWhoseItIs() {
        Reply made = create(mira, "{\"name\": \"asked\"}");
        Reply valid = validate("Bearer " + made.text("api_key"));
        assertThat(valid.json().toString())
                .isEqualTo("{\"valid\":true,\"key_id\":\"" + made.text("id") + "\",\"user_id\":\"mira@example.org\","
                        + "\"user_email\":\"mira@example.org\",\"key_name\":\"asked\",\"agent_name\":null,"
                        + "\"scope\":\"user\"}");
        assertThat(validate("Bearer " + mira).status()).isEqualTo(401);
        assertThat(validate("Bearer trinity_mcp_wrong").status()).isEqualTo(401);
        assertThat(PEOPLE.server
                        .send(PEOPLE.server.to("/api/mcp/validate").POST(BodyPublishers.noBody()))
                        .body())
                .isEqualTo("{\"detail\":\"Not authenticated\"}");
    }

    @Test
    void aRevokedKeyIsListedAndADeletedOneIsNot() {
        Reply made = create(mira, "{\"name\": \"gone soon\"}");
        String one = KEYS + "/" + made.text("id");
        assertThat(PEOPLE.as(mira, "POST", one + "/revoke", "").text("message"))
                .isEqualTo("MCP API key " + made.text("id") + " revoked");
        assertThat(PEOPLE.as(made.text("api_key"), "/api/users/me").status()).isEqualTo(401);
        assertThat(PEOPLE.as(mira, one).json().path("is_active").asBoolean()).isFalse();
        assertThat(PEOPLE.as(mira, "DELETE", one, "").status()).isEqualTo(200);
        assertThat(PEOPLE.as(mira, one).status()).isEqualTo(404);
        assertThat(PEOPLE.as(mira, KEYS + "/no-id").status()).isEqualTo(404);
    }

    @Test
    void keysAreTheirUsersAndAdministrators() {
        Reply made = create(mira, "{\"name\": \"private\"}");
        String one = KEYS + "/" + made.text("id");
        assertThat(PEOPLE.as(noah, one).status()).isEqualTo(404);
        assertThat(PEOPLE.as(noah, "DELETE", one, "").status()).isEqualTo(404);
        assertThat(PEOPLE.as(noah, KEYS).body()).doesNotContain(made.text("id"));
        assertThat(PEOPLE.server.get(KEYS).body()).contains(made.text("id")).doesNotContain(made.text("api_key"));
        assertThat(PEOPLE.server.delete(one).status()).isEqualTo(200);
    }

    @Test
    void aFirstKeyIsMadeOnce() {
        Reply first = PEOPLE.as(noah, "POST", KEYS + "/ensure-default", "");
        assertThat(first.text("name")).isEqualTo("Default MCP Key");
        assertThat(PEOPLE.as(first.text("api_key"), "/api/users/me").status()).isEqualTo(200);
        Reply second = PEOPLE.as(noah, "POST", KEYS + "/ensure-default", "");
        assertThat(second.status()).isEqualTo(200);
        assertThat(second.body()).isEqualTo("null");
    }

    @Test
    void aKeyNeedsAName() {
        Reply none = create(mira, "{}");
        assertThat(none.status()).isEqualTo(422);
        assertThat(none.json().at("/detail/0/loc").toString()).isEqualTo("[\"body\",\"name\"]");
        assertThat(create(mira, "{\"name\": \" \"}").status()).isEqualTo(422);
    }

    @Test
    void aKeyMayNotDoMoreThanWhoMadeIt() {
        Reply reader = PEOPLE.as(
                mira,
                "POST",
                "/api/v1/keys",
                "{\"name\": \"narrow\", \"scopes\": [\"agents:read\", \"agents:write\"]}");
        Reply made = create(reader.text("secret"), "{\"name\": \"from a narrow one\"}");
        assertThat(made.status()).as(made.body()).isEqualTo(200);
        assertThat(PEOPLE.as(made.text("api_key"), "/api/v1/agents").status()).isEqualTo(200);
        assertThat(PEOPLE.as(made.text("api_key"), "/api/v1/keys").status()).isEqualTo(403);
    }

    @Test
    void anAccountKeyReadsByOneScopeAndWritesByAnother() {
        Reply reader = PEOPLE.as(mira, "POST", "/api/v1/keys", "{\"name\": \"reader\", \"scopes\": [\"agents:read\"]}");
        String key = reader.text("secret");
        assertThat(PEOPLE.as(key, KEYS).status()).isEqualTo(200);
        assertThat(create(key, "{\"name\": \"x\"}").status()).isEqualTo(403);
        for (String scheme : List.of("Bearer", "bearer", "Token", "TOKEN")) {
            assertThat(PEOPLE.server
                            .send(PEOPLE.server.to(KEYS).header("Authorization", scheme + " " + key))
                            .status())
                    .isEqualTo(200);
        }
    }

    private static Reply create(String token, String body) {
        return PEOPLE.as(token, "POST", KEYS, body);
    }

    private static Reply validate(String authorization) {
        return PEOPLE.server.send(PEOPLE.server
                .to("/api/mcp/validate")
                .header("Authorization", authorization)
                .POST(BodyPublishers.noBody()));
    }
}
