package dev.drover.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.access.Caller;
import dev.drover.core.usage.Plan;
import dev.drover.testing.TestingDatabase;
import dev.drover.testing.Waiting;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A spawn that is repeated with its idempotency key is done once. */
final class SpawnOnceTest {
    private static final SpawnAgent.IdempotencyKey KEY = new SpawnAgent.IdempotencyKey("order-1", "body A");
    private static final SpawnAgent.IdempotencyKey OTHER_BODY = new SpawnAgent.IdempotencyKey("order-1", "body B");

    private static final TestingDatabase DATABASE = TestingDatabase.create();

    private final TestingSpawns spawns =
            new TestingSpawns(DATABASE, TestingSpawns.plan(3, Plan.NO_LIMIT, 2, Plan.NO_LIMIT));

    @AfterEach
    void close() {
        spawns.close();
    }

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void aRepeatIsAnsweredAsTheFirstTimeAndMakesNothing() {
        RunView first = spawn(KEY);
        spawns.clock.pass(Duration.ofSeconds(1));
        assertThat(spawn(KEY)).isEqualTo(first);
        assertThat(spawns.count("run")).isEqualTo(1);
        assertThat(spawns.count("audit")).isEqualTo(1);
    }

    @Test
    void aRepeatIsAnsweredAsTheFirstTimeAlsoWhenTheRunIsOver() {
        RunView first = spawn(KEY);
        spawns.room.agents().title(first.agent().id(), "a title");
        spawns.stop(spawns.mira, first);
        assertThat(spawn(KEY)).isEqualTo(first);
    }

    @Test
    void repeatsCountInNoWindow() {
        RunView first = spawn(KEY);
        for (int i = 0; i < 10; i++) {
            assertThat(spawn(KEY)).isEqualTo(first);
        }
        spawns.spawn(spawns.mira);
        assertThat(problem(() -> spawns.spawn(spawns.mira))).isInstanceOf(Problem.RateLimited.class);
        assertThat(spawn(KEY)).isEqualTo(first);
    }

    @Test
    void anotherBodyUnderTheSameKeyConflicts() {
        spawn(KEY);
        assertThat(problem(() -> spawn(OTHER_BODY))).isEqualTo(new Problem.IdempotencyConflict(false));
        assertThat(spawns.count("run")).isEqualTo(1);
    }

    @Test
    void aKeyIsOfOneAccount() {
        RunView first = spawn(KEY);
        Caller otto = spawns.caller("otto");
        assertThat(spawns.spawn(otto, "other work", OTHER_BODY).agent().id())
                .isNotEqualTo(first.agent().id());
        assertThat(spawns.spawn(spawns.anotherKey(spawns.mira.user()), "work", KEY))
                .isEqualTo(first);
    }

    @Test
    void whileTheFirstIsUnderWayARepeatIsToldSoByEveryServer() throws Exception {
        Runs other = spawns.anotherServer();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            // Whoever holds the account's row holds up its spawns, which count under that lock.
            Future<RunView> first = DATABASE.database().call(() -> {
                lockAccount();
                Future<RunView> begun = threads.submit(() -> spawn(KEY));
                Waiting.until(() -> resultOf(threads.submit(this::somebodyWaits)));
                for (Runs runs : List.of(spawns.runs, other)) {
                    assertThat(resultOf(threads.submit(() -> problem(() -> runs.spawn(spawns.mira, order(KEY))))))
                            .isEqualTo(new Problem.IdempotencyConflict(true));
                }
                return begun;
            });
            RunView made = first.get();
            assertThat(other.spawn(spawns.mira, order(KEY)).view()).isEqualTo(made);
            assertThat(spawn(KEY)).isEqualTo(made);
        }
    }

    private void lockAccount() {
        spawns.testing
                .database()
                .jdbi()
                .useHandle(handle -> handle.createQuery("select 1 from app_user where id = ? for update")
                        .bind(0, spawns.mira.user().id().value())
                        .mapTo(Integer.class)
                        .one());
    }

    private boolean somebodyWaits() {
        return spawns.testing
                .database()
                .jdbi()
                .withHandle(handle -> handle.createQuery("select exists (select 1 from pg_stat_activity"
                                + " where datname = current_database() and wait_event_type = 'Lock')")
                        .mapTo(Boolean.class)
                        .one());
    }

    /** In a thread of its own, since the one that asks is inside a transaction. */
    private static <T> T resultOf(Future<T> work) {
        try {
            return work.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void ofManyAtOnceOneIsDone() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Object> spawn = () -> {
                try {
                    return spawn(KEY).agent().id();
                } catch (Refused e) {
                    return e.problem();
                }
            };
            List<Future<Object>> answers = threads.invokeAll(Collections.nCopies(60, spawn));
            Set<Object> kinds = answers.stream().map(Future::resultNow).collect(Collectors.toSet());
            assertThat(kinds).contains(spawn(KEY).agent().id());
            assertThat(kinds).isSubsetOf(spawn(KEY).agent().id(), new Problem.IdempotencyConflict(true));
        }
        assertThat(spawns.count("run")).isEqualTo(1);
    }

    @Test
    void aRefusedSpawnLeavesItsKeyFree() {
        spawns.spawn(spawns.mira);
        spawns.spawn(spawns.mira);
        assertThat(problem(() -> spawn(KEY))).isInstanceOf(Problem.RateLimited.class);
        spawns.clock.pass(Duration.ofMinutes(1));
        assertThat(spawn(OTHER_BODY)).isNotNull();
    }

    @Test
    void aKeyIsKeptForADay() {
        RunView first = spawn(KEY);
        spawns.clock.pass(Duration.ofHours(24));
        assertThat(spawn(KEY)).isEqualTo(first);
        spawns.clock.pass(Duration.ofMillis(1));
        RunView second = spawn(OTHER_BODY);
        assertThat(second.agent().id()).isNotEqualTo(first.agent().id());
        assertThat(spawn(OTHER_BODY)).isEqualTo(second);
        assertThat(problem(() -> spawn(KEY))).isEqualTo(new Problem.IdempotencyConflict(false));
    }

    private RunView spawn(SpawnAgent.IdempotencyKey key) {
        return spawns.runs.spawn(spawns.mira, order(key)).view();
    }

    private static SpawnAgent order(SpawnAgent.IdempotencyKey key) {
        return TestingSpawns.order("work", key);
    }

    private static Problem problem(ThrowingCallable call) {
        try {
            call.call();
        } catch (Refused e) {
            return e.problem();
        } catch (Throwable e) {
            throw new AssertionError("not refused, but broken", e);
        }
        throw new AssertionError("not refused");
    }
}
