package dev.drover.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.testing.TestingAgents;
import dev.drover.testing.TestingDatabase;
import dev.drover.testing.TestingFolders;
import dev.drover.testing.TestingPlane;
import dev.drover.testing.TestingProcess;
import dev.drover.testing.Waiting;
import dev.drover.testing.model.ScriptedModelServer;
import dev.drover.testing.model.Turn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Runs change hands: from a server that is stopped to the next, and from one that dies to one beside it. */
final class TakeoverTest {
    private final Path folder = TestingFolders.create();

    @AfterEach
    void close() {
        TestingFolders.delete(folder);
    }

    @Test
    void aStoppedServerLeavesItsRunsToTheNext() throws Exception {
        Path marks = folder.resolve("marks");
        Path hold = Files.createFile(folder.resolve("hold"));
        try (ScriptedModelServer model = ScriptedModelServer.start(asked -> switch (asked.task()) {
                    case "in a tool" -> asked.turn() == 0 ? shell(marks, hold) : Turn.text("Done.");
                    default -> Files.exists(hold) ? Turn.silence() : Turn.text("Done.");
                });
                TestingPlane plane = TestingPlane.scripted(model)) {
            TestingAgents agents = TestingAgents.of(plane);
            String inTool = agents.spawn("in a tool");
            String atModel = agents.spawn("asking the model");
            Waiting.until(() -> Files.exists(marks) && model.asked().size() == 2);

            plane.stop();
            assertThat(model.brokenOff()).as("hung up on").isEqualTo(1);
            assertThat(statuses(plane)).containsExactly("running", "running");
            assertThat(lastEntries(plane))
                    .as("our own TERM is no result")
                    .containsExactly("model_called", "tool_called");
            Files.delete(hold);
            plane.restart();

            for (String id : List.of(inTool, atModel)) {
                assertThat(agents.finished(id).path("final_result").asText()).isEqualTo("Done.");
                assertThat(agents.log(id))
                        .anyMatch(event -> event.path("message").asText().startsWith("Resumed"));
                agents.assertWhole(id);
            }
            assertThat(Files.readString(marks)).as("it was not done again").isEqualTo("mark\n");
            assertThat(agents.log(inTool))
                    .filteredOn(event -> event.path("in_doubt").asBoolean())
                    .hasSize(1);
            assertThat(agents.log(atModel))
                    .noneMatch(event -> event.path("in_doubt").asBoolean());
        }
    }

    private static Turn shell(Path marks, Path hold) {
        return Turn.call(
                "jettson_shell_run",
                "{\"command\":\"echo mark >> %s; while [ -e %s ]; do sleep 0.1; done\"}".formatted(marks, hold));
    }

    private static List<String> statuses(TestingPlane plane) {
        return strings(plane, "select status from run");
    }

    private static List<String> lastEntries(TestingPlane plane) {
        return strings(plane, """
                select (select e.kind from run_event e where e.run_id = r.id order by e.seq desc limit 1) as kind
                from run r order by kind
                """);
    }

    private static List<String> strings(TestingPlane plane, String sql) {
        return plane.database()
                .database()
                .jdbi()
                .withHandle(
                        handle -> handle.createQuery(sql).mapTo(String.class).list());
    }

    @Test
    void keepsTheWorkspaceOfARunOverAStop() {
        try (TestingPlane plane = TestingPlane.offline()) {
            TestingAgents agents = TestingAgents.of(plane);
            String id = agents.spawn("WRITE note: kept\n$ sleep 3\nREAD note");
            agents.awaitEvent(id, event -> event.path("tool").asText().equals("jettson_shell_run"));
            plane.stop();
            plane.restart();

            assertThat(agents.finished(id).path("final_result").asText()).contains("kept");
        }
    }

