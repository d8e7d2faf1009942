package dev.drover.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.core.agent.Origin;
import dev.drover.core.id.AgentId;
import dev.drover.core.id.RunId;
import dev.drover.core.model.ModelProfile;
import dev.drover.provider.model.offline.OfflineModel;
import dev.drover.provider.telemetry.StuckMeters;
import dev.drover.testing.TestingDatabase;
import dev.drover.testing.Waiting;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Who is found to stand on nothing, and who is not. */
final class StuckRunsTest {
    private static final TestingDatabase TESTING = TestingDatabase.create();
    private static final TestingRoom ROOM = TestingRoom.open(TESTING.address(), new OfflineModel());
    private static final Whys WHYS = new Whys(ROOM.room());

    private final AtomicLong seconds = new AtomicLong();
    private final StuckRuns stuck = new StuckRuns(
            List.of(WHYS::footings),
            Duration.ofSeconds(15),
            () -> Duration.ofSeconds(seconds.get()).toNanos());

    @AfterAll
    static void close() {
        ROOM.close();
        TESTING.close();
    }

    @Test
    void findsARunThatNobodyHoldsAndTheMetricMoves() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        StuckMeters.register(meters, stuck);
        assertThat(shown(meters)).isZero();
        RunId planted = planted();

        pass(6);
        assertThat(shown(meters)).as("it may yet be taken up").isZero();
        pass(16);
        assertThat(shown(meters)).isEqualTo(1);
        assertThat(patient().find()).singleElement().satisfies(violation -> {
            assertThat(violation.kind()).isEqualTo(Violation.Kind.STUCK);
            assertThat(violation.run()).isEqualTo(planted);
            assertThat(violation.text()).contains("no server holds it", "POST /api/v1/runs/" + planted + "/stop");
        });

        stop(planted);
        pass(6);
        assertThat(shown(meters)).isZero();
        assertThat(patient().find()).isEmpty();
    }

    @Test
    void aRunWhoseHolderIsGoneIsTakenUpAndNotStuck() {
        Lease orphan = ROOM.idleRun(UUID.randomUUID());
        assertThat(patient().find()).isEmpty();
        stop(orphan.run());
    }

    @Test
    void asksTheDatabaseNoMoreThanOnceInFiveSeconds() {
        AtomicLong asked = new AtomicLong();
        StuckRuns counted = new StuckRuns(
                List.of(() -> {
                    asked.incrementAndGet();
                    return List.of();
                }),
                Duration.ofSeconds(15),
                () -> Duration.ofSeconds(seconds.get()).toNanos());
        for (int i = 0; i < 10; i++) {
            counted.count();
            counted.waiting(Why.Waiter.RUN);
        }
        assertThat(asked).hasValue(1);
        pass(5);
        counted.count();
        assertThat(asked).hasValue(2);
    }

    @Test
    void aRunBehindAnotherOnItsThreadNamesThatOneAndIsCounted() {
        AgentId agent = ROOM.room()
                .agents()
                .create(TestingRoom.caller().user().id(), "talker", Origin.MAKE, ModelProfile.DEFAULT, null)
                .id();
        UUID lane = UUID.randomUUID();
        StartedRun first = start(agent, lane);
        StartedRun second = start(agent, lane);

        Why why = Waiting.until(
                Duration.ofSeconds(30), () -> WHYS.of(agent).filter(found -> found.waitingFor() == Why.Waiter.RUN));
        assertThat(why.run()).isEqualTo(second.id());
        assertThat(why.waitingId()).isEqualTo(first.id().toString());
        assertThat(why.doing()).contains(first.id().toString());
        pass(6);
        assertThat(stuck.waiting(Why.Waiter.RUN)).isEqualTo(1);

        ROOM.runs().stop(TestingRoom.caller(), first);
        Why next = Waiting.until(
                Duration.ofSeconds(30), () -> WHYS.of(agent).filter(found -> found.waitingFor() != Why.Waiter.RUN));
        assertThat(next.holder()).isNotNull();
        ROOM.runs().stop(TestingRoom.caller(), second);
    }

    private static StartedRun start(AgentId agent, UUID lane) {
        Brief brief = new Brief(ModelProfile.DEFAULT, 0, null, null, 9, Duration.ofMinutes(1));
        Said said = new Said(Said.Speaker.USER, "$ sleep 25");
        return ROOM.runs()
                .start(
                        TestingRoom.caller(),
                        new StartRun(agent, lane, "do it", List.of(said), brief, RunOptions.NONE),
                        () -> {});
    }

    /** Held by nobody, so that no server would ever take it up. */
    private static RunId planted() {
        Lease lease = ROOM.idleRun(UUID.randomUUID());
        ROOM.database()
                .jdbi()
                .useHandle(handle -> handle.execute(
                        "update run set node_id = null where id = ?",
                        lease.run().value()));
        return lease.run();
    }

    private static void stop(RunId run) {
        StartedRun started = ROOM.runs().started(run).orElseThrow();
        Waiting.until(Duration.ofSeconds(30), () -> {
            ROOM.runs().stop(TestingRoom.caller(), started);
            return Optional.of(true);
        });
    }

    private void pass(long more) {
        seconds.addAndGet(more);
    }

    private static double shown(SimpleMeterRegistry meters) {
        return meters.get("drover.runs.stuck").gauge().value();
    }

    /** By the real clock, with less patience than servers have, and more than a test's server needs. */
    private static StuckRuns patient() {
        return new StuckRuns(List.of(WHYS::footings), Duration.ofSeconds(5), System::nanoTime);
    }
}
