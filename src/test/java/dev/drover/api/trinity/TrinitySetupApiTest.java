package dev.drover.api.trinity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.TestingApi;
import dev.drover.api.TestingApi.Reply;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TrinitySetupApiTest {
    private static final String GOOD = "{\"password\": \"long enough\", \"confirm_password\": \"long enough\"%s}";

    private final TestingApi server = new TestingApi(
            Map.of("DROVER_MODEL", "offline", "DROVER_ADMIN_PASSWORD", "", "DROVER_REQUIRE_SETUP", "true"));

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void nobodyLogsInBeforeTheSetup() {
        assertThat(isCompleted()).isFalse();
        for (Reply reply : new Reply[] {
            login("long enough"),
            post("/api/auth/email/request", "{\"email\": \"a@b\"}"),
            post("/api/auth/email/verify", "{\"email\": \"a@b\", \"code\": \"1\"}")
        }) {
            assertThat(reply.status()).isEqualTo(403);
            assertThat(reply.body()).isEqualTo("{\"detail\":\"setup_required\"}");
        }
        assertThat(server.get("/api/users/me").text("username")).isEqualTo("admin");
    }

    @Test
    void thePasswordIsSetOnce() {
        assertThat(setup(GOOD.formatted("")).body()).isEqualTo("{\"success\":true}");
        assertThat(isCompleted()).isTrue();
        assertThat(login("long enough").status()).isEqualTo(200);
        assertThat(setup(GOOD.formatted("")).status()).isEqualTo(403);
        server.plane().restart();
        assertThat(login("long enough").status()).isEqualTo(200);
        assertThat(Files.exists(token())).isFalse();
    }

    @Test
    void aBadPasswordIsRefused() {
        assertThat(setup("{\"password\": \"short\", \"confirm_password\": \"short\"}")
                        .status())
                .isEqualTo(400);
        assertThat(setup("{\"password\": \"long enough\", \"confirm_password\": \"long enougH\"}")
                        .status())
                .isEqualTo(400);
        assertThat(setup("{\"password\": \"long enough\"}").status()).isEqualTo(422);
        assertThat(isCompleted()).isFalse();
    }

    @Test
    void whoeverComesFromElsewhereShowsTheToken() throws IOException {
        String token = Files.readString(token()).strip();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(token())))
                .isEqualTo("rw-------");
        assertThat(forwarded(GOOD.formatted("")).status()).isEqualTo(403);
        assertThat(forwarded(GOOD.formatted(", \"setup_token\": \"guessed\"")).status())
                .isEqualTo(403);
        server.plane().restart();
        assertThat(forwarded(GOOD.formatted(", \"setup_token\": \"" + token + "\""))
                        .status())
                .isEqualTo(200);
    }

    private Path token() {
        return server.plane().data().resolve("setup.token");
    }

    private boolean isCompleted() {
        return server.send(server.to("/api/setup/status"))
                .json()
                .path("setup_completed")
                .asBoolean();
    }

    private Reply setup(String body) {
        return post("/api/setup/admin-password", body);
    }

    private Reply forwarded(String body) {
        return server.send(json("/api/setup/admin-password", body).header("X-Forwarded-For", "203.0.113.9"));
    }

    private Reply post(String path, String body) {
        return server.send(json(path, body));
    }

    private HttpRequest.Builder json(String path, String body) {
        return server.to(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body));
    }

    private Reply login(String password) {
        return server.send(server.to("/token")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("username=admin&password=" + password.replace(" ", "%20"))));
    }
}
