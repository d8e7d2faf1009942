package dev.drover.api.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.TestingApi;
import dev.drover.api.TestingApi.Reply;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ConsoleUsersApiTest {
    private static final TestingApi SERVER = new TestingApi();

    private final TestingVisitor visitor = new TestingVisitor(SERVER);

    @AfterAll
    static void close() {
        SERVER.close();
    }

    @Test
    void anAdministratorMakesAUserWhoLogsIn() {
        Reply made = create("""
                {"username": "mira", "password": "mira's password", "role": "operator", "email": "Mira@Example.org"}
                """);
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        assertThat(made.text("role")).isEqualTo("operator");
        assertThat(made.text("email")).isEqualTo("mira@example.org");
        assertThat(made.json().path("has_password").asBoolean()).isTrue();
        Reply opened = visitor.logIn("mira", "mira's password");
        assertThat(opened.status()).as(opened.body()).isEqualTo(201);
        assertThat(SERVER.get("/api/settings/email-whitelist").body()).contains("mira@example.org");
        assertThat(SERVER.get("/api/v1/users").json().findValuesAsText("username"))
                .contains("admin", "mira");
        assertThat(create("{\"username\": \"mira\", \"password\": \"another one\"}")
                        .status())
                .isEqualTo(409);
    }

    @Test
    void aBadWishIsRefusedByTheFieldThatIsWrong() {
        assertThat(create("{\"username\": \"a b\", \"password\": \"long enough\"}")
                        .body())
                .contains("'username' is 'a b'");
        assertThat(create("{\"username\": \"short\", \"password\": \"short\"}").body())
                .contains("at least 8 characters");
        assertThat(create("{\"username\": \"nobody\"}").body()).contains("no way in");
        assertThat(create("{\"username\": \"x\", \"password\": \"long enough\", \"role\": \"king\"}")
                        .body())
                .contains("must be user, operator or admin");
        assertThat(create("{\"username\": \"y\", \"email\": \"no address\"}").status())
                .isEqualTo(400);
    }

    @Test
    void onlyAdministratorsKeepPeople() {
        String token = entered("plain");
        for (Reply refused : List.of(
                SERVER.send(SERVER.as(token, "/api/v1/users")),
                SERVER.send(SERVER.as(token, "/api/v1/users").POST(BodyPublishers.ofString("{}"))),
                SERVER.send(SERVER.as(token, "/api/v1/users/admin")
                        .method("PATCH", BodyPublishers.ofString("{\"disabled\": true}"))))) {
            assertThat(refused.status()).as(refused.body()).isEqualTo(403);
        }
    }

    @Test
    void aDisabledUserActsNoMore() {
        String token = entered("gone");
        String key = SERVER.send(SERVER.as(token, "/api/v1/keys")
                        .POST(BodyPublishers.ofString("{\"name\": \"a key\", \"scopes\": [\"agents:read\"]}")))
                .text("secret");
        String test = SERVER.send(SERVER.as(token, "/api/v1/keys")
                        .POST(BodyPublishers.ofString(
                                "{\"name\": \"t\", \"kind\": \"test\", \"scopes\": [\"agents:read\"]}")))
                .text("secret");
        for (String credential : List.of(token, key)) {
            assertThat(SERVER.send(SERVER.as(credential, "/api/v1/agents")).status())
                    .isEqualTo(200);
        }
        assertThat(change("gone", "{\"disabled\": true}")
                        .json()
                        .path("disabled")
                        .asBoolean())
                .isTrue();
        for (String credential : List.of(token, key, test.isEmpty() ? key : test)) {
            assertThat(SERVER.send(SERVER.as(credential, "/api/v1/agents")).status())
                    .isEqualTo(401);
        }
        assertThat(visitor.refresh().status()).isEqualTo(401);
        Reply closed = visitor.logIn("gone", "the password of gone");
        assertThat(closed.status()).isEqualTo(401);
        assertThat(closed.body()).contains("disabled");
        change("gone", "{\"disabled\": false}");
        assertThat(SERVER.send(SERVER.as(key, "/api/v1/agents")).status()).isEqualTo(200);
        assertThat(SERVER.send(SERVER.as(token, "/api/v1/agents")).status()).isEqualTo(401);
        assertThat(visitor.logIn("gone", "the password of gone").status()).isEqualTo(201);
    }

    @Test
    void aChangedPasswordEndsAllLogins() {
        String token = entered("changing");
        Reply wrong = password(token, "{\"current\": \"guessed\", \"new\": \"the next password\"}");
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.body()).contains("The current password is not right");
        assertThat(password(token, "{\"current\": \"the password of changing\", \"new\": \"short\"}")
                        .status())
                .isEqualTo(400);
        assertThat(password(token, "{\"current\": \"the password of changing\", \"new\": \"the next password\"}")
                        .status())
                .isEqualTo(204);
        assertThat(SERVER.send(SERVER.as(token, "/api/v1/agents")).status()).isEqualTo(401);
        assertThat(visitor.refresh().status()).isEqualTo(401);
        String next = visitor.logIn("changing", "the next password").text("access_token");
        assertThat(SERVER.send(SERVER.as(next, "/api/v1/agents")).status()).isEqualTo(200);
        change("changing", "{\"password\": \"of the administrator\"}");
        assertThat(visitor.refresh().status()).isEqualTo(401);
        assertThat(visitor.logIn("changing", "of the administrator").status()).isEqualTo(201);
    }

    @Test
    void theLastAdministratorStays() {
        for (String wish : List.of("{\"disabled\": true}", "{\"role\": \"user\"}")) {
            Reply refused = change("admin", wish);
            assertThat(refused.status()).isEqualTo(409);
            assertThat(refused.body()).contains("admin is the last administrator");
        }
        entered("second");
        assertThat(change("second", "{\"role\": \"admin\"}").text("role")).isEqualTo("admin");
        assertThat(change("second", "{\"role\": \"user\"}").text("role")).isEqualTo("user");
    }

    @Test
    void whateverChangesIsInTheAudit() {
        entered("watched");
        change("watched", "{\"role\": \"operator\", \"disabled\": true, \"password\": \"another password\"}");
        List<String> actions = SERVER.plane()
                .database()
                .database()
                .jdbi()
                .withHandle(handle -> handle.createQuery(
                                "select action from audit where target = (select cast(id as text) from app_user"
                                        + " where name = 'watched')")
                        .mapTo(String.class)
                        .list());
        assertThat(actions).contains("user.create", "user.role", "user.disable", "user.password", "login");
        assertThat(change("nobody", "{\"role\": \"user\"}").status()).isEqualTo(404);
    }

    /** The token of a new user. */
    private String entered(String name) {
        create("{\"username\": \"%1$s\", \"password\": \"the password of %1$s\"}".formatted(name));
        Reply opened = visitor.logIn(name, "the password of " + name);
        assertThat(opened.status()).as(opened.body()).isEqualTo(201);
        return opened.text("access_token");
    }

    private static Reply create(String wish) {
        return SERVER.post("/api/v1/users", wish);
    }

    private static Reply change(String name, String wish) {
        return SERVER.patch("/api/v1/users/" + name, wish);
    }

    private static Reply password(String token, String wish) {
        return SERVER.send(SERVER.as(token, "/api/v1/users/me/password").PUT(BodyPublishers.ofString(wish)));
    }
}
