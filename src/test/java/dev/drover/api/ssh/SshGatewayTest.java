package dev.drover.api.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.ssh.TestingClients.Ended;
import dev.drover.provider.secret.OpenSshKeys;
import dev.drover.testing.Waiting;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class SshGatewayTest {
    @TempDir
    Path folder;

    private TestingGateway house;
    private TestingClients clients;

    @BeforeEach
    void open() throws Exception {
        house = TestingGateway.in(folder);
        clients = house.clients();
    }

    @AfterEach
    void close() throws Exception {
        house.close();
    }

    @Test
    void runsACommandForWhoeverHasTheKeyAndKeepsBothStreamsApart() throws Exception {
        Ended ended = clients.ssh("cat; echo \"in $PWD\"; echo oh >&2; exit 7");

        assertThat(ended.out()).startsWith("in /");
        assertThat(ended.err()).isEqualTo("oh\n");
        assertThat(ended.code()).isEqualTo(7);
    }

    @Test
    void passesOnWhatIsTypedWhateverBytesItIs() throws Exception {
        byte[] bytes = TestingBytes.of(3_000_000);
        Ended ended = clients.run(bytes, clients.command(clients.key(), "cat"), Map.of());

        assertThat(ended.out().getBytes(java.nio.charset.StandardCharsets.ISO_8859_1))
                .isEqualTo(bytes);
        assertThat(ended.code()).isZero();
    }

    @Test
    void tellsHowACommandEnded() throws Exception {
        assertThat(clients.ssh("kill -9 $$").code()).isEqualTo(137);
        assertThat(clients.ssh("no-such-program").code()).isEqualTo(127);
    }

    @Test
    void letsWhoeverKnowsThePasswordIn() throws Exception {
        assertThat(clients.sshByPassword(TestingGateway.PASSWORD, "echo in")).isEqualTo(new Ended(0, "in\n", ""));
    }

    @Test
    void hangsUpAfterFiveWrongPasswordsAndTakesItsTime() throws Exception {
        long begun = System.nanoTime();
        Ended ended = clients.sshByPassword("wrong", "echo in");

        assertThat(ended.code()).isEqualTo(255);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err().split("Permission denied, please try again", -1)).hasSize(6);
        assertThat(System.nanoTime() - begun).isGreaterThan(TimeUnit.SECONDS.toNanos(4));
    }

    @Test
    void refusesAnotherKeyAndAnotherUser() throws Exception {
        Path other = TestingClients.keyFile(
                folder.resolve("other"), new OpenSshKeys().make("somebody else").privateKey());

        assertThat(clients.sshWith(other, "echo in").err()).contains("Permission denied");
        assertThat(clients.ssh("-lroot", "echo in").err()).contains("Permission denied");
    }

    @Test
    void givesATerminalOfTheClientsSize() throws Exception {
        Process client = new ProcessBuilder(
                        List.of("script", "-qfc", "stty rows 31 cols 97; " + String.join(" ", quoted()), "/dev/null"))
                .redirectErrorStream(true)
                .start();
        BufferedReader out = new BufferedReader(new InputStreamReader(client.getInputStream(), UTF_8));

        assertThat(out.lines().toList())
                .anyMatch(line -> line.contains("31 97"))
                .anyMatch(line -> line.contains("pts"));
        assertThat(client.waitFor()).isZero();
    }

    private List<String> quoted() {
        return clients.command(clients.key(), "-tt", "'stty size; tty'");
    }

    @Test
    void startsALoginShellThatHearsWhatIsTyped() throws Exception {
        Ended ended = clients.sshTyping("echo \"terminal: $TERM\"; stty -echo; exit 5\n", "-tt");

        assertThat(ended.out()).contains("terminal:");
        assertThat(ended.code()).isEqualTo(5);
    }

    @Test
    void endsWhatRanWhenTheClientGoesAway() throws Exception {
        Process client = clients.talking("-tt", "echo up; sleep 4721.5; echo never");
        client.getInputStream().readNBytes(2);
        client.destroyForcibly();

        Waiting.until(() -> running("4721.5").isEmpty());
        assertThat(running("4721.5")).isEmpty();
    }

    @Test
    void endsSessionsWithTheirWayIn() throws Exception {
        Process byKey = clients.talking("echo up; sleep 4722.5");
        assertThat(byKey.getInputStream().readNBytes(3)).isEqualTo("up\n".getBytes(UTF_8));
        house.keep(TestingReception.BY_PASSWORD);

        assertThat(byKey.waitFor(30, TimeUnit.SECONDS)).isTrue();
        Waiting.until(() -> running("4722.5").isEmpty());
        assertThat(clients.sshByPassword(TestingGateway.PASSWORD, "echo in").out())
                .isEqualTo("in\n");
    }

    @Test
    void listensOnlyWhileThereIsAWayIn() throws Exception {
        Process client = clients.talking("echo up; sleep 4723.5");
        client.getInputStream().readNBytes(3);
        house.gateway().attend(Set.of());

        assertThat(client.waitFor(30, TimeUnit.SECONDS)).isTrue();
        Waiting.until(() -> !listens(house.place().port()));
        house.gateway().attend(Set.of(house.place()));
        assertThat(clients.ssh("echo back").out()).isEqualTo("back\n");
    }

    @Test
    void leavesOneOfTwoPorts() throws Exception {
        var other = new dev.drover.core.terminal.Gateway.Place(
                house.place().agent(), TestingGateway.freePort(), house.place().ways());
        house.gateway().attend(Set.of(house.place(), other));
        assertThat(listens(other.port())).isTrue();
        house.gateway().attend(Set.of(house.place()));

        assertThat(listens(other.port())).isFalse();
        assertThat(clients.ssh("echo here").out()).isEqualTo("here\n");
    }

    @Test
    void passesNeitherPortsNorAnAgentOn() throws Exception {
        int port = TestingGateway.freePort();
        Ended there = clients.ssh("-R" + port + ":127.0.0.1:1", "-oExitOnForwardFailure=yes", "echo in");
        Ended agent = clients.ssh("-A", "echo \"agent: $SSH_AUTH_SOCK\"");

        assertThat(there.code()).isEqualTo(255);
        assertThat(there.err()).contains("forwarding failed");
        assertThat(agent.out()).isEqualTo("agent: \n");
        Ended direct = clients.ssh("-W127.0.0.1:" + house.place().port());
        assertThat(direct.code()).isEqualTo(255);
    }

    @Test
    void keepsItsOwnKeyToItself() throws Exception {
        Path file = folder.resolve("ssh-host.key");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(house.gateway().fingerprint()).startsWith("SHA256:");
        assertThat(clients.ssh("true").code()).isZero();
        assertThat(Files.readString(folder.resolve("known_hosts"))).contains("ssh-ed25519");
    }

    private static List<String> running(String argument) {
        return ProcessHandle.allProcesses()
                .map(process -> process.info().commandLine().orElse(""))
                .filter(line -> line.contains("sleep " + argument) && !line.contains("ssh"))
                .toList();
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (ConnectException e) {
            return false;
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }
}
