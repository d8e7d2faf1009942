package dev.drover.provider.tool.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.core.Json;
import dev.drover.core.computer.Computer;
import dev.drover.core.computer.ComputerFailure;
import dev.drover.core.computer.Dialogue;
import dev.drover.core.computer.Execution;
import dev.drover.core.computer.Isolation;
import dev.drover.core.computer.Workspace;
import dev.drover.core.credential.LentSecrets;
import dev.drover.core.tool.ToolContext;
import dev.drover.core.tool.ToolRefusal;
import dev.drover.testing.TestingContext;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ShellToolTest {
    private final ShellTool tool = new ShellTool();

    @TempDir
    Path folder;

    @Test
    void givesBothStreamsAndTheExitCode() throws Exception {
        assertThat(tool.run(new Json("{\"command\":\"echo out; echo err >&2; exit 3\"}"), TestingContext.in(folder)))
                .hasToString("{\"stdout\":\"out\\n\",\"stderr\":\"err\\n\",\"exit_code\":3,"
                        + "\"truncated\":false,\"timed_out\":false}");
    }

    @Test
    void saysWhenTheTimeWasUp() throws Exception {
        assertThat(tool.run(
                        new Json("{\"command\":\"echo a; exec sleep 60\",\"timeout_seconds\":0.3}"),
                        TestingContext.in(folder)))
                .hasToString("{\"stdout\":\"a\\n\",\"stderr\":\"\",\"exit_code\":-1,"
                        + "\"truncated\":false,\"timed_out\":true}");
    }

    @Test
    void rejectsWithTheBlockedPattern() {
        assertThatThrownBy(() -> tool.run(new Json("{\"command\":\"false && rm -rf /*\"}"), TestingContext.in(folder)))
                .isInstanceOfSatisfying(
                        ToolRefusal.class,
                        refusal -> assertThat(refusal.wasRejected()).isTrue())
                .hasMessage("it matches a blocked pattern: recursive delete of root (rm -rf /)");
    }

    @Test
    void rejectsANulCharacter() {
        assertThatThrownBy(() -> tool.run(new Json("{\"command\":\"echo \\u0000\"}"), TestingContext.in(folder)))
                .hasMessageContaining("NUL");
    }

    @ParameterizedTest
    @CsvSource({
        "'', PT30S",
        "0, PT30S",
        "-5, PT30S",
        "1, PT1S",
        "59.9, PT59.9S",
        "60, PT1M",
        "60.1, PT1M",
        "1e300, PT1M",
        "1e999, PT1M",
        "0.00001, PT0.001S"
    })
    void clampsTheTime(String asked, Duration given) throws Exception {
        Recorder recorder = new Recorder();
        String timeout = asked.isEmpty() ? "" : ",\"timeout_seconds\":" + asked;
        tool.run(new Json("{\"command\":\"ls\"" + timeout + "}"), recorder.context(folder));
        assertThat(recorder.timeout).isEqualTo(given);
    }

    @Test
    void failsWhenTheComputerDoes() {
        Recorder recorder = new Recorder();
        recorder.failure = new ComputerFailure("the workspace is over its quota of 1 GB; delete something");
        assertThatThrownBy(() -> tool.run(new Json("{\"command\":\"ls\"}"), recorder.context(folder)))
                .isInstanceOfSatisfying(
                        ToolRefusal.class,
                        refusal -> assertThat(refusal.wasRejected()).isFalse())
                .hasMessageContaining("over its quota");
    }

    @Test
    void isNeverRepeated() {
        assertThat(tool.repeatable(new Json("{\"command\":\"ls\"}"))).isFalse();
    }

    /** A computer that only notes what it is asked. */
    private static final class Recorder implements Computer {
        private Duration timeout = Duration.ZERO;
        private @Nullable ComputerFailure failure;

        ToolContext context(Path folder) {
            return new ToolContext(this, TestingContext.in(folder).egress(), TestingContext.BEHALF, LentSecrets.NONE);
        }

        @Override
        public Execution run(String command, Duration asked) throws ComputerFailure {
            if (failure != null) {
                throw failure;
            }
            timeout = asked;
            return new Execution("", "", 0, false, false);
        }

        @Override
        public Dialogue converse(String command, Map<String, String> environment) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Isolation isolation() {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isUp() {
            return true;
        }

        @Override
        public Workspace workspace() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void environment(Map<String, String> variables) {}

        @Override
        public Stats stats() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void stop(Duration grace) {}

        @Override
        public void close() {}
    }
}