    @Test
    void aServerTakesOverFromOneThatDiedBesideIt() throws IOException {
        Path marks = folder.resolve("marks");
        Path hold = Files.createFile(folder.resolve("hold"));
        try (TestingDatabase database = TestingDatabase.create();
                TestingPlane survivor = TestingPlane.start(
                        Map.of("DROVER_MODEL", "offline", "DROVER_DATABASE_URL", database.settingsUrl()));
                TestingProcess dying = TestingProcess.over(database, Map.of("DROVER_MODEL", "offline"))) {
            String id = dying.agents()
                    .spawn("$ echo mark >> %s; while [ -e %s ]; do sleep 0.1; done\n$ echo survived"
                            .formatted(marks, hold));
            Waiting.until(() -> Files.exists(marks));
            TestingAgents agents = TestingAgents.of(survivor);
            assertThat(agents.agent(id).path("status").asText()).isEqualTo("running");

            long killed = System.nanoTime();
            dying.kill();
            JsonNode resumed = agents.awaitEvent(
                    id, event -> event.path("message").asText().startsWith("Resumed"));
            System.err.println("TakeoverTest: taken over after " + (System.nanoTime() - killed) / 1_000_000 + " ms");

            assertThat(resumed.path("kind").asText()).isEqualTo("info");
            assertThat(agents.finished(id).path("final_result").asText()).contains("survived");
            assertThat(Files.readString(marks)).isEqualTo("mark\n");
            agents.assertWhole(id);
        }
    }

