package dev.drover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.core.StartFailure;
import dev.drover.core.access.Claims;
import dev.drover.provider.secret.SignedTokens;
import dev.drover.provider.secret.SigningKey;
import dev.drover.testing.TestingDatabase;
import dev.drover.testing.TestingFolders;
import dev.drover.testing.TestingPlane;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Servers with folders of their own over one database: what one of them gave out is good at the others. */
final class KeysAcrossNodesTest {
    private final TestingDatabase database = TestingDatabase.create();
    private final Path folder = TestingFolders.create();

    @AfterEach
    void close() {
        database.close();
        TestingFolders.delete(folder);
    }

    private TestingPlane server(Map<String, String> more) {
        return TestingPlane.start(settings(more));
    }

    private Map<String, String> settings(Map<String, String> more) {
        Map<String, String> all =
                new HashMap<>(Map.of("DROVER_MODEL", "offline", "DROVER_DATABASE_URL", database.settingsUrl()));
        all.putAll(more);
        return all;
    }

    private static String login(TestingPlane plane) {
        String body = plane.send(HttpRequest.newBuilder(plane.url().resolve("/api/token"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString("username=admin&password=a+password+for+tests")))
                .body();
        assertThat(body).contains("access_token");
        return body.replaceFirst("(?s).*\"access_token\" *: *\"([^\"]+)\".*", "$1");
    }

    private static int asked(TestingPlane plane, String credential) {
        URI path = plane.url().resolve("/api/v1/agents");
        return plane.send(HttpRequest.newBuilder(path).header("Authorization", "Bearer " + credential))
                .statusCode();
    }

    @Test
    void whatOneServerGaveOutIsGoodAtAnother() {
        try (TestingPlane one = server(Map.of());
                TestingPlane other = server(Map.of())) {
            assertThat(asked(other, login(one))).isEqualTo(200);
            assertThat(asked(one, login(other))).isEqualTo(200);
            assertThat(one.operator()).isNotEqualTo(other.operator());
            assertThat(asked(other, one.operator())).isEqualTo(200);
            assertThat(asked(one, other.operator())).isEqualTo(200);
        }
    }

    @Test
    void aKeyThatIsRevokedAtOneServerIsUnknownAtTheOtherAtOnce() {
        try (TestingPlane one = server(Map.of());
                TestingPlane other = server(Map.of())) {
            String made = one.post("/api/v1/keys", "{\"name\":\"k\"}").body();
            String secret = made.replaceFirst("(?s).*\"(drv_live_[^\"]+)\".*", "$1");
            String id = made.replaceFirst("(?s).*\"key_id\" *: *\"([^\"]+)\".*", "$1");
            assertThat(asked(one, secret)).as(made).isEqualTo(200);
            assertThat(asked(other, secret)).isEqualTo(200);
            assertThat(one.delete("/api/v1/keys/" + id).statusCode()).isBetween(200, 299);
            assertThat(asked(other, secret)).isEqualTo(401);
            assertThat(asked(one, secret)).isEqualTo(401);
        }
    }

    @Test
    void aServerWithAnotherKeyDoesNotStart() {
        try (TestingPlane one = server(Map.of("SECRET_KEY", "a".repeat(40)))) {
            assertThat(one.get("/health").statusCode()).isEqualTo(200);
            assertThatThrownBy(() -> server(Map.of("SECRET_KEY", "b".repeat(40))))
                    .isInstanceOf(StartFailure.class)
                    .hasMessageContaining("SECRET_KEY");
            assertThatThrownBy(() -> server(Map.of()))
                    .isInstanceOf(StartFailure.class)
                    .hasMessageContaining("SECRET_KEY");
            Map<String, String> named = Map.of("SECRET_KEY", "a".repeat(40), "SLAW_INSTANCE_ID", "another");
            assertThatThrownBy(() -> server(named))
                    .isInstanceOf(StartFailure.class)
                    .hasMessageContaining("SLAW_INSTANCE_ID");
            Map<String, String> rooted = Map.of("DROVER_ROOT_KEY", "dGhpcnR5LXR3byBieXRlcyBmb3IgdGVzdHMgb25seT8=");
            assertThatThrownBy(() -> server(rooted))
                    .isInstanceOf(StartFailure.class)
                    .hasMessageContaining("DROVER_ROOT_KEY");
            try (TestingPlane same = server(Map.of("SECRET_KEY", "a".repeat(40)))) {
                assertThat(same.get("/health").statusCode()).isEqualTo(200);
            }
        }
        try (TestingPlane later = server(Map.of("SECRET_KEY", "b".repeat(40)))) {
            assertThat(later.get("/health").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void theKeyOfAnEarlierReleaseMovesOutOfTheFolder() throws Exception {
        Files.writeString(folder.resolve("token.key"), "ab".repeat(32));
        Map<String, String> settings = settings(Map.of("DROVER_DATA", folder.toString()));
        Map<String, String> all = new HashMap<>(settings);
        all.putAll(Map.of(
                "HOME", folder.toString(),
                "DROVER_PORT", "0",
                "DROVER_COMPUTERS", "process",
                "DROVER_ROOT_KEY", TestingPlane.ROOT_KEY,
                "DROVER_ADMIN_PASSWORD", "a password for tests"));
        try (Plane plane = Plane.start(Settings.read(Map.of(), all));
                TestingPlane other = server(Map.of())) {
            assertThat(plane.url()).isNotNull();
            assertThat(folder.resolve("token.key")).doesNotExist();
            assertThat(asked(other, signed())).isEqualTo(200);
        }
    }

    /** What a server of an earlier release gave out that signed with the key in that folder. */
    private static String signed() {
        SigningKey key = SigningKey.of("ab".repeat(32));
        return new SignedTokens(key, key, "default", Clock.systemUTC())
                .sign(new Claims.OfUser("admin", "admin", 0, null, Instant.now().plusSeconds(600)));
    }
}
