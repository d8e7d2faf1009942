package dev.drover.core.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.core.Problem;
import dev.drover.core.Refused;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class PlanTest {
    private static final Plan PLAN = new Plan("test", 3, 10, Duration.ofHours(1), 5, 30, 1, 1, 1);
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
        assertThat(Stream.of("free", "pro", "scale").map(Plan::of)).allMatch(Plan::hasLimits);
    }

    @Test
    void unlimitedAdmitsEverything() {
        Plan plan = Plan.of("unlimited");
        assertThat(plan.hasLimits()).isFalse();
        int many = 1_000_000;
        assertThatCode(() -> plan.admit(new Standing(many, many, SHORT, LONG, many, DECEMBER, many)))
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
        assertThatCode(() -> PLAN.admit(new Standing(4, 29, SHORT, LONG, 9.99, DECEMBER, 2)))
                .doesNotThrowAnyException();
    }

    @Test
    void judgesRateBeforeHoursBeforeConcurrency() {
        assertThat(refusal(new Standing(5, 0, SHORT, LONG, 10, DECEMBER, 3))).isInstanceOf(Problem.RateLimited.class);
        assertThat(refusal(new Standing(4, 29, SHORT, LONG, 10, DECEMBER, 3)))
                .isEqualTo(new Problem.HoursUsedUp("test", 10, 10, DECEMBER));
        assertThat(refusal(new Standing(4, 29, SHORT, LONG, 9.99, DECEMBER, 3)))
                .isEqualTo(new Problem.ConcurrencyReached("test", 3, 3));
    }

    @Test
    void namesTheWindowThatIsFull() {
        assertThat(refusal(new Standing(5, 29, SHORT, LONG, 0, DECEMBER, 0)))
                .isEqualTo(limited(Problem.Window.MINUTE, SHORT));
        assertThat(refusal(new Standing(4, 30, SHORT, LONG, 0, DECEMBER, 0)))
                .isEqualTo(limited(Problem.Window.HOUR, LONG));
    }

    @Test
    void ofTwoFullWindowsTheLongerWaitAnswers() {
        assertThat(refusal(new Standing(5, 30, SHORT, LONG, 0, DECEMBER, 0)))
                .isEqualTo(limited(Problem.Window.HOUR, LONG));
        assertThat(refusal(new Standing(5, 30, LONG, SHORT, 0, DECEMBER, 0)))
                .isEqualTo(limited(Problem.Window.MINUTE, LONG));
    }

    private static Problem limited(Problem.Window window, Duration retryAfter) {
        return new Problem.RateLimited("test", window, 5, 30, retryAfter);
    }

    private static Problem refusal(Standing standing) {
        try {
            PLAN.admit(standing);
        } catch (Refused e) {
            return e.problem();
        }
        throw new AssertionError("it was admitted: " + standing);
    }
}
