package dev.drover.core.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.core.computer.Computer;
import dev.drover.core.computer.TestingProcesses;
import dev.drover.core.computer.TestingSpecs;
import dev.drover.provider.computer.process.ProcessComputers;
import dev.drover.testing.Waiting;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SessionTest {
    private static final Window SMALL = new Window(24, 80);

    @TempDir
    Path folder;

    private Computer computer;

    @BeforeEach
    void open() throws Exception {
        computer = new ProcessComputers(folder).open(TestingSpecs.spec());
    }

    @AfterEach
    void close() {
        computer.close();
    }

    /** What was printed until it fits, or to the end. */
    private static String heard(Session session, Predicate<String> enough) throws IOException {
        StringBuilder text = new StringBuilder();
        while (!enough.test(text.toString())) {
            switch (session.next()) {
                case Said.Output(byte[] bytes) -> text.append(new String(bytes, UTF_8));
                case Said.Complaint(byte[] bytes) -> text.append("! ").append(new String(bytes, UTF_8));
                case Said.Exit(int code) -> {
                    return text + "exit " + code;
                }
            }
        }
        return text.toString();
    }

    private static String all(Session session) throws IOException {
        return heard(session, text -> false);
    }

    private Session shell() throws Exception {
        return Session.open(computer, new SessionOrder(null, SMALL, Map.of("TERM", "dumb", "PS1", "")));
    }

    private static void type(Session session, String text) throws IOException {
        byte[] bytes = text.getBytes(UTF_8);
        session.type(bytes, 0, bytes.length);
    }

    @Test
    void aTerminalChangesItsSizeWhileItIsInUse() throws Exception {
        try (Session session = shell()) {
            type(session, "trap 'echo \"size $(stty size)\"' WINCH; stty -echo; echo re''ady\n");
            heard(session, text -> text.contains("ready"));
            session.resize(new Window(50, 132));
            type(session, ":\n");

            assertThat(heard(session, text -> text.contains("132"))).contains("size 50 132");
        }
    }

    @Test
    void aShellOnATerminalIsALoginShellWithJobsOfItsOwn() throws Exception {
        try (Session session = shell()) {
            type(session, "stty -echo; tty; sh -c 'echo re\"\"ady; exec cat'\n");
            assertThat(heard(session, text -> text.contains("ready"))).contains("/dev/pts/");
            type(session, "\3");
            session.endInput();

            assertThat(all(session)).endsWith("exit 130");
        }
    }

    @Test
    void theEndOfTheInputEndsATerminalsShell() throws Exception {
        try (Session session = shell()) {
            type(session, "echo last\n");
            session.endInput();

            assertThat(all(session)).contains("last").contains("exit 0");
        }
    }

    @Test
    void streamsAreApartWithoutATerminal() throws Exception {
        try (Session session =
                Session.open(computer, SessionOrder.of("read a; echo $a; read b || echo no >&2; exit 4"))) {
            type(session, "it's\n");
            session.endInput();

            assertThat(all(session)).contains("it's\n").contains("! no\n").endsWith("exit 4");
        }
    }

    @Test
    void aSignalReachesWhatWasStarted() throws Exception {
        try (Session session =
                Session.open(computer, SessionOrder.of("trap 'echo heard; exit 3' INT; echo up; sleep 60 & wait"))) {
            heard(session, text -> text.contains("up"));
            session.signal("INT");

            assertThat(all(session)).isEqualTo("heard\nexit 3");
        }
    }

    @Test
    void hangingUpEndsWhatWasStarted() throws Exception {
        Session session =
                Session.open(computer, SessionOrder.of("trap '' HUP TERM; echo up; sleep 4741.5 & sleep 4741.5"));
        heard(session, text -> text.contains("up"));
        session.close();

        Waiting.until(() -> TestingProcesses.withArgument("4741.5").isEmpty());
    }

    @Test
    void doesNotWaitForWhatStaysInTheBackground() throws Exception {
        try (Session session = Session.open(computer, SessionOrder.of("sleep 4742.5 & echo done"))) {
            assertThat(all(session)).isEqualTo("done\nexit 0");
        }
    }

    /** Whoever hears of the end hangs up at once, often before the session's own program is gone. */
    @Test
    void whatStaysInTheBackgroundOutlivesTheEnd() throws Exception {
        for (int i = 0; i < 40; i++) {
            try (Session session = Session.open(computer, SessionOrder.of("sleep 4743.5 > /dev/null 2>&1 &"))) {
                assertThat(all(session)).isEqualTo("exit 0");
            }
        }
        assertThat(TestingProcesses.withArgument("4743.5")).hasSize(40);
    }

    @Test
    void whoDoesNotListenHoldsNobodyElseBack() throws Exception {
        try (Session deaf = Session.open(computer, SessionOrder.of("cat /dev/zero"));
                Session other = Session.open(computer, SessionOrder.of("echo free"))) {
            assertThat(deaf.next()).isInstanceOf(Said.Output.class);
            assertThat(all(other)).isEqualTo("free\nexit 0");
        }
    }

    @Test
    void saysWhenItsProgramWasKilled() throws Exception {
        try (Session session = Session.open(computer, SessionOrder.of("echo up; sleep 0.3; kill -9 $PPID; sleep 60"))) {
            assertThat(all(session)).isEqualTo("up\nexit 137");
        }
    }
}
