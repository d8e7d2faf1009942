package dev.drover.api.trinity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.api.TestingApi;
import dev.drover.api.ssh.TestingClients;
import dev.drover.core.computer.Readiness;
import dev.drover.provider.computer.bubblewrap.BubblewrapComputers;
import dev.drover.provider.egress.EgressProxy;
import dev.drover.testing.TestingPlane;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is read-only for the agent is read-only for whoever comes in by SSH (contract, section 15, row 29). */
@Timeout(180)
class TrinityReadOnlySshTest {
    @TempDir
    Path folder;

    @Test
    void neitherAShellNorAFileClientWritesWhatIsReadOnly() throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        Readiness readiness = new BubblewrapComputers(folder.resolve("probe"), new EgressProxy(), "sshprobe").probe();
        assumeTrue(readiness.ready(), "needs bubblewrap: " + readiness.summary());
        try (TestingPlane plane =
                TestingPlane.start(Map.of("DROVER_MODEL", "offline", "DROVER_COMPUTERS", "bubblewrap"))) {
            TestingApi api = new TestingApi(plane);
            put(api, "/api/settings/ssh_access_enabled", "{\"value\": \"true\"}");
            api.post("/api/agents", "{\"name\":\"box\"}");
            api.post("/api/agents/box/exec", "{\"command\": \"echo one > main.py; mkdir -p output\"}");
            put(api, "/api/agents/box/read-only", "{\"enabled\": true}");
            api.post("/api/agents/box/stop", "");
            api.post("/api/agents/box/start", "");
            JsonNode access = api.post("/api/agents/box/ssh-access", "").json();
            TestingClients clients = TestingClients.in(
                    folder,
                    access.at("/connection/port").intValue(),
                    access.path("private_key").asText());
            Path file = Files.writeString(folder.resolve("mine"), "two\n");

            for (String command :
                    List.of("echo two > main.py", "mv main.py other", "rm -f main.py", "ln -sf x main.py")) {
                assertThat(clients.ssh(command).code()).as(command).isNotZero();
            }
            for (String batch :
                    List.of("put " + file + " main.py", "rm main.py", "rename main.py other", "mkdir new")) {
                assertThat(clients.sftp(batch + "\n").code()).as(batch).isNotZero();
            }
            assertThat(clients.ssh("cat main.py; echo three > output/x; cat output/x")
                            .out())
                    .isEqualTo("one\nthree\n");
            assertThat(clients.sftp("put " + file + " output/mine\n").code()).isZero();
            assertThat(clients.ssh("cat output/mine").out()).isEqualTo("two\n");
        }
    }

    private static void put(TestingApi api, String path, String body) {
        TestingApi.Reply reply = api.send(api.as(path).PUT(HttpRequest.BodyPublishers.ofString(body)));
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    }
}
