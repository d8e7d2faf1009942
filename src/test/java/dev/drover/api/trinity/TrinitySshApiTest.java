package dev.drover.api.trinity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.api.TestingApi;
import dev.drover.api.TestingApi.Reply;
import dev.drover.api.ssh.TestingClients;
import dev.drover.core.terminal.SshKeys;
import dev.drover.provider.secret.OpenSshKeys;
import dev.drover.testing.TestingPlane;
import dev.drover.testing.Waiting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Ways into agents' computers: opened by the API, taken by the clients that everybody has. */
@Timeout(180)
class TrinitySshApiTest {
    @TempDir
    Path folder;

    private TestingPlane plane;
    private TestingApi api;

    @BeforeEach
    void start() {
        plane = TestingPlane.start(Map.of("DROVER_MODEL", "offline", "SSH_MAX_TTL_HOURS", "12"));
        api = new TestingApi(plane);
        enable("true");
        api.post("/api/agents", "{\"name\":\"box\"}");
    }

    @AfterEach
    void stop() {
        plane.close();
    }

    private void enable(String value) {
        sql(
                "insert into setting (key, value, changed_at) values ('ssh_access_enabled', ?, now())"
                        + " on conflict (key) do update set value = excluded.value",
                value);
    }

    private void sql(String sql, Object... values) {
        plane.database().database().jdbi().useHandle(handle -> handle.execute(sql, values));
    }

    private Reply access(String body) {
        return api.post("/api/agents/box/ssh-access", body);
    }

    private TestingClients clients(JsonNode access) throws IOException {
        return TestingClients.in(
                folder,
                access.at("/connection/port").intValue(),
                access.path("private_key").asText());
    }

    @Test
    void givesAKeyThatOpensAShell() throws Exception {
        Instant before = Instant.now();
        Reply reply = access("");
        JsonNode access = reply.json();

        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(access.path("status").textValue()).isEqualTo("success");
        assertThat(access.path("agent").textValue()).isEqualTo("box");
        assertThat(access.path("auth_method").textValue()).isEqualTo("key");
        assertThat(access.path("private_key").textValue())
                .startsWith("-----BEGIN OPENSSH PRIVATE KEY-----\n")
                .endsWith("-----END OPENSSH PRIVATE KEY-----\n");
        assertThat(access.path("expires_in_hours").doubleValue()).isEqualTo(4);
        assertThat(access.path("expires_at").textValue()).matches(".*T.*\\.\\d{3}Z");
        assertThat(Instant.parse(access.path("expires_at").textValue()))
                .isBetween(before.plus(Duration.ofHours(4)).minusSeconds(1), before.plus(Duration.ofHours(5)));
        assertThat(access.path("instructions").isArray()).isTrue();
        assertThat(access.at("/connection/user").textValue()).isEqualTo("developer");
        assertThat(access.at("/connection/host").textValue()).isEqualTo("localhost");
        assertThat(access.at("/connection/port"))
                .isEqualTo(api.get("/api/agents/box").json().path("port"));
        assertThat(access.at("/connection/command").textValue()).startsWith("ssh -p ");
        assertThat(access.at("/connection").has("password")).isFalse();
        assertThat(clients(access).ssh("echo in; exit 3")).isEqualTo(new TestingClients.Ended(3, "in\n", ""));
    }

    @Test
    void givesAPasswordThatOpensAShell() throws Exception {
        JsonNode access =
                access("{\"auth_method\": \"PASSWORD\", \"ttl_hours\": 1.5}").json();
        String password = access.at("/connection/password").textValue();

        assertThat(access.has("private_key")).isFalse();
        assertThat(password).matches("[A-Za-z0-9]{24}");
        assertThat(access.at("/connection/command").textValue()).startsWith("sshpass -p '" + password + "' ssh");
        assertThat(access.path("expires_in_hours").doubleValue()).isEqualTo(1.5);
        assertThat(clients(access).sshByPassword(password, "echo in").out()).isEqualTo("in\n");
        assertThat(clients(access).sshByPassword("wrong", "echo in").code()).isEqualTo(255);
        String kept = plane.database()
                .database()
                .jdbi()
                .withHandle(handle -> handle.createQuery("select cast(ssh_access as text) from ssh_access")
                        .mapTo(String.class)
                        .one());
        assertThat(kept).doesNotContain(password).contains("trinity-ephemeral-box-");
    }

