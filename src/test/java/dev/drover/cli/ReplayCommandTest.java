package dev.drover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.Settings;
import dev.drover.core.backup.BackupFile;
import dev.drover.core.health.Finding;
import dev.drover.testing.TestingAgents;
import dev.drover.testing.TestingPlane;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ReplayCommandTest {
    private static final TestingPlane PLANE = TestingPlane.offline();
    private static final TestingAgents AGENTS = TestingAgents.of(PLANE);

    private static final Embedded NOT_HERE = new Embedded() {
        @Override
        public Running start(Settings settings) {
            throw new IllegalStateException("a server runs already");
        }

        @Override
        public List<Finding> examine(Settings settings) {
            return List.of();
        }

        @Override
        public void backup(Settings settings, OutputStream out) {
            throw new IllegalStateException("nothing is backed up here");
        }

        @Override
        public void restore(Settings settings, BackupFile backup) {
            throw new IllegalStateException("nothing is restored here");
        }
    };

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @AfterAll
    static void close() {
        PLANE.close();
    }

    private int replay(String... words) {
        Map<String, String> environment = Map.of(
                "HOME",
                PLANE.data().toString(),
                "DROVER_DATA",
                PLANE.data().toString(),
                "DROVER_URL",
                PLANE.url().toString());
        Surroundings around = new Surroundings(environment, stream(out), stream(err), false, false);
        return Commands.execute(
                around,
                NOT_HERE,
                folder -> {
                    throw new IllegalStateException("nothing is measured here");
                },
                List.of(words));
    }

    private static PrintStream stream(ByteArrayOutputStream target) {
        return new PrintStream(target, true, StandardCharsets.UTF_8);
    }

    private String printed() {
        String text = out.toString(StandardCharsets.UTF_8);
        out.reset();
        return text;
    }

    private static void change(String from, String to) {
        PLANE.database()
                .database()
                .jdbi()
                .useHandle(handle -> handle.execute(
                        "update run_event set payload = replace(payload, ?, ?) where kind = 'tool_called'", from, to));
    }

    @Test
    void tellsByItsExitCodeWhetherARunComesToTheSame() {
        String agent = AGENTS.spawn("$ echo replayed");
        AGENTS.destroyed(agent);

        assertThat(replay("replay", agent)).isZero();
        assertThat(printed()).contains("result   the same").containsPattern("log      [0-9a-f]{64}");
        assertThat(replay("replay", "--json", agent)).isZero();
        assertThat(printed()).startsWith("{\"run_id\":").contains("\"same\":true");

        change("echo replayed", "echo repeated");
        assertThat(replay("replay", agent)).isEqualTo(1);
        change("echo repeated", "echo replayed");
        assertThat(printed())
                .containsPattern("result   different at event \\d+")
                .containsPattern("logged   tool_called .*echo repeated")
                .containsPattern("came     tool_called .*echo replayed");
    }

    @Test
    void saysThatThereIsNoSuchRun() {
        assertThat(replay("replay", "ag_none")).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("ag_none");
    }
}
