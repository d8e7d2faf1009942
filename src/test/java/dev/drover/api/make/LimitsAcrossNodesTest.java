package dev.drover.api.make;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.TestingApi.Reply;
import dev.drover.testing.TestingDatabase;
import dev.drover.testing.TestingFolders;
import dev.drover.testing.TestingPlane;
import dev.drover.testing.model.ScriptedModelServer;
import dev.drover.testing.model.Turn;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Crowds at two servers over one database: what one account may do holds for both together. */
final class LimitsAcrossNodesTest {
    private static final int CROWD = 40;

    private final TestingDatabase database = TestingDatabase.create();
    private final Path folder = TestingFolders.create();

    @AfterEach
    void close() {
        database.close();
        TestingFolders.delete(folder);
    }

    private TestingPlane server(Map<String, String> more) {
        Map<String, String> all =
                new HashMap<>(Map.of("DROVER_MODEL", "offline", "DROVER_DATABASE_URL", database.settingsUrl()));
        all.putAll(more);
        return TestingPlane.start(all);
    }

    /** Each of the crowd at the one or the other server, all at once. */
    private static <T> List<T> crowd(TestingPlane one, TestingPlane other, int size, Function<TestingPlane, T> asks)
            throws InterruptedException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<T>> all = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                TestingPlane server = i % 2 == 0 ? one : other;
                all.add(() -> asks.apply(server));
            }
            return threads.invokeAll(all).stream().map(Future::resultNow).toList();
        }
    }

    @Test
    void requestsOfAMinuteAreCountedTogether() throws Exception {
        Map<String, String> limited = Map.of("DROVER_REQUESTS_PER_MINUTE", "15");
        try (TestingPlane one = server(limited);
                TestingPlane other = server(limited)) {
            List<Integer> statuses = List.of();
            Instant before = Instant.EPOCH;
            // A crowd that the clock cuts in two says nothing; the next does.
            while (!before.equals(Instant.now().truncatedTo(ChronoUnit.MINUTES))) {
                database.database().jdbi().useHandle(handle -> handle.execute("delete from request_count"));
                before = Instant.now().truncatedTo(ChronoUnit.MINUTES);
                statuses = crowd(
                        one,
                        other,
                        CROWD,
                        server -> TestingTalker.of(server).get("/connections").status());
            }
            assertThat(statuses).filteredOn(status -> status == 200).hasSize(15);
            assertThat(statuses).filteredOn(status -> status == 429).hasSize(CROWD - 15);
        }
    }

    @Test
    void runsAtOnceAreCountedTogether() throws Exception {
        try (ScriptedModelServer model = ScriptedModelServer.start(asked -> Turn.silence())) {
            Map<String, String> limited = Map.of(
                    "DROVER_PLAN",
                    "pro",
                    "DROVER_MODEL",
                    "openai/scripted",
                    "OPENAI_BASE_URL",
                    model.baseUrl() + "/v1");
            try (TestingPlane one = server(limited);
                    TestingPlane other = server(limited)) {
                List<Integer> statuses = crowd(
                        one,
                        other,
                        CROWD,
                        server -> server.post("/api/v1/agents", "{\"task\":\"wait\"}")
                                .statusCode());
                assertThat(statuses).filteredOn(status -> status == 201).hasSize(3);
                assertThat(statuses).filteredOn(status -> status == 429).hasSize(CROWD - 3);
                assertThat(count("select count(*) from run")).isEqualTo(3);
            }
        }
    }

    @Test
    void anOrderThatIsRepeatedAtTheOtherServerIsCarriedOutOnce() throws Exception {
        try (TestingPlane one = server(Map.of());
                TestingPlane other = server(Map.of())) {
            List<HttpResponse<String>> answers = crowd(
                    one,
                    other,
                    CROWD,
                    server -> server.send(server.request("/api/v1/agents")
                            .header("Content-Type", "application/json")
                            .header("Idempotency-Key", "the same order")
                            .POST(HttpRequest.BodyPublishers.ofString("{\"task\":\"READ x\"}"))));
            assertThat(answers).anyMatch(answer -> answer.statusCode() < 300);
            assertThat(answers).allMatch(answer -> answer.statusCode() < 300 || answer.statusCode() == 409);
            assertThat(count("select count(*) from agent where origin = 'jettson'"))
                    .isEqualTo(1);
        }
    }

    @Test
    void aBudgetIsNeverExceededByWhatRunsOnBoth() throws Exception {
        Path prices = Files.writeString(folder.resolve("p.json"), "{\"scripted\": {\"input\": 2, \"output\": 10}}");
        Turn turn = Turn.text("yes").usage(1_000, 3_000, 0, 0).slowly(Duration.ofMillis(20), Duration.ofMillis(50));
        try (ScriptedModelServer model = ScriptedModelServer.start(asked -> turn)) {
            Map<String, String> priced = Map.of(
                    "DROVER_MODEL",
                    "openai/scripted",
                    "OPENAI_BASE_URL",
                    model.baseUrl() + "/v1",
                    "DROVER_PRICES",
                    prices.toString());
            try (TestingPlane one = server(priced);
                    TestingPlane other = server(priced)) {
                String agent = TestingTalker.of(one).agent();
                limit(agent, 50);
                AtomicLong most = new AtomicLong();
                Thread watch = Thread.ofVirtual().start(() -> watch(agent, most));
                List<Reply> replies = crowd(
                        one,
                        other,
                        CROWD,
                        server -> TestingTalker.of(server).run(agent, "t" + UUID.randomUUID(), "well?"));
                watch.interrupt();
                watch.join();
                long spent = spent(agent);
                System.err.println("LimitsAcrossNodesTest: %d of %d asked, spent %d, at most %d of 500000"
                        .formatted(model.asked().size(), CROWD, spent, most.get()));
                assertThat(replies).hasSize(CROWD);
                assertThat(model.asked()).hasSizeBetween(2, CROWD - 1);
                assertThat(spent).isEqualTo(model.asked().size() * 32_000L).isLessThanOrEqualTo(500_000);
                assertThat(most.get()).isBetween(spent, 500_000L);
            }
        }
    }

    private void limit(String agent, int cents) {
        database.database()
                .jdbi()
                .useHandle(handle -> handle.execute(
                        "insert into budget (scope, limit_cents, month) values (?, ?, date_trunc('month', now()))",
                        UUID.fromString(agent),
                        cents));
    }

    /** What is spent and reserved together, as often as it can be looked at. */
    private void watch(String agent, AtomicLong most) {
        while (!Thread.currentThread().isInterrupted()) {
            long now = value("select spent_micros + reserved_micros from budget where scope = ?", agent);
            most.accumulateAndGet(now, Math::max);
            try {
                Thread.sleep(2);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private long spent(String agent) {
        return value("select spent_micros from budget where scope = ?", agent);
    }

    private long value(String sql, String agent) {
        return database.database()
                .jdbi()
                .withHandle(handle -> handle.select(sql, UUID.fromString(agent))
                        .mapTo(Long.class)
                        .one());
    }

    private int count(String sql) {
        return database.database()
                .jdbi()
                .withHandle(
                        handle -> handle.createQuery(sql).mapTo(Integer.class).one());
    }
}
