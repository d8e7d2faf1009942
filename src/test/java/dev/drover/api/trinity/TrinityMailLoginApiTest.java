package dev.drover.api.trinity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.TestingApi.Reply;
import dev.drover.provider.mail.TestingSmtp;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class TrinityMailLoginApiTest {
    private static final String LIST = "/api/settings/email-whitelist";
    private static final TestingPeople PEOPLE = new TestingPeople();

    @AfterAll
    static void close() {
        PEOPLE.close();
    }

    @Test
    void aMailedCodeLogsSomebodyIn() throws InterruptedException {
        allow("mira@example.org");
        Reply asked = PEOPLE.ask(" Mira@Example.org ");
        assertThat(asked.status()).as(asked.body()).isEqualTo(200);
        assertThat(asked.json().path("expires_in_seconds").asInt()).isEqualTo(600);
        String code = codeFor("mira@example.org");
        Reply entered = PEOPLE.verify("MIRA@example.org", code);
        assertThat(entered.status()).as(entered.body()).isEqualTo(200);
        assertThat(entered.text("token_type")).isEqualTo("bearer");
        assertThat(entered.json().path("user").toString())
                .isEqualTo("{\"username\":\"mira@example.org\",\"email\":\"mira@example.org\",\"role\":\"user\","
                        + "\"name\":\"mira@example.org\",\"picture\":null}");
        String token = entered.text("access_token");
        assertThat(new String(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]), StandardCharsets.UTF_8))
                .contains("\"sub\":\"mira@example.org\"", "\"mode\":\"email\"");
        assertThat(PEOPLE.as(token, "/api/users/me").text("role")).isEqualTo("user");
        assertThat(PEOPLE.verify("mira@example.org", code).status()).isEqualTo(401);
    }

    @Test
    void somebodyWhoIsNotOnTheListIsToldNothingElse() {
        allow("known@example.org");
        Reply known = PEOPLE.ask("known@example.org");
        Reply unknown = PEOPLE.ask("unknown@example.org");
        assertThat(unknown.status()).isEqualTo(200);
        assertThat(unknown.text("message")).isEqualTo(known.text("message"));
        assertThat(unknown.json().has("expires_in_seconds")).isFalse();
    }

    @Test
    void aFourthCodeInTenMinutesIsRefused() {
        allow("often@example.org");
        for (int i = 0; i < 3; i++) {
            assertThat(PEOPLE.ask("often@example.org").status()).isEqualTo(200);
        }
        Reply late = PEOPLE.ask("often@example.org");
        assertThat(late.status()).isEqualTo(429);
        assertThat(Integer.parseInt(late.header("Retry-After"))).isBetween(1, 600);
    }

    @Test
    void fiveWrongTriesVoidACode() throws InterruptedException {
        allow("guess@example.org");
        PEOPLE.ask("guess@example.org");
        String code = codeFor("guess@example.org");
        for (int i = 0; i < 5; i++) {
            Reply wrong = PEOPLE.verify("guess@example.org", code.equals("000000") ? "111111" : "000000");
            assertThat(wrong.status()).isEqualTo(401);
        }
        assertThat(PEOPLE.verify("guess@example.org", code).status()).isEqualTo(401);
    }

    @Test
    void administratorsKeepTheList() throws InterruptedException {
        allow("Listed@Example.org");
        assertThat(PEOPLE.server.get(LIST).json().at("/whitelist").findValuesAsText("email"))
                .contains("listed@example.org");
        assertThat(PEOPLE.server
                        .post(LIST, "{\"email\": \"listed@example.org\"}")
                        .status())
                .isEqualTo(409);
        assertThat(PEOPLE.server.post(LIST, "{\"email\": \"no address\"}").status())
                .isEqualTo(400);
        assertThat(PEOPLE.server.post(LIST, "{}").status()).isEqualTo(422);
        String token = PEOPLE.join("plain@example.org");
        assertThat(PEOPLE.as(token, LIST).status()).isEqualTo(403);
        assertThat(PEOPLE.as(token, "POST", LIST, "{}").status()).isEqualTo(403);
        assertThat(PEOPLE.server.delete(LIST + "/LISTED@example.org").status()).isEqualTo(200);
        assertThat(PEOPLE.server.delete(LIST + "/listed@example.org").status()).isEqualTo(404);
    }

    @Test
    void administratorsTurnItOff() {
        try (TestingPeople people = new TestingPeople()) {
            assertThat(people.server.send(people.server.to("/api/auth/mode")).body())
                    .isEqualTo("{\"email_auth_enabled\":true,\"setup_completed\":true}");
            people.as(
                    people.server.plane().operator(), "PUT", "/api/settings/email_auth_enabled", "{\"value\":\"no\"}");
            assertThat(people.ask("mira@example.org").status()).isEqualTo(403);
            assertThat(people.verify("mira@example.org", "000000").status()).isEqualTo(403);
            assertThat(people.server.get("/api/auth/mode").body()).contains("\"email_auth_enabled\":false");
        }
    }

    @Test
    void aMailServerThatIsAwayIsTold() {
        try (TestingPeople people = new TestingPeople(Map.of("DROVER_SMTP_URL", "smtp://127.0.0.1:1"))) {
            people.server.post(LIST, "{\"email\": \"mira@example.org\"}");
            assertThat(people.ask("mira@example.org").status()).isEqualTo(503);
        }
    }

    private static void allow(String email) {
        assertThat(List.of(200, 409))
                .contains(PEOPLE.server
                        .post(LIST, "{\"email\": \"" + email + "\"}")
                        .status());
    }

    /** Other tests' mails may come first. */
    private static String codeFor(String address) throws InterruptedException {
        TestingSmtp.Mail mail = PEOPLE.smtp.take();
        while (!mail.to().equals(address)) {
            mail = PEOPLE.smtp.take();
        }
        return mail.code();
    }
}