    @Test
    void takesTheCallersOwnKey() throws Exception {
        SshKeys.Pair own = new OpenSshKeys().make("mine");
        Reply reply = access("{\"public_key\": \"" + own.publicKey() + " mira@example\"}");

        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(reply.json().has("private_key")).isFalse();
        Path key = TestingClients.keyFile(folder.resolve("own"), own.privateKey());
        assertThat(clients(reply.json()).sshWith(key, "echo in").out()).isEqualTo("in\n");
        assertThat(access("{\"public_key\": \"ssh-ed25519 nonsense\"}").status())
                .isEqualTo(400);
    }

    @Test
    void keepsTheTimeWithinBounds() {
        assertThat(access("{\"ttl_hours\": 0}").json().path("expires_in_hours").doubleValue())
                .isEqualTo(0.1);
        assertThat(access("{\"ttl_hours\": 99}").json().path("expires_in_hours").doubleValue())
                .isEqualTo(12);
    }

    @Test
    void looksAtTheSettingBeforeAnythingElse() {
        enable("false");
        for (String name : new String[] {"box", "nobody"}) {
            Reply reply = api.post("/api/agents/" + name + "/ssh-access", "{\"auth_method\": \"magic\"}");
            assertThat(reply.status()).isEqualTo(403);
            assertThat(reply.text("detail")).contains("ssh_access_enabled");
        }
    }

    @Test
    void checksTheAgentThenWhetherItIsOnThenTheMethod() {
        assertThat(api.post("/api/agents/nobody/ssh-access", "").status()).isEqualTo(404);
        assertThat(access("{\"ttl_hours\": \"soon\"}").status()).isEqualTo(422);
        Reply method = access("{\"auth_method\": \"magic\"}");
        assertThat(method.status()).isEqualTo(400);
        assertThat(method.text("detail")).contains("magic");
        api.post("/api/agents/box/stop", "");
        Reply off = access("{\"auth_method\": \"magic\"}");
        assertThat(off.status()).isEqualTo(400);
        assertThat(off.text("detail")).isEqualTo("Agent is not running");
    }

    @Test
    void endsWithTheAgentsStop() throws Exception {
        JsonNode access = access("").json();
        TestingClients clients = clients(access);
        Process session = clients.talking("echo up; sleep 60");
        session.getInputStream().readNBytes(3);
        api.post("/api/agents/box/stop", "");

        assertThat(session.waitFor(60, TimeUnit.SECONDS)).isTrue();
        Waiting.until(() -> !listens(access));
        api.post("/api/agents/box/start", "");
        assertThat(clients.ssh("echo in").code()).isEqualTo(255);
        access("");
        assertThat(clients.ssh("echo in").err()).contains("Permission denied");
    }

    @Test
    void endsWithTheAgent() throws Exception {
        JsonNode access = access("").json();
        api.delete("/api/agents/box");

        Waiting.until(() -> !listens(access));
    }

    @Test
    void endsAtItsTime() throws Exception {
        JsonNode access = access("").json();
        TestingClients clients = clients(access);
        Process session = clients.talking("echo up; sleep 60");
        session.getInputStream().readNBytes(3);
        sql("update ssh_access set expires_at = now() + interval '1 second'");

        assertThat(session.waitFor(60, TimeUnit.SECONDS)).isTrue();
        Waiting.until(() -> !listens(access));
    }

    @Test
    void endsWithTheSetting() throws Exception {
        JsonNode access = access("").json();
        assertThat(clients(access).ssh("echo in").out()).isEqualTo("in\n");
        enable("false");

        Waiting.until(() -> !listens(access));
        enable("true");
        access("");
        assertThat(clients(access).ssh("echo in").out()).isEqualTo("in\n");
    }

    @Test
    void outlivesTheServer() throws Exception {
        JsonNode access = access("").json();
        plane.restart();

        Waiting.until(() -> listens(access));
        assertThat(clients(access).ssh("echo in").out()).isEqualTo("in\n");
    }

    @Test
    void leadsIntoNoOtherAgentsComputer() throws Exception {
        api.post("/api/agents", "{\"name\":\"other\"}");
        JsonNode box = access("").json();
        JsonNode other = api.post("/api/agents/other/ssh-access", "").json();
        TestingClients mixed = TestingClients.in(
                folder,
                other.at("/connection/port").intValue(),
                box.path("private_key").textValue());

        assertThat(mixed.ssh("echo in").err()).contains("Permission denied");
        assertThat(clients(other).ssh("echo in").out()).isEqualTo("in\n");
    }

    private static boolean listens(JsonNode access) {
        try (Socket socket = new Socket(
                InetAddress.getLoopbackAddress(), access.at("/connection/port").intValue())) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }
}
