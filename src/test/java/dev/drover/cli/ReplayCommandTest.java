package dev.drover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.testing.TestingAgents;
import dev.drover.testing.TestingPlane;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ReplayCommandTest {
    private static final TestingPlane PLANE = TestingPlane.offline();
    private static final TestingAgents AGENTS = TestingAgents.of(PLANE);

    private final TestingCommands commands = new TestingCommands();

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
        return commands.execute(environment, words);
    }

    private String printed() {
        return commands.printed();
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
        assertThat(commands.told()).contains("ag_none");
    }
}
