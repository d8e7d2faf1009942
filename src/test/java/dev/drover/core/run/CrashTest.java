package dev.drover.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.testing.CountingServer;
import dev.drover.testing.TestingAgents;
import dev.drover.testing.TestingDatabase;
import dev.drover.testing.TestingFolders;
import dev.drover.testing.TestingFollower;
import dev.drover.testing.TestingProcess;
import dev.drover.testing.Waiting;
import dev.drover.testing.model.Asked;
import dev.drover.testing.model.ScriptedModelServer;
import dev.drover.testing.model.Turn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The server is killed while agents work, and started again. Every agent does the same things in the world outside:
 * appends to a file, reads and posts something, and two things in one turn.
 */
final class CrashTest {
    /** More of them find more: the normal number is for every day. */
    private static final int KILLS = Integer.getInteger("drover.test.kills", 4);

    private static final int AGENTS = 8;
    private static final int TURNS = 5;

    private final TestingDatabase database = TestingDatabase.create();
    private final Path folder = TestingFolders.create();
    private final Set<String> silentOnce = ConcurrentHashMap.newKeySet();
    private CountingServer world;
    private ScriptedModelServer model;
    private TestingProcess server;
    private TestingAgents agents;

    @BeforeEach
    void start() throws IOException {
        world = new CountingServer();
        model = ScriptedModelServer.start(this::turn);
        server = TestingProcess.over(
                database,
                Map.of(
                        "DROVER_MODEL", "openai/scripted",
                        "OPENAI_BASE_URL", model.baseUrl() + "/v1",
                        "DROVER_EGRESS_ALLOW", world.address()));
        agents = server.agents();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        model.close();
        world.close();
        database.close();
        TestingFolders.delete(folder);
    }

    private Turn turn(Asked asked) {
        String task = asked.task();
        if (silentOnce.remove(task + " turn " + asked.turn())) {
            return Turn.silence();
        }
        Turn turn = switch (asked.turn()) {
            case 0 -> Turn.thinking("I begin.").andCall("jettson_shell_run", shell(task, "first"));
            case 1 -> Turn.text("I read.").andCall("jettson_http_request", http("GET", task));
            case 2 -> Turn.call("jettson_http_request", http("POST", task));
            case 3 -> Turn.call("jettson_files_write", "{\"path\":\"note\",\"content\":\"x\"}")
                    .andCall("jettson_shell_run", shell(task, "second"));
            default -> Turn.text("Done ", "with ", task);
        };
        return turn.slowly(Duration.ofMillis(10), Duration.ofMillis(20));
    }

    /** Waits, once it has left its mark, for a file that is there from the start unless the test is to hold it up. */
    private String shell(String task, String step) {
        return "{\"command\":\"echo mark >> %s; while [ -e %s ]; do sleep 0.1; done\"}"
                .formatted(marks(task, step), hold(task, step));
    }

    private Path marks(String task, String step) {
        return folder.resolve(task + "." + step);
    }

    private Path hold(String task, String step) {
        return folder.resolve(task + "." + step + ".hold");
    }

    private String http(String method, String task) {
        return "{\"method\":\"%s\",\"url\":\"http://%s/%s\"}".formatted(method, world.address(), task);
    }

    @Test
    void everyRunGoesOnFromWhereItWas() throws IOException {
        // One agent for each thing that can be under way, which is held up until the kill.
        Map<String, String> spawned = new LinkedHashMap<>();
        for (int turn = 0; turn < TURNS; turn++) {
            silentOnce.add("model" + turn + " turn " + turn);
            spawned.put("model" + turn, "");
        }
        for (String step : List.of("first", "second")) {
            Files.createFile(hold("shell-" + step, step));
            spawned.put("shell-" + step, "");
        }
        for (String method : List.of("GET", "POST")) {
            world.stallOnce(method + " /http-" + method);
            spawned.put("http-" + method, "");
        }
        spawned.replaceAll((task, none) -> agents.spawn(task));
        Map<String, TestingFollower> followers = new LinkedHashMap<>();
        spawned.forEach((task, id) -> followers.put(task, TestingFollower.from(agents, id, 0)));
        Waiting.until(() -> silentOnce.isEmpty()
                && Files.exists(marks("shell-first", "first"))
                && Files.exists(marks("shell-second", "second"))
                && world.count("GET /http-GET") == 1
                && world.count("POST /http-POST") == 1);

        server.kill();
        for (String step : List.of("first", "second")) {
            Files.delete(hold("shell-" + step, step));
        }
        server.start();

        spawned.forEach((task, id) -> check(task, id, followers.get(task)));
        spawned.forEach((task, id) -> assertThat(infos(id)).as(task).anyMatch(text -> text.startsWith("Resumed")));
        for (int turn = 0; turn < TURNS; turn++) {
            String task = "model" + turn;
            assertThat(doubts(spawned.get(task))).as(task).isEmpty();
            for (int each = 0; each < TURNS; each++) {
                assertThat(asked(task, each)).as(task + " " + each).isEqualTo(each == turn ? 2 : 1);
            }
        }
        assertThat(doubts(spawned.get("shell-first"))).containsExactly("jettson_shell_run");
        assertThat(doubts(spawned.get("shell-second"))).containsExactly("jettson_shell_run");
        assertThat(doubts(spawned.get("http-GET"))).isEmpty();
        assertThat(doubts(spawned.get("http-POST"))).containsExactly("jettson_http_request");
        assertThat(world.count("GET /http-GET")).isEqualTo(2);
        assertThat(IntStream.range(0, TURNS).map(turn -> asked("http-POST", turn)))
                .as("a tool that was under way costs no model call")
                .containsOnly(1);
        JsonNode doubt = agents.log(spawned.get("http-POST")).stream()
                .filter(event -> event.path("in_doubt").asBoolean())
                .findFirst()
                .orElseThrow();
        assertThat(doubt.path("is_error").asBoolean()).isTrue();
        assertThat(doubt.path("output").path("error").asText()).startsWith("Jettson HTTP failed: ");
    }

