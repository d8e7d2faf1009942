package dev.drover.api.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.TestingApi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConsoleAdminRightsTest {
    private static final TestingApi SERVER = new TestingApi();
    private static final TestingAccounts ACCOUNTS = new TestingAccounts(SERVER);

    @AfterAll
    static void close() {
        SERVER.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/audit, 200",
        "/api/v1/audit/export, 200",
        "/api/v1/doctor, 200",
        "/api/v1/plan, 200",
        "/api/v1/settings, 200"
    })
    void showsAnAdministratorEverything(String path, int status) {
        assertThat(SERVER.get(path).status()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"/api/v1/audit", "/api/v1/audit/export", "/api/v1/doctor", "/api/v1/settings"})
    void showsAUserOnlyThePlan(String path) {
        String user = ACCOUNTS.user();

        assertThat(ACCOUNTS.get(user, path).status()).isEqualTo(403);
        assertThat(ACCOUNTS.get(user, path).code()).isEqualTo("forbidden");
        assertThat(ACCOUNTS.get(user, "/api/v1/plan").status()).isEqualTo(200);
    }

    @Test
    void letsAnOperatorExamineTheServerButReadNeitherTheAuditNorTheSettings() {
        TestingApi own = new TestingApi();
        try (own) {
            TestingAccounts accounts = new TestingAccounts(own);
            String operator = accounts.operator();

            assertThat(accounts.get(operator, "/api/v1/doctor").status()).isEqualTo(200);
            assertThat(accounts.get(operator, "/api/v1/audit").status()).isEqualTo(403);
            assertThat(accounts.get(operator, "/api/v1/settings").status()).isEqualTo(403);
        }
    }

    @Test
    void asksForAKeyThatMayRead() {
        String blind = SERVER.post("/api/v1/keys", "{\"name\": \"blind\", \"scopes\": [\"memory:read\"]}")
                .text("secret");

        assertThat(ACCOUNTS.get(blind, "/api/v1/audit").code()).isEqualTo("insufficient_scope");
        assertThat(SERVER.send(SERVER.to("/api/v1/doctor")).status()).isEqualTo(401);
    }
}
