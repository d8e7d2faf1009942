package dev.drover.api.jettson;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.api.TestingApi;
import dev.drover.testing.CountingServer;
import dev.drover.testing.TestingAgents;
import dev.drover.testing.TestingDatabase;
import dev.drover.testing.TestingFollower;
import dev.drover.testing.TestingProcess;
import dev.drover.testing.TestingStage;
import dev.drover.testing.Waiting;
import dev.drover.testing.model.Asked;
import dev.drover.testing.model.ScriptedModelServer;
import dev.drover.testing.model.Turn;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * The compatibility checklist of the Jettson contract (section 16), lines 14 to 16: whoever follows a run, by log, by
 * stream or by polling, sees it whole, whatever happens to the server.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class JettsonChecklistFollowTest {
    private static final String AGENTS = "/api/v1/agents";
    private static final TestingStage STAGE =
            TestingStage.open(Map.of("DROVER_PLAN_CONCURRENT", "1", "DROVER_EMBEDDING_MODEL", "none"));
    private static final TestingApi API = new TestingApi(STAGE.plane());
    private static final TestingAgents RUNS = STAGE.agents();

    @AfterAll
    static void close() {
        STAGE.close();
    }

    @Test
    @Order(14)
    void pagesReadWhileARunGoesOnAreItsWholeLogWithOneEnd() {
        String agent = talkative("talk to a pager");
        List<JsonNode> paged = new ArrayList<>();
        String cursor = "";
        while (paged.isEmpty() || !isTerminal(paged.getLast())) {
            JsonNode page =
                    API.get(AGENTS + "/" + agent + "/logs?limit=2" + cursor).json();
            page.path("data").forEach(paged::add);
            cursor = paged.isEmpty()
                    ? ""
                    : "&cursor=" + paged.getLast().path("seq").asText();
        }
        List<JsonNode> log = RUNS.log(agent);
        assertThat(paged).isEqualTo(log);
        assertThat(log.stream().map(event -> event.path("seq").asInt()))
                .isEqualTo(IntStream.rangeClosed(1, log.size()).boxed().toList());
        assertThat(log).filteredOn(JettsonChecklistFollowTest::isTerminal).hasSize(1);
        assertThat(log.stream().map(event -> event.path("kind").asText()))
                .contains("info", "thinking", "tool_use", "tool_result");
    }

    private static boolean isTerminal(JsonNode event) {
        return Set.of("end", "error", "stopped").contains(event.path("kind").asText());
    }

    /** Says and does something in each of its turns, slowly enough to be watched. */
    private static String talkative(String task) {
        return STAGE.play(
                task,
                asked -> asked.turn() < 8
                        ? Turn.text("Step ", "by ", "step.")
                                .andCall("jettson_files_list", "{}")
                                .slowly(Duration.ofMillis(30), Duration.ofMillis(5))
                        : Turn.text("Done."));
    }

    @Test
    @Order(14)
    void theStreamIsTheLogFromAnyIdOn() {
        String agent = talkative("talk to followers");
        TestingFollower live = TestingFollower.from(RUNS, agent, 0);
        RUNS.finished(agent);
        List<String> log = RUNS.log(agent).stream().map(JsonNode::toString).toList();
        assertThat(live.all()).isEqualTo(log);
        for (int id = 0; id < log.size(); id++) {
            String stream = API.send(API.as(AGENTS + "/" + agent + "/events").header("Last-Event-ID", "" + id))
                    .body();
            assertThat(stream.lines().filter(line -> line.startsWith("data: ")).map(line -> line.substring(6)))
                    .as("behind " + id)
                    .isEqualTo(log.subList(id, log.size()));
            int first = id + 1;
            assertThat(stream).startsWith("retry: 2000\n\nid: " + first + "\nevent: ");
        }
        assertThat(API.send(API.as(AGENTS + "/" + agent + "/events").header("Last-Event-ID", "" + log.size()))
                        .status())
                .isEqualTo(204);
    }

    @Test
    @Order(15)
    void aClientShapedLikeTheSdksWorksAgainstOurBaseUrl() throws InterruptedException {
        TestingSdk sdk = sdk();
        STAGE.learn(
                "first",
                asked -> asked.turn() == 0
                        ? Turn.call("jettson_shell_run", "{\"command\":\"sleep 0.7; echo done\"}")
                        : Turn.text("Slept."));
        STAGE.learn("second", asked -> Turn.text("Hello."));
        STAGE.learn("third", asked -> Turn.silence());
        String first = sdk.spawn("first").path("agent_id").asText();
        String second = sdk.spawn("second").path("agent_id").asText();
        assertThat(sdk.retried()).as("one agent at a time").isNotEmpty().containsOnly(429);
        assertThat(sdk.waitFor(first).path("final_result").asText()).isEqualTo("Slept.");
        assertThat(sdk.waitFor(second).path("final_result").asText()).isEqualTo("Hello.");
        assertThat(sdk.list(2).path("data").findValuesAsText("agent_id")).containsExactly(second, first);
        String third = sdk.spawn("third").path("agent_id").asText();
        assertThat(sdk.cancel(third).path("status").asText()).isEqualTo("stopped");
        assertThat(sdk.waitFor(third).path("status").asText()).isEqualTo("stopped");
        assertThat(sdk.putMemory("tea", "green", "taste & smell")
                        .path("memory_id")
                        .asText())
                .startsWith("mem_");
        assertThat(sdk.getMemory("tea", "taste & smell").path("value").asText()).isEqualTo("green");
    }

    private static TestingSdk sdk() {
        String key = API.post("/api/v1/keys", "{\"name\":\"sdk\"}")
                .json()
                .path("secret")
                .asText();
        return new TestingSdk(STAGE.plane().url().resolve("/api/v1"), key);
    }

    @Test
    @Order(15)
    void suchAClientGetsOverAnOutage() throws Exception {
        TestingSdk sdk = sdk();
        STAGE.learn("outlast", asked -> Turn.text("Still here."));
        String agent = sdk.spawn("outlast").path("agent_id").asText();
        sdk.waitFor(agent);
        STAGE.plane().database().goAway();
        Thread back = Thread.ofVirtual().start(() -> {
            Waiting.until(() -> !sdk.retried().isEmpty());
            STAGE.plane().database().comeBack();
        });
        assertThat(sdk.get(agent).path("final_result").asText()).isEqualTo("Still here.");
        back.join();
        assertThat(sdk.retried()).contains(503).allMatch(status -> status >= 500);
    }

    @Test
    @Order(16)
    void aKilledServerGoesOnAndRepeatsOnlyWhatDoesNoHarm() throws IOException {
        AtomicBoolean silent = new AtomicBoolean(true);
        try (CountingServer world = new CountingServer();
                ScriptedModelServer model = ScriptedModelServer.start(asked -> turn(asked, world, silent));
                TestingDatabase database = TestingDatabase.create();
                TestingProcess server = TestingProcess.over(database, settings(model, world))) {
            world.stallOnce("GET /GET");
            world.stallOnce("POST /POST");
            TestingAgents agents = server.agents();
            List<String> ids = List.of(agents.spawn("GET"), agents.spawn("POST"), agents.spawn("model"));
            List<TestingFollower> followers =
                    ids.stream().map(id -> TestingFollower.from(agents, id, 0)).toList();
            Waiting.until(() -> world.total() == 2
                    && model.asked().stream().anyMatch(asked -> asked.task().equals("model")));
            server.kill();
            silent.set(false);
            server.start();

            for (int i = 0; i < ids.size(); i++) {
                JsonNode agent = agents.finished(ids.get(i));
                assertThat(agent.path("status").asText()).as(agent.toString()).isEqualTo("completed");
                assertThat(agent.at("/usage/iterations").asInt()).isEqualTo(i < 2 ? 2 : 1);
                agents.assertWhole(ids.get(i));
                List<JsonNode> log = agents.log(ids.get(i));
                assertThat(followers.get(i).all())
                        .isEqualTo(log.stream().map(JsonNode::toString).toList());
                assertThat(log).anyMatch(event -> event.path("message").asText().startsWith("Resumed"));
            }
            assertThat(world.count("GET /GET")).isEqualTo(2);
            assertThat(world.count("POST /POST")).isEqualTo(1);
            assertThat(doubts(agents, ids.get(0))).isEmpty();
            assertThat(doubts(agents, ids.get(2))).isEmpty();
            assertThat(doubts(agents, ids.get(1))).singleElement().satisfies(doubt -> {
                assertThat(doubt.path("kind").asText()).isEqualTo("tool_result");
                assertThat(doubt.path("is_error").asBoolean()).isTrue();
            });
            assertThat(model.asked())
                    .filteredOn(asked -> asked.task().equals("POST") && asked.turn() == 1)
                    .singleElement()
                    .satisfies(asked ->
                            assertThat(asked.lastToolResult()).startsWith("{\"error\":\"Jettson HTTP failed: "));
        }
    }

    private static Map<String, String> settings(ScriptedModelServer model, CountingServer world) {
        return Map.of(
                "DROVER_MODEL",
                "openai/scripted",
                "OPENAI_BASE_URL",
                model.baseUrl() + "/v1",
                "DROVER_EMBEDDING_MODEL",
                "none",
                "DROVER_EGRESS_ALLOW",
                world.address());
    }

    /** The task is the method of its one request, or to be held up by the model itself. */
    private static Turn turn(Asked asked, CountingServer world, AtomicBoolean silent) {
        if (asked.task().equals("model")) {
            return silent.get() ? Turn.silence() : Turn.text("Done.");
        }
        return asked.turn() > 0
                ? Turn.text("Done.")
                : TestingTools.call(
                        "http_request",
                        "method",
                        asked.task(),
                        "url",
                        URI.create("http://" + world.address() + "/" + asked.task())
                                .toString());
    }

    private static List<JsonNode> doubts(TestingAgents agents, String id) {
        return agents.log(id).stream()
                .filter(event -> event.path("in_doubt").asBoolean())
                .toList();
    }
}