    /** By the database's clock, from the last sign of life. */
    @Test
    void theRunsOfAKilledServerAreTakenOverWithinTwoLeases() throws IOException {
        int lease = 8;
        Map<String, String> settings = Map.of("DROVER_MODEL", "offline", "DROVER_LEASE_SECONDS", String.valueOf(lease));
        try (TestingDatabase database = TestingDatabase.create();
                TestingPlane survivor = TestingPlane.start(
                        Map.of("DROVER_MODEL", "offline", "DROVER_DATABASE_URL", database.settingsUrl()));
                TestingProcess dying = TestingProcess.over(database, settings)) {
            Path hold = Files.createFile(folder.resolve("hold"));
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                ids.add(dying.agents().spawn("$ while [ -e %s ]; do sleep 0.1; done\n$ echo on".formatted(hold)));
            }
            ids.forEach(id -> dying.agents().awaitEvent(id, "tool_use"));

            dying.kill();
            double silent = number(
                    database,
                    "select extract(epoch from now() - min(seen_at)) from node"
                            + " where lease = interval '8 seconds'");
            Waiting.until(() -> number(database, "select count(*) from run where fence > 1") == ids.size());
            double taken = number(
                    database,
                    "select extract(epoch from now() - min(seen_at)) from node"
                            + " where lease = interval '8 seconds'");
            System.err.println("TakeoverTest: killed after %.1f s of silence, 5 runs taken after %.1f s, lease %d s"
                    .formatted(silent, taken, lease));

            assertThat(taken).isBetween((double) lease, 2.0 * lease);
            Files.delete(hold);
            TestingAgents agents = TestingAgents.of(survivor);
            for (String id : ids) {
                assertThat(agents.finished(id).path("status").asText()).isEqualTo("completed");
                agents.assertWhole(id);
            }
        }
    }

    @Test
    void aFrozenServerThatComesBackStoresNothingMore() throws IOException {
        Path marks = folder.resolve("marks");
        Path hold = Files.createFile(folder.resolve("hold"));
        Map<String, String> settings = Map.of("DROVER_MODEL", "offline", "DROVER_LEASE_SECONDS", "3");
        try (TestingDatabase database = TestingDatabase.create();
                TestingPlane survivor = TestingPlane.start(
                        Map.of("DROVER_MODEL", "offline", "DROVER_DATABASE_URL", database.settingsUrl()));
                TestingProcess frozen = TestingProcess.over(database, settings)) {
            String id = frozen.agents()
                    .spawn("$ echo one >> %1$s; while [ -e %2$s ]; do sleep 0.1; done\n$ echo two >> %1$s\n$ echo out"
                            .formatted(marks, hold));
            Waiting.until(() -> Files.exists(marks));

            frozen.freeze();
            TestingAgents agents = TestingAgents.of(survivor);
            JsonNode end = agents.finished(id);
            List<JsonNode> log = agents.log(id);
            // Its tool ends, and it would store what came of that, and go on with the next.
            Files.delete(hold);
            frozen.thaw();
            Waiting.until(
                    () -> number(database, "select count(*) from node where seen_at > now() - interval '1 s'") == 2);
            assertThat(frozen.agents().agent(id).path("status").asText()).isEqualTo("completed");
            String after = frozen.agents().spawn("$ echo later");
            assertThat(frozen.agents().finished(after).path("status").asText()).isEqualTo("completed");

            assertThat(end.path("status").asText()).isEqualTo("completed");
            assertThat(agents.log(id)).isEqualTo(log);
            assertThat(log)
                    .filteredOn(event -> event.path("in_doubt").asBoolean())
                    .hasSize(1);
            assertThat(Files.readAllLines(marks)).containsExactly("one", "two");
            agents.assertWhole(id);
        }
    }

    private static double number(TestingDatabase database, String sql) {
        return database.database()
                .jdbi()
                .withHandle(
                        handle -> handle.createQuery(sql).mapTo(Double.class).one());
    }

    @Test
    void aServerThatSaysGoodByeIsNotWaitedFor() throws IOException {
        Path hold = Files.createFile(folder.resolve("hold"));
        try (TestingDatabase database = TestingDatabase.create();
                TestingPlane survivor = TestingPlane.start(
                        Map.of("DROVER_MODEL", "offline", "DROVER_DATABASE_URL", database.settingsUrl()));
                TestingProcess leaving = TestingProcess.over(database, Map.of("DROVER_MODEL", "offline"))) {
            String id = leaving.agents().spawn("$ while [ -e %s ]; do sleep 0.1; done\n$ echo here".formatted(hold));
            leaving.agents().awaitEvent(id, "tool_use");

            assertThat(leaving.terminate()).isZero();
            TestingAgents agents = TestingAgents.of(survivor);
            assertThat(agents.finished(id).path("final_result").asText()).contains("here");
            agents.assertWhole(id);
        }
    }

    @Test
    void saysThatWhatWasWrittenOnTheDiskOfADeadServerIsGone() throws IOException {
        Path hold = Files.createFile(folder.resolve("hold"));
        try (TestingDatabase database = TestingDatabase.create();
                TestingPlane survivor = TestingPlane.start(
                        Map.of("DROVER_MODEL", "offline", "DROVER_DATABASE_URL", database.settingsUrl()));
                TestingProcess dying = TestingProcess.over(database, Map.of("DROVER_MODEL", "offline"))) {
            String id = dying.agents()
                    .spawn("WRITE note: lost\n$ while [ -e %s ]; do sleep 0.1; done\n$ ls note || echo no note"
                            .formatted(hold));
            dying.agents().awaitEvent(id, event -> event.path("tool").asText().equals("jettson_shell_run"));
            dying.kill();

            TestingAgents agents = TestingAgents.of(survivor);
            agents.awaitEvent(id, event -> event.path("message").asText().contains("workspace with it"));
            assertThat(agents.finished(id).path("final_result").asText()).contains("no note");
            agents.assertWhole(id);
        }
    }

    @Test
    void findsNoOlderWorkspaceWhereARunComesBackToItsFirstServer() throws IOException {
        Path hold = Files.createFile(folder.resolve("hold"));
        String wait = "$ while [ -e %s ]; do sleep 0.1; done\n".formatted(hold);
        Map<String, String> settings = Map.of("DROVER_MODEL", "offline", "DROVER_LEASE_SECONDS", "2");
        try (TestingDatabase database = TestingDatabase.create();
                TestingProcess first = TestingProcess.over(database, settings);
                TestingProcess second = TestingProcess.over(database, settings)) {
            String id = first.agents().spawn("WRITE older: 1\n" + wait + "WRITE newer: 2\n" + wait + "$ ls | wc -l");
            first.agents().awaitEvent(id, event -> isWaiting(event, 2));
            first.kill();
            second.agents().awaitEvent(id, event -> isWaiting(event, 4));
            first.start();
            second.kill();

            TestingAgents agents = first.agents();
            assertThat(agents.finished(id).path("final_result").asText()).contains("0");
            assertThat(agents.log(id))
                    .filteredOn(event -> event.path("message").asText().contains("workspace with it"))
                    .hasSize(2);
            agents.assertWhole(id);
        }
    }

    private static boolean isWaiting(JsonNode event, int iteration) {
        return event.path("kind").asText().equals("tool_use")
                && event.path("iteration").asInt() == iteration;
    }
}
