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
import java.util.ArrayList;
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
    private static final List<String> STEPS = List.of("first", "second");

    private final TestingDatabase database = TestingDatabase.create();
    private final Path folder = TestingFolders.create();
    private final Set<String> silentOnce = ConcurrentHashMap.newKeySet();
    private final List<Player> players = new ArrayList<>();
    private CountingServer world;
    private ScriptedModelServer model;
    private TestingProcess server;
    private TestingAgents agents;

    /** An agent and who follows it from the start. */
    private record Player(String task, String id, TestingFollower follower) {}

    private void play(String task) {
        String id = agents.spawn(task);
        players.add(new Player(task, id, TestingFollower.from(agents, id, 0)));
    }

    @BeforeEach
    void start() throws IOException {
        world = new CountingServer();
        model = ScriptedModelServer.start(this::turn);
        server = TestingProcess.over(
                database,
                Map.of(
                        "DROVER_MODEL",
                        "openai/scripted",
                        "OPENAI_BASE_URL",
                        model.baseUrl() + "/v1",
                        "DROVER_EGRESS_ALLOW",
                        world.address()));
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
            case 3 ->
                Turn.call("jettson_files_write", "{\"path\":\"note\",\"content\":\"x\"}")
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
        playHeldUp();
        Waiting.until(this::allAreHeldUp);

        server.kill();
        for (String step : STEPS) {
            Files.delete(hold("shell-" + step, step));
        }
        server.start();

        players.forEach(this::check);
        assertThat(players).allMatch(player -> isResumed(player.id()));
        assertModelsWereAskedAgain();
        assertDoubts();
    }

    /** One agent for each thing that can be under way, which is held up until the kill. */
    private void playHeldUp() throws IOException {
        for (int turn = 0; turn < TURNS; turn++) {
            silentOnce.add("model" + turn + " turn " + turn);
            play("model" + turn);
        }
        for (String step : STEPS) {
            Files.createFile(hold("shell-" + step, step));
            play("shell-" + step);
        }
        for (String method : List.of("GET", "POST")) {
            world.stallOnce(method + " /http-" + method);
            play("http-" + method);
        }
    }

    private boolean allAreHeldUp() {
        return silentOnce.isEmpty()
                && STEPS.stream().allMatch(step -> Files.exists(marks("shell-" + step, step)))
                && world.count("GET /http-GET") == 1
                && world.count("POST /http-POST") == 1;
    }

    private void assertModelsWereAskedAgain() {
        for (int turn = 0; turn < TURNS; turn++) {
            String task = "model" + turn;
            assertThat(doubtsOf(task)).as(task).isEmpty();
            for (int each = 0; each < TURNS; each++) {
                assertThat(asked(task, each)).as(task + " " + each).isEqualTo(each == turn ? 2 : 1);
            }
        }
        assertThat(IntStream.range(0, TURNS).map(turn -> asked("http-POST", turn)))
                .as("a tool that was under way costs no model call")
                .containsOnly(1);
    }

    private void assertDoubts() {
        assertThat(doubtsOf("shell-first")).containsExactly("jettson_shell_run");
        assertThat(doubtsOf("shell-second")).containsExactly("jettson_shell_run");
        assertThat(doubtsOf("http-GET")).isEmpty();
        assertThat(doubtsOf("http-POST")).containsExactly("jettson_http_request");
        assertThat(world.count("GET /http-GET")).isEqualTo(2);
        JsonNode doubt = doubts("http-POST").getFirst();
        assertThat(doubt.path("is_error").asBoolean()).isTrue();
        assertThat(doubt.path("output").path("error").asText()).startsWith("Jettson HTTP failed: ");
    }

    @Test
    void noKillAtAnyMomentLosesOrRepeatsAnything() throws Exception {
        long seed = Long.getLong("drover.test.seed", System.nanoTime());
        Random random = new Random(seed);
        System.err.println("CrashTest: -Ddrover.test.seed=" + seed);
        for (int kill = 0; kill < KILLS; kill++) {
            for (int i = 0; i < AGENTS; i++) {
                play("agent" + kill + "-" + i);
                Thread.sleep(random.nextInt(60));
            }
            Thread.sleep(random.nextInt(300));
            server.kill();
            server.start();
        }
        players.forEach(this::check);
        System.err.println("CrashTest: "
                + players.stream().filter(player -> isResumed(player.id())).count() + " of "
                + players.size() + " were resumed, in doubt were "
                + players.stream()
                        .mapToInt(player -> doubts(player.task()).size())
                        .sum());
    }

    /** What must hold for every run, whenever the server died. */
    private void check(Player player) {
        String task = player.task();
        String id = player.id();
        JsonNode agent = agents.finished(id);
        assertThat(agent.path("status").asText()).as(task).isEqualTo("completed");
        assertThat(agent.path("final_result").asText()).isEqualTo("Done with " + task);
        agents.assertWhole(id);
        List<String> log = agents.log(id).stream().map(JsonNode::toString).toList();
        assertThat(player.follower().all())
                .as("what a follower of " + task + " saw")
                .isEqualTo(log);

        List<String> doubts = doubtsOf(task);
        int shellDoubts =
                (int) doubts.stream().filter("jettson_shell_run"::equals).count();
        List<Integer> marks = List.of(lines(marks(task, "first")), lines(marks(task, "second")));
        assertThat(marks).as(task).allMatch(count -> count <= 1);
        assertThat(marks.stream().mapToInt(Integer::intValue).sum()).as(task).isGreaterThanOrEqualTo(2 - shellDoubts);
        int posts = world.count("POST /" + task);
        assertThat(posts).as(task).isLessThanOrEqualTo(1);
        assertThat(posts == 1 || doubts.contains("jettson_http_request"))
                .as(task)
                .isTrue();
        assertThat(world.count("GET /" + task)).as(task).isPositive();
        assertThat(doubts).as("repeatable").doesNotContain("jettson_files_write");
    }

    private int asked(String task, int turn) {
        return (int) model.asked().stream()
                .filter(asked -> asked.task().equals(task) && asked.turn() == turn)
                .count();
    }

    private boolean isResumed(String id) {
        return agents.log(id).stream()
                .anyMatch(event -> event.path("message").asText().startsWith("Resumed"));
    }

    private List<JsonNode> doubts(String task) {
        return players.stream()
                .filter(player -> player.task().equals(task))
                .flatMap(player -> agents.log(player.id()).stream())
                .filter(event -> event.path("in_doubt").asBoolean())
                .toList();
    }

    /** The tools whose calls are in doubt. */
    private List<String> doubtsOf(String task) {
        return doubts(task).stream().map(event -> event.path("tool").asText()).toList();
    }

    private static int lines(Path file) {
        try {
            return Files.exists(file) ? Files.readAllLines(file).size() : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
