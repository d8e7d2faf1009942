package dev.drover.core.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.access.SpawnRate;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class PlanTest {
    private static final Plan PLAN = new Plan("test", 3, 10, Duration.ofHours(1), 5, 30, 1, 1, 100);
    private static final Instant DECEMBER = Instant.parse("2026-12-01T00:00:00Z");
    private static final Duration SHORT = Duration.ofSeconds(20);
    private static final Duration LONG = Duration.ofMinutes(20);

    @Test
    void presetsAreThoseOfTheContract() {
        assertThat(Plan.of("free"))
                .isEqualTo(new Plan("free", 1, 50, Duration.ofMinutes(30), 5, 30, 0.5, 512L << 20, 100));
        assertThat(Plan.of("pro"))
                .isEqualTo(new Plan("pro", 3, 1_000, Duration.ofHours(2), 30, 500, 1, 1024L << 20, 10_000));
        assertThat(Plan.of("scale"))
                .isEqualTo(
                        new Plan("scale", 20, Plan.NO_LIMIT, Duration.ofHours(4), 100, 5_000, 2, 2048L << 20, 100_000));
        assertThat(Plan.of("PRO")).isEqualTo(Plan.of("pro"));
        assertThat(Stream.of("free", "pro", "scale").map(Plan::of))
                .allMatch(plan -> plan.limits(SpawnRate.OF_THE_PLAN));
    }

    @Test
    void unlimitedAdmitsEverything() {
        Plan plan = Plan.of("unlimited");
        assertThat(plan.limits(SpawnRate.OF_THE_PLAN)).isFalse();
        int many = 1_000_000;
        assertThatCode(() -> plan.admit(standing(many, many, SHORT, LONG, many, many), SpawnRate.OF_THE_PLAN))
                .doesNotThrowAnyException();
    }

    @Test
    void anUnknownPlanIsNamedWithTheRemedy() {
        assertThatThrownBy(() -> Plan.of("platinum"))
                .hasMessageContaining("'platinum'")
                .hasMessageContaining("free, pro, scale or unlimited");
    }

    @Test
    void admitsUpToEachLimit() {
        assertThatCode(() -> PLAN.admit(standing(4, 29, SHORT, LONG, 9.99, 2), SpawnRate.OF_THE_PLAN))
                .doesNotThrowAnyException();
    }

    @Test
    void aKeysOwnRateTakesThePlaceOfThePlans() {
        assertThatCode(() -> PLAN.admit(standing(6, 29, SHORT, LONG, 0, 0), new SpawnRate(7, null)))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> PLAN.admit(standing(2, 2, SHORT, LONG, 0, 0), new SpawnRate(2, null)))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.problem())
                                .isEqualTo(new Problem.RateLimited("test", Problem.Window.MINUTE, 2, 30, SHORT)));
        assertThat(Plan.of("unlimited").limits(new SpawnRate(null, 3))).isTrue();
    }

    @Test
    void tellsOfTheWindowWithLessLeft() {
        Instant now = DECEMBER.minus(LONG);
        assertThat(PLAN.room(standing(1, 29, SHORT, LONG, 0, 0), SpawnRate.OF_THE_PLAN, now))
                .contains(new RateRoom(30, 1, DECEMBER));
        assertThat(PLAN.room(standing(1, 26, SHORT, LONG, 0, 0), SpawnRate.OF_THE_PLAN, now))
                .contains(new RateRoom(5, 4, now.plus(SHORT)));
        assertThat(Plan.of("unlimited").room(standing(1, 1, SHORT, LONG, 0, 0), SpawnRate.OF_THE_PLAN, now))
                .isEmpty();
    }

    @Test
    void eachNumberCanBeSet() {
        Plan plan = Plan.of("free")
                .with(Plan.Limit.CONCURRENT, 7)
                .with(Plan.Limit.RUN_MINUTES, Plan.NO_LIMIT)
                .with(Plan.Limit.MEMORY_MB, 300)
                .with(Plan.Limit.CPU_PERCENT, 150)
                .with(Plan.Limit.MEMORIES, 3);
        assertThat(plan)
                .isEqualTo(new Plan("free", 7, 50, Plan.of("unlimited").longestRun(), 5, 30, 1.5, 300L << 20, 3));
        assertThat(plan)
                .hasToString("free (7 at once, 50 agent-hours a month, runs of at most any length, "
                        + "5 spawns a minute and 30 an hour, 1.5 CPUs, 300 MiB, 3 memories)");
    }

    @Test
    void judgesRateBeforeHoursBeforeConcurrency() {
        assertThat(refusal(standing(5, 0, SHORT, LONG, 10, 3))).isInstanceOf(Problem.RateLimited.class);
        assertThat(refusal(standing(4, 29, SHORT, LONG, 10, 3)))
                .isEqualTo(new Problem.HoursUsedUp("test", 10, 10, DECEMBER));
        assertThat(refusal(standing(4, 29, SHORT, LONG, 9.99, 3)))
                .isEqualTo(new Problem.ConcurrencyReached("test", 3, 3));
    }

    @Test
    void namesTheWindowThatIsFull() {
        assertThat(refusal(standing(5, 29, SHORT, LONG, 0, 0))).isEqualTo(limited(Problem.Window.MINUTE, SHORT));
        assertThat(refusal(standing(4, 30, SHORT, LONG, 0, 0))).isEqualTo(limited(Problem.Window.HOUR, LONG));
    }

    @Test
    void ofTwoFullWindowsTheLongerWaitAnswers() {
        assertThat(refusal(standing(5, 30, SHORT, LONG, 0, 0))).isEqualTo(limited(Problem.Window.HOUR, LONG));
        assertThat(refusal(standing(5, 30, LONG, SHORT, 0, 0))).isEqualTo(limited(Problem.Window.MINUTE, LONG));
    }

    private static Standing standing(
            int minute, int hour, Duration minuteRoom, Duration hourRoom, double hours, int live) {
        return new Standing(
                new Standing.Window(minute, minuteRoom, minuteRoom),
                new Standing.Window(hour, hourRoom, hourRoom),
                hours,
                DECEMBER,
                live);
    }

    private static Problem limited(Problem.Window window, Duration retryAfter) {
        return new Problem.RateLimited("test", window, 5, 30, retryAfter);
    }

    private static Problem refusal(Standing standing) {
        try {
            PLAN.admit(standing, SpawnRate.OF_THE_PLAN);
        } catch (Refused e) {
            return e.problem();
        }
        throw new AssertionError("it was admitted: " + standing);
    }
}
