package dev.drover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.Settings;
import dev.drover.cli.bench.Laboratory;
import dev.drover.core.StartFailure;
import dev.drover.core.backup.BackupFile;
import dev.drover.core.health.Finding;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandsTest {
    @TempDir
    Path data;

    private final TestingServer server = new TestingServer(Samples.RUN);
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private final Embedded embedded = new Embedded() {
        @Override
        public Running start(Settings settings) {
            return server;
        }

        @Override
        public void backup(Settings settings, OutputStream out) {
            throw new IllegalStateException("nothing is backed up here");
        }

        @Override
        public void restore(Settings settings, BackupFile backup) {
            throw new IllegalStateException("nothing is restored here");
        }

        @Override
        public List<Finding> examine(Settings settings) {
            return List.of(new Finding("computers", false, "none", "install bubblewrap"));
        }
    };

    private final Laboratory laboratory = folder -> {
        throw new IllegalStateException("nothing is measured here");
    };

    @BeforeEach
    void leaveAKey() throws IOException {
        Files.writeString(data.resolve("operator.key"), TestingServer.KEY + "\n");
    }

    @AfterEach
    void close() {
        server.close();
    }

    private int execute(String... words) {
        return execute(embedded, words);
    }

    private int execute(Embedded with, String... words) {
        Map<String, String> environment = Map.of("DROVER_DATA", data.toString(), "HOME", data.toString());
        Surroundings around = new Surroundings(environment, stream(out), stream(err), false, false);
        return Commands.execute(around, with, laboratory, List.of(words));
    }

    private static PrintStream stream(ByteArrayOutputStream target) {
        return new PrintStream(target, true, StandardCharsets.UTF_8);
    }

    private String printed() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String told() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private void serving() {
        new ServerFile(data).write(server.url());
    }

    @Test
    void runPrintsStepsForPeopleAndTheResultForPrograms() {
        int code = execute("run", "count the files");

        assertThat(code).isZero();
        assertThat(printed()).isEqualTo("three files\n");
        assertThat(told()).contains("▸ shell_run  ls -1", "✓ completed", "1 step", "1,234 tokens");
    }

    @Test
    void runDoesNotSayTheResultTwice() {
        server.close();
        String last = Samples.THOUGHT.replace("I look first.", "three files");
        try (TestingServer brief = new TestingServer(List.of(Samples.PLANNING, last, Samples.END))) {
            new ServerFile(data).write(brief.url());

            assertThat(execute("run", "count the files")).isZero();
            assertThat(printed()).isEqualTo("three files\n");
            assertThat(told()).doesNotContain("three files");
        }
    }

    @Test
    void runAsJsonPrintsEventsAndNothingElse() {
        int code = execute("run", "--json", "count the files");

        assertThat(code).isZero();
        assertThat(printed().lines()).isEqualTo(Samples.RUN);
        assertThat(told()).isEmpty();
    }

    @Test
    void runFailsWhenTheRunDid() {
        server.status = "error";

        assertThat(execute("run", "count the files")).isEqualTo(1);
        assertThat(printed()).isEmpty();
        assertThat(told()).contains("✗ error").contains("iteration_cap_reached");
    }

    @Test
    void runTellsThePasswordThatItsServerMadeUp() {
        server.newPassword = Optional.of("xyz");

        execute("run", "count the files");

        assertThat(told()).contains("shown this once: xyz");
        assertThat(printed()).doesNotContain("xyz");
    }

    @Test
    void runLeavesNoTraceOfItsServer() {
        execute("run", "count the files");

        assertThat(data.resolve("server.url")).doesNotExist();
    }

    @Test
    void runUsesAServerThatRuns() {
        serving();

        int code = execute(refusing(), "run", "count the files");

        assertThat(code).isZero();
    }

    @Test
    void runRefusesAFlagThatARunningServerCannotHeed() {
        serving();

        assertThat(execute("run", "--model", "offline", "x")).isEqualTo(2);
        assertThat(told()).contains("--model").contains(server.url().toString());
    }

    @Test
    void aServerThatWasKilledIsNotTakenForOneThatRuns() {
        serving();
        server.close();

        assertThat(execute("agents")).isEqualTo(1);
        assertThat(told()).contains("no server is running on " + data);
    }

    @Test
    void aStartThatFailsIsOneLineAndCodeTwo() {
        assertThat(execute(refusing(), "run", "x")).isEqualTo(2);
        assertThat(told()).isEqualTo("drover: port 8000 is taken: choose another\n");
    }

    private static Embedded refusing() {
        return new Embedded() {
            @Override
            public Running start(Settings settings) {
                throw new StartFailure("port 8000 is taken:\n choose another");
            }

            @Override
            public void backup(Settings settings, OutputStream out) {
                throw new StartFailure("nothing there");
            }

            @Override
            public void restore(Settings settings, BackupFile backup) {
                throw new StartFailure("nothing there");
            }

            @Override
            public List<Finding> examine(Settings settings) {
                return List.of();
            }
        };
    }

    @Test
    void aMissingKeyFileIsOneLineAndCodeTwo() throws IOException {
        serving();
        Files.delete(data.resolve("operator.key"));

        assertThat(execute("agents")).isEqualTo(2);
        assertThat(told()).startsWith("drover: there is no key file").hasLineCount(1);
    }

    @Test
    void aKeyFileThatIsAFolderIsOneLineAndCodeTwo() throws IOException {
        serving();
        Files.delete(data.resolve("operator.key"));
        Files.createDirectory(data.resolve("operator.key"));

        assertThat(execute("agents")).isEqualTo(2);
        assertThat(told()).startsWith("drover: the key file").hasLineCount(1);
    }

    @Test
    void wordsThatAreNotUnderstoodAreCodeTwo() {
        assertThat(execute("run")).isEqualTo(2);
        assertThat(execute("fly")).isEqualTo(2);
        assertThat(told()).contains("drover run --help", "drover --help");
    }

    @Test
    void aRefusalOfTheServerIsItsMessageAndCodeOne() {
        serving();

        assertThat(execute("logs", "ag_none")).isEqualTo(1);
        assertThat(told()).isEqualTo("drover: There is no such agent.\n");
    }

    @Test
    void listsAgents() {
        serving();

        assertThat(execute("agents")).isZero();
        assertThat(printed()).contains(TestingServer.AGENT + "  completed  2026-11-01T10:00:00Z  Count");
    }

    @Test
    void printsALogThatIsOverAndOneThatIsFollowed() {
        serving();

        assertThat(execute("logs", TestingServer.AGENT)).isZero();
        String whole = printed();
        out.reset();
        assertThat(execute("logs", "-f", TestingServer.AGENT)).isZero();
        assertThat(printed()).isEqualTo(whole).contains("▸ shell_run  ls -1");
    }

    @Test
    void stopsAnAgent() {
        serving();

        assertThat(execute("stop", TestingServer.AGENT)).isZero();
        assertThat(printed()).isEqualTo("stopped\n");
    }

    @Test
    void aNewKeyIsAllThatIsPrinted() {
        serving();

        assertThat(execute("keys", "create", "ci", "--data", data.toString())).isZero();
        assertThat(printed()).isEqualTo("drv_live_new\n");
        assertThat(told()).contains("agents:read");
    }

    @Test
    void doctorFailsWhenSomethingIsMissingAndSaysWhatToDo() {
        assertThat(execute("doctor")).isEqualTo(1);
        assertThat(printed()).contains("✗ computers  none", "→ install bubblewrap", "DROVER_PORT");
    }

    @Test
    void doctorTellsOfSettingsThatCannotBeRead() {
        assertThat(execute("doctor", "--port", "many")).isEqualTo(1);
        assertThat(printed()).contains("✗ settings").contains("--port is 'many'");
    }

    @Test
    void everyCommandHasHelp() {
        for (String command :
                List.of("run", "serve", "agents", "logs", "why", "stop", "replay", "keys", "doctor", "check")) {
            assertThat(execute(command, "--help")).isZero();
        }
        assertThat(execute("--version")).isZero();
    }
}
