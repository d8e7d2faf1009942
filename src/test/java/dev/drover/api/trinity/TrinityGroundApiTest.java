package dev.drover.api.trinity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.TestingApi;
import dev.drover.api.TestingApi.Reply;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What holds on every path of the dialect, and who somebody is. */
class TrinityGroundApiTest {
    private static final TestingApi SERVER = new TestingApi(Map.of(
            "DROVER_MODEL",
            "offline",
            "EXTRA_CORS_ORIGINS",
            "https://app.example",
            "ADMIN_USERNAME",
            "boss",
            "DROVER_ADMIN_PASSWORD",
            "",
            "ADMIN_PASSWORD",
            "from the environment"));

    @AfterAll
    static void close() {
        SERVER.close();
    }

    @Test
    void theAdministratorHasTheNameOfTheEnvironment() {
        Reply login = SERVER.send(SERVER.to("/api/token")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("username=boss&password=from+the+environment")));
        assertThat(login.status()).as(login.body()).isEqualTo(200);
        assertThat(SERVER.send(SERVER.as(login.text("access_token"), "/api/users/me"))
                        .body())
                .isEqualTo("{\"username\":\"boss\",\"email\":null,\"role\":\"admin\",\"name\":\"boss\","
                        + "\"picture\":null}");
        assertThat(SERVER.get("/api/users/me").text("username")).isEqualTo("boss");
    }

    @Test
    void aTokenIsValidatedWhereverItStands() {
        String token = SERVER.plane().operator();
        String valid = "{\"status\":\"valid\",\"user\":\"boss\"}";
        assertThat(SERVER.send(SERVER.as(token, "/api/auth/validate")).body()).isEqualTo(valid);
        assertThat(SERVER.send(SERVER.to("/api/auth/validate?token=" + token)).body())
                .isEqualTo(valid);
        assertThat(SERVER.send(SERVER.to("/api/auth/validate").header("Cookie", "a=b; token=" + token))
                        .body())
                .isEqualTo(valid);
        Reply none = SERVER.send(SERVER.to("/api/auth/validate"));
        assertThat(none.status()).isEqualTo(401);
        assertThat(none.text("detail")).isEqualTo("No token provided");
        Reply bad = SERVER.send(SERVER.to("/api/auth/validate?token=nonsense"));
        assertThat(bad.status()).isEqualTo(401);
        assertThat(bad.text("detail")).isEqualTo("Invalid token");
    }

    @Test
    void tellsWhatAnswersHere() {
        Reply version = SERVER.send(SERVER.to("/api/version"));
        assertThat(version.text("platform")).isEqualTo("trinity");
        assertThat(version.json().fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "version", "platform", "components", "runtimes", "build_date", "voice_enabled");
        assertThat(version.json().path("components").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("backend", "agent_server", "base_image");
        assertThat(version.json().path("runtimes").toString()).contains("claude-code", "gemini-cli");
        assertThat(SERVER.send(SERVER.to("/health")).body())
                .matches("\\{\"status\":\"healthy\",\"timestamp\":\"....-..-..T..:..:..\\.\\d{3}Z\"}");
    }

    @Test
    void aSlashTooManyIsRedirected() {
        Reply reply = SERVER.send(SERVER.to("/api/users/me/?a=b%20c"));
        assertThat(reply.status()).isEqualTo(307);
        assertThat(reply.header("Location")).isEqualTo("/api/users/me?a=b%20c");
        assertThat(SERVER.send(SERVER.to("/api/nowhere/")).status()).isEqualTo(404);
        assertThat(SERVER.send(SERVER.to("/api/v1/agents/")).status()).isNotEqualTo(307);
    }

    @Test
    void saysNoInItsWords() {
        Reply nowhere = SERVER.get("/api/nowhere");
        assertThat(nowhere.status()).isEqualTo(404);
        assertThat(nowhere.body()).isEqualTo("{\"detail\":\"Not Found\"}");
        Reply method = SERVER.delete("/api/users/me");
        assertThat(method.status()).isEqualTo(405);
        assertThat(method.body()).isEqualTo("{\"detail\":\"Method Not Allowed\"}");
        assertThat(method.header("Allow")).contains("GET");
        Reply nobody = SERVER.send(SERVER.to("/api/users/me"));
        assertThat(nobody.status()).isEqualTo(401);
        assertThat(nobody.body()).isEqualTo("{\"detail\":\"Not authenticated\"}");
        Reply wrong = SERVER.send(SERVER.as("nonsense", "/api/users/me"));
        assertThat(wrong.body()).isEqualTo("{\"detail\":\"Could not validate credentials\"}");
        assertThat(wrong.header("WWW-Authenticate")).isEqualTo("Bearer");
    }

    @Test
    void pagesOfItsOwnOriginsAndOfListedOnesMayCall() {
        for (String origin : new String[] {"http://localhost:3000", "http://localhost:8080", "https://app.example"}) {
            Reply preflight = preflight("/api/users/me", origin);
            assertThat(preflight.status()).isEqualTo(204);
            assertThat(preflight.header("Access-Control-Allow-Origin")).isEqualTo(origin);
            assertThat(preflight.header("Access-Control-Allow-Credentials")).isEqualTo("true");
            assertThat(preflight.header("Access-Control-Allow-Methods"))
                    .contains("GET", "POST", "PUT", "DELETE", "OPTIONS", "PATCH");
            assertThat(preflight.header("Access-Control-Allow-Headers"))
                    .contains("Authorization", "X-Source-Agent", "X-Slaw-Run-Id", "Idempotency-Key", "Last-Event-ID");
        }
        Reply stranger = preflight("/api/users/me", "https://evil.example");
        assertThat(stranger.status()).isEqualTo(400);
        assertThat(stranger.header("Content-Type")).startsWith("text/plain");
        assertThat(stranger.header("Access-Control-Allow-Origin")).isEmpty();
    }

    @Test
    void otherDialectsKnowListedOriginsOnly() {
        assertThat(preflight("/api/v1/agents", "https://app.example").status()).isEqualTo(204);
        Reply other = preflight("/api/v1/agents", "http://localhost:3000");
        assertThat(other.status()).isEqualTo(405);
        assertThat(other.header("Access-Control-Allow-Origin")).isEmpty();
    }

    private static Reply preflight(String path, String origin) {
        return SERVER.send(SERVER.to(path)
                .header("Origin", origin)
                .header("Access-Control-Request-Method", "GET")
                .method("OPTIONS", BodyPublishers.noBody()));
    }
}
