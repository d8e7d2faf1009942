package dev.drover.api.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.TestingApi;
import dev.drover.api.TestingApi.Reply;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The test that fills the limit on failed tries comes last: all of them have one address. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ConsoleSessionsApiTest {
    private static final String PASSWORD = "a password for tests";
    private static final TestingApi SERVER = new TestingApi();

    private final TestingVisitor visitor = new TestingVisitor(SERVER);

    @AfterAll
    static void close() {
        SERVER.close();
    }

    @Test
    @Order(1)
    void tellsHowPeopleLogIn() {
        Reply ways = SERVER.send(SERVER.to("/api/v1/session"));
        assertThat(ways.body())
                .isEqualTo("{\"setup_completed\":true,\"setup_user\":null,\"setup_token_needed\":false,"
                        + "\"password\":true,\"email\":true,\"oidc\":null}");
    }

    @Test
    @Order(1)
    void aPasswordMakesASessionWhoseSecretNoScriptSees() {
        Reply opened = visitor.logIn("admin", PASSWORD);
        assertThat(opened.status()).as(opened.body()).isEqualTo(201);
        assertThat(opened.header("Cache-Control")).isEqualTo("no-store");
        assertThat(opened.header("Set-Cookie"))
                .matches("drover_session_\\d+=[A-Za-z0-9_-]{43}; Path=/api/v1/session; Max-Age=604800; HttpOnly;"
                        + " SameSite=Strict");
        assertThat(opened.json().path("expires_in").asInt()).isEqualTo(900);
        assertThat(opened.json().path("user").toString())
                .isEqualTo("{\"username\":\"admin\",\"role\":\"admin\",\"email\":null}");
        String secret = secret();
        assertThat(opened.body()).doesNotContain(secret);
        assertThat(stored()).doesNotContain(secret);
        assertThat(isGood(opened.text("access_token"))).isTrue();
    }

    @Test
    @Order(1)
    void theCookieIsForHttpsAloneWhereTheBrowserCameByIt() {
        Reply opened = visitor.send(
                visitor.post("/api/v1/session", "{\"username\": \"admin\", \"password\": \"" + PASSWORD + "\"}")
                        .header("X-Forwarded-Proto", "https"));
        assertThat(opened.header("Set-Cookie")).endsWith("; Secure");
    }

    @Test
    @Order(1)
    void twoTabsRefreshWithOneSecret() {
        visitor.logIn("admin", PASSWORD);
        for (int tab = 0; tab < 2; tab++) {
            Reply refreshed = visitor.refresh();
            assertThat(refreshed.status()).as(refreshed.body()).isEqualTo(200);
            assertThat(isGood(refreshed.text("access_token"))).isTrue();
        }
    }

    @Test
    @Order(1)
    void aSessionOutlivesTheServer() {
        visitor.logIn("admin", PASSWORD);
        SERVER.plane().restart();
        // The cookie's name goes by the port, which is another one after this test's restart.
        visitor.cookies().put("drover_session_" + SERVER.plane().url().getPort(), secret());
        assertThat(visitor.refresh().status()).isEqualTo(200);
    }

    @Test
    @Order(1)
    void whoeverLogsOutIsOutAtOnce() {
        String token = visitor.logIn("admin", PASSWORD).text("access_token");
        Map.Entry<String, String> kept = Map.entry(visitor.cookies().firstKey(), secret());
        Reply out = visitor.logOut();
        assertThat(out.status()).isEqualTo(204);
        assertThat(out.header("Set-Cookie")).contains("=; ", "Max-Age=0;");
        visitor.cookies().put(kept.getKey(), kept.getValue());
        Reply refused = visitor.refresh();
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.body()).contains("the session is over; log in again");
        assertThat(SERVER.send(SERVER.as(token, "/api/v1/agents")).status()).isEqualTo(401);
    }

    @Test
    @Order(1)
    void anotherSitesPageGetsNothing() {
        visitor.logIn("admin", PASSWORD);
        assertThat(visitor.send(visitor.post("/api/v1/session/refresh", "")).status())
                .isEqualTo(403);
        for (Map.Entry<String, String> foreign : List.of(
                Map.entry("Origin", "https://evil.example"),
                Map.entry("Origin", "null"),
                Map.entry("Sec-Fetch-Site", "cross-site"),
                Map.entry("Sec-Fetch-Site", "same-site"))) {
            Reply refused = visitor.send(visitor.post("/api/v1/session/refresh", "")
                    .header("X-Drover-Console", "1")
                    .header(foreign.getKey(), foreign.getValue()));
            assertThat(refused.status()).as(foreign.toString()).isEqualTo(403);
            assertThat(refused.response().headers().map()).doesNotContainKey("access-control-allow-credentials");
            Reply login = visitor.send(
                    visitor.post("/api/v1/session", "{\"username\": \"admin\", \"password\": \"" + PASSWORD + "\"}")
                            .header(foreign.getKey(), foreign.getValue()));
            assertThat(login.status()).as(foreign.toString()).isEqualTo(403);
        }
        String own = "http://127.0.0.1:" + SERVER.plane().url().getPort();
        assertThat(visitor.send(visitor.post("/api/v1/session/refresh", "")
                                .header("X-Drover-Console", "1")
                                .header("Origin", own))
                        .status())
                .isEqualTo(200);
    }

    @Test
    @Order(1)
    void everybodySeesAndEndsTheirOwnSessions() {
        Reply opened = visitor.send(
                visitor.post("/api/v1/session", "{\"username\": \"admin\", \"password\": \"" + PASSWORD + "\"}")
                        .header("User-Agent", "A browser/1.0"));
        String token = opened.text("access_token");
        String id = opened.text("session_id");
        Reply listed = SERVER.send(SERVER.as(token, "/api/v1/sessions"));
        assertThat(listed.json().at("/data/0/id").asText()).isEqualTo(id);
        assertThat(listed.json().at("/data/0/client").asText()).isEqualTo("A browser/1.0");
        assertThat(listed.json().at("/data/0/address").asText()).isEqualTo("127.0.0.1");
        assertThat(SERVER.send(SERVER.as(token, "/api/v1/sessions/" + id).DELETE())
                        .status())
                .isEqualTo(204);
        assertThat(SERVER.send(SERVER.as(token, "/api/v1/sessions")).status())
                .as("the token ended with its session")
                .isEqualTo(401);
        assertThat(SERVER.delete("/api/v1/sessions/" + id).status()).isEqualTo(404);
        assertThat(SERVER.delete("/api/v1/sessions/none").status()).isEqualTo(404);
        assertThat(visitor.refresh().status()).isEqualTo(401);
    }

    @Test
    @Order(1)
    void whatIsMissingIsNamed() {
        Reply refused = visitor.send(visitor.post("/api/v1/session", "{\"username\": \"admin\"}"));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body()).contains("'password' is missing");
    }

    @Test
    @Order(2)
    void fiveWrongPasswordsCloseTheDoor() {
        for (int i = 0; i < 5; i++) {
            Reply wrong = visitor.logIn("admin", "guessed");
            assertThat(wrong.status()).isEqualTo(401);
            assertThat(wrong.body()).contains("incorrect user name or password");
        }
        Reply closed = visitor.logIn("admin", PASSWORD);
        assertThat(closed.status()).isEqualTo(429);
        assertThat(closed.header("Retry-After")).isNotEmpty();
    }

    private String secret() {
        return String.join("", visitor.cookies().values());
    }

    private static boolean isGood(String token) {
        return SERVER.send(SERVER.as(token, "/api/v1/agents")).status() == 200;
    }

    private static String stored() {
        return SERVER.plane()
                .database()
                .database()
                .jdbi()
                .withHandle(handle -> handle.createQuery("select cast(t as text) from console_session t")
                        .mapTo(String.class)
                        .list()
                        .toString());
    }
}