    @Test
    void noKillAtAnyMomentLosesOrRepeatsAnything() throws Exception {
        long seed = Long.getLong("drover.test.seed", System.nanoTime());
        Random random = new Random(seed);
        System.err.println("CrashTest: -Ddrover.test.seed=" + seed);
        Map<String, String> spawned = new LinkedHashMap<>();
        Map<String, TestingFollower> followers = new LinkedHashMap<>();
        for (int kill = 0; kill < KILLS; kill++) {
            for (int i = 0; i < AGENTS; i++) {
                String task = "agent" + kill + "-" + i;
                String id = agents.spawn(task);
                spawned.put(task, id);
                followers.put(task, TestingFollower.from(agents, id, 0));
                Thread.sleep(random.nextInt(60));
            }
            Thread.sleep(random.nextInt(300));
            server.kill();
            server.start();
        }
        spawned.forEach((task, id) -> check(task, id, followers.get(task)));
        System.err.println("CrashTest: resumed "
                + spawned.values().stream()
                        .filter(id -> infos(id).stream().anyMatch(text -> text.startsWith("Resumed")))
                        .count()
                + " of " + spawned.size() + ", in doubt "
                + spawned.values().stream().mapToInt(id -> doubts(id).size()).sum());
    }

    /** What must hold for every run, whenever the server died. */
    private void check(String task, String id, TestingFollower follower) {
        JsonNode agent = agents.finished(id);
        assertThat(agent.path("status").asText()).as(task).isEqualTo("completed");
        assertThat(agent.path("final_result").asText()).isEqualTo("Done with " + task);
        agents.assertWhole(id);
        List<String> log = agents.log(id).stream().map(JsonNode::toString).toList();
        assertThat(follower.all()).as("what a follower of " + task + " saw").isEqualTo(log);

        List<String> doubts = doubts(id);
        int shellDoubts = (int) doubts.stream().filter("jettson_shell_run"::equals).count();
        List<Integer> marks = List.of(lines(marks(task, "first")), lines(marks(task, "second")));
        assertThat(marks).as(task).allMatch(count -> count <= 1);
        assertThat(marks.stream().mapToInt(Integer::intValue).sum()).as(task).isGreaterThanOrEqualTo(2 - shellDoubts);
        int posts = world.count("POST /" + task);
        assertThat(posts).as(task).isLessThanOrEqualTo(1);
        assertThat(posts == 1 || doubts.contains("jettson_http_request")).as(task).isTrue();
        assertThat(world.count("GET /" + task)).as(task).isPositive();
        assertThat(doubts).as("repeatable").doesNotContain("jettson_files_write");
    }

    private int asked(String task, int turn) {
        return (int) model.asked().stream()
                .filter(asked -> asked.task().equals(task) && asked.turn() == turn)
                .count();
    }

    private List<String> infos(String id) {
        return agents.log(id).stream()
                .filter(event -> event.path("kind").asText().equals("info"))
                .map(event -> event.path("message").asText())
                .toList();
    }

    /** The tools whose calls are in doubt. */
    private List<String> doubts(String id) {
        return agents.log(id).stream()
                .filter(event -> event.path("in_doubt").asBoolean())
                .map(event -> event.path("tool").asText())
                .toList();
    }

    private static int lines(Path file) {
        try {
            return Files.exists(file) ? Files.readAllLines(file).size() : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
