package dev.drover.api.jettson;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.api.TestingApi;
import dev.drover.api.TestingApi.Reply;
import dev.drover.testing.CountingServer;
import dev.drover.testing.TestingAgents;
import dev.drover.testing.TestingStage;
import dev.drover.testing.Waiting;
import dev.drover.testing.model.Asked;
import dev.drover.testing.model.Script;
import dev.drover.testing.model.Turn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * The compatibility checklist of the Jettson contract (section 16), line 17, second part: a planted secret, and spawns
 * that are repeated.
 */
final class JettsonChecklistPromisesTest {
    private static final String API = "/api/v1";
    private static final CountingServer WORLD = world();
    private static final TestingStage STAGE = TestingStage.open(
            Map.of("DROVER_PLAN", "scale", "DROVER_EMBEDDING_MODEL", "none", "DROVER_EGRESS_ALLOW", WORLD.address()));
    private static final TestingApi SERVER = new TestingApi(STAGE.plane());
    private static final TestingAgents RUNS = STAGE.agents();

    private static CountingServer world() {
        try {
            return new CountingServer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterAll
    static void close() {
        STAGE.close();
        WORLD.close();
    }

    @Test
    void aPlantedSecretIsInNoLogStreamResultOrModelInput() {
        String value = "canary-4711-value";
        Captured logged = new Captured();
        Logger.getLogger("").addHandler(logged);
        Reply kept = SERVER.send(
                SERVER.as(API + "/secrets/CANARY").PUT(BodyPublishers.ofString("{\"value\":\"" + value + "\"}")));
        assertThat(kept.status()).isEqualTo(201);
        String url = "http://" + WORLD.address() + "/{{secret.CANARY}}";
        String agent = STAGE.play(
                "use the secret",
                Map.of("secrets", List.of("CANARY")),
                Script.byTurn(
                        TestingTools.call("shell_run", "command", "echo $CANARY; env; echo $CANARY > note"),
                        TestingTools.call("files_read", "path", "note"),
                        TestingTools.call("http_request", "method", "GET", "url", url),
                        TestingTools.call("shell_run", "command", "echo " + value + " >&2; exit 3"),
                        Turn.text("It is ", "canary-47", "11-value", ".")));
        JsonNode finished = RUNS.destroyed(agent);
        Logger.getLogger("").removeHandler(logged);

        assertThat(finished.path("final_result").asText()).isEqualTo("It is ***CANARY***.");
        assertThat(WORLD.count("GET /" + value))
                .as("it does arrive where it is sent")
                .isEqualTo(1);
        assertThat(finished.toString()).doesNotContain(value);
        assertThat(RUNS.log(agent).toString()).contains("***CANARY***").doesNotContain(value);
        assertThat(SERVER.get(API + "/agents/" + agent + "/events").body())
                .contains("***CANARY***")
                .doesNotContain(value);
        assertThat(STAGE.asked("use the secret")).hasSize(5);
        assertThat(STAGE.model().asked().stream().map(Asked::body).map(JsonNode::toString))
                .noneMatch(body -> body.contains(value));
        assertThat(logged.lines).noneMatch(line -> line.contains(value));
        assertThat(SERVER.get(API + "/secrets/CANARY").body()).doesNotContain(value);
    }

    private static final class Captured extends Handler {
        private final List<String> lines = new CopyOnWriteArrayList<>();

        @Override
        public void publish(LogRecord entry) {
            lines.add(entry.getMessage() + Arrays.toString(entry.getParameters()) + entry.getThrown());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    @Test
    void aRepeatedSpawnIsReplayedAndAnotherUnderItsKeyConflicts() {
        STAGE.learn("once", Script.byTurn(Turn.text("Done.")));
        Reply first = spawnOnce("order-1", "{\"task\":\"once\"}");
        assertThat(first.status()).isEqualTo(201);
        RUNS.destroyed(first.json().path("agent_id").asText());
        int asked = STAGE.asked("once").size();
        Reply replay = spawnOnce("order-1", "{\"task\":\"once\"}");
        assertThat(replay.status()).isEqualTo(201);
        assertThat(replay.json()).isEqualTo(first.json());
        assertThat(replay.header("X-RateLimit-Remaining")).isEqualTo(first.header("X-RateLimit-Remaining"));
        assertThat(STAGE.asked("once")).hasSize(asked);
        Reply conflict = spawnOnce("order-1", "{\"task\":\"twice\"}");
        assertThat(conflict.status()).isEqualTo(409);
        assertThat(conflict.code()).isEqualTo("idempotency_conflict");
        assertThat(conflict.json().at("/error/details").has("reason")).isFalse();
        assertThat(spawnOnce("order-2", "{}").code()).isEqualTo("invalid_task");
        assertThat(spawnOnce("order-2", "{\"task\":\"once\"}").status())
                .as("a refused call leaves the key free")
                .isEqualTo(201);
    }

    private static Reply spawnOnce(String key, String body) {
        return SERVER.send(
                SERVER.as(API + "/agents").header("Idempotency-Key", key).POST(BodyPublishers.ofString(body)));
    }

    @Test
    void aRepeatWhileTheFirstIsInFlightIsToldSo() throws Exception {
        STAGE.learn("slowly accepted", Script.byTurn(Turn.text("Done.")));
        var database = STAGE.plane().database().database();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            // Whoever holds the account's row holds up its spawns, which are counted under that lock.
            Future<Reply> first = database.call(() -> {
                database.jdbi()
                        .useHandle(handle -> handle.createQuery("select id from app_user for update")
                                .mapToMap()
                                .list());
                Future<Reply> begun = threads.submit(() -> spawnOnce("order-3", "{\"task\":\"slowly accepted\"}"));
                Waiting.until(() -> begun.isDone() || somebodyWaits(threads));
                Reply repeat = answerOf(threads.submit(() -> spawnOnce("order-3", "{\"task\":\"slowly accepted\"}")));
                assertThat(repeat.status()).isEqualTo(409);
                assertThat(repeat.code()).isEqualTo("idempotency_conflict");
                assertThat(repeat.json().at("/error/details/reason").asText()).isEqualTo("in_progress");
                assertThat(repeat.header("Retry-After")).isEqualTo("1");
                return begun;
            });
            assertThat(first.get().status()).isEqualTo(201);
            assertThat(spawnOnce("order-3", "{\"task\":\"slowly accepted\"}").json())
                    .isEqualTo(first.get().json());
        }
    }

    /** In a thread of its own, since the one that asks is inside a transaction. */
    private static boolean somebodyWaits(ExecutorService threads) {
        return answerOf(threads.submit(() -> STAGE.plane()
                .database()
                .database()
                .jdbi()
                .withHandle(handle -> handle.createQuery("select exists (select 1 from pg_stat_activity"
                                + " where datname = current_database() and wait_event_type = 'Lock')")
                        .mapTo(Boolean.class)
                        .one())));
    }

    private static <T> T answerOf(Future<T> work) {
        try {
            return work.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }
}
