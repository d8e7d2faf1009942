package dev.drover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.TestingApi;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code drover check} and {@code drover why} against a real server. */
final class CheckCommandTest {
    private static final TestingApi SERVER = new TestingApi(Map.of("DROVER_MODEL", "offline"));

    @TempDir
    Path nowhere;

    private final TestingCommands commands = new TestingCommands();

    @AfterAll
    static void close() {
        SERVER.close();
    }

    private int execute(String... words) {
        Map<String, String> environment = Map.of(
                "DROVER_URL",
                SERVER.plane().url().toString(),
                "DROVER_API_KEY",
                SERVER.plane().operator());
        return commands.execute(environment, words);
    }

    private String printed() {
        return commands.printed();
    }

    private static String spawned(String task) {
        return SERVER.post("/api/v1/agents", "{\"task\":\"" + task + "\"}")
                .json()
                .path("agent_id")
                .asText();
    }

    private static String run(String agent) {
        return SERVER.get("/api/v1/agents/" + agent + "/why")
                .json()
                .path("run_id")
                .asText();
    }

    @Test
    void checkEndsWithZeroWhenAllIsWellAndWithOneWhenNot() throws InterruptedException {
        String agent = spawned("$ echo hello");
        SERVER.await(
                "/api/v1/agents/" + agent,
                found -> found.path("status").asText().equals("completed"));
        String run = run(agent);

        assertThat(execute("check")).as(printed()).isZero();
        assertThat(printed()).contains("✓ nothing is wrong", "runs with");
        assertThat(execute("check", "--run", run)).isZero();
        assertThat(printed()).contains("1 runs with");

        sql("update run_event set payload = payload || ' ' where run_id = ? and seq = 2", run);
        assertThat(execute("check", "--run", run)).isEqualTo(1);
        assertThat(printed()).contains("✗ log  run " + run + "  event 2", "✗ 1 violations");
        assertThat(execute("check", "--json")).isEqualTo(1);
        assertThat(DroverClient.parse(printed()).at("/violations/0/run_id").asText())
                .isEqualTo(run);
        sql("update run_event set payload = rtrim(payload) where run_id = ? and seq = 2", run);
        assertThat(execute("check")).isZero();
    }

    @Test
    void checkNamesAStuckRun() throws InterruptedException {
        String agent = spawned("$ sleep 60");
        SERVER.await(
                "/api/v1/agents/" + agent + "/why",
                found -> found.path("doing").asText().startsWith("tool"));
        String run = run(agent);
        sql("update run set node_id = null where id = ?", run);

        assertThat(execute("check")).isEqualTo(1);
        assertThat(printed()).contains("✗ stuck  run " + run, "no server holds it");
        SERVER.delete("/api/v1/agents/" + agent);
        assertThat(execute("check")).isZero();
    }

    @Test
    void whySaysAllThatAPersonAsks() throws InterruptedException {
        String agent = spawned("$ sleep 20");
        SERVER.await(
                "/api/v1/agents/" + agent + "/why",
                found -> found.path("doing").asText().startsWith("tool"));

        assertThat(execute("why", agent)).isZero();
        assertThat(printed())
                .contains(agent + "  running", "doing       tool shell_run", "since       ", "until       ")
                .contains("held by     server ", "to unblock  wait, or stop it", " ago)", "(in ");
        assertThat(execute("why", "--json", agent)).isZero();
        assertThat(DroverClient.parse(printed()).path("doing").asText()).isEqualTo("tool shell_run");
        SERVER.delete("/api/v1/agents/" + agent);
        assertThat(execute("why", agent)).isZero();
        assertThat(printed()).contains("stopped by ", "held by     nobody", "nobody: it is over");
        assertThat(execute("why", "ag_none")).isEqualTo(1);
    }

    @Test
    void checkNeedsAServer() {
        assertThat(commands.execute(Map.of("DROVER_DATA", nowhere.toString(), "DROVER_API_KEY", "x"), "check"))
                .isEqualTo(1);
        assertThat(commands.told()).contains("start one with drover serve");
    }

    private static void sql(String sql, String run) {
        SERVER.plane().database().database().jdbi().useHandle(handle -> handle.execute(sql, UUID.fromString(run)));
    }
}
