package dev.drover.core.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class RetryPlanTest {
    private final RetryPlan plan = new RetryPlan(new Random(4711));

    @Test
    void waitsLongerEachTimeAndGivesUpAfterTheEighth() {
        List<Duration> gaps = List.of(
                Duration.ofSeconds(5),
                Duration.ofMinutes(5),
                Duration.ofMinutes(30),
                Duration.ofHours(2),
                Duration.ofHours(5),
                Duration.ofHours(10),
                Duration.ofHours(10));
        for (int failures = 1; failures <= gaps.size(); failures++) {
            long gap = gaps.get(failures - 1).toMillis();
            for (int i = 0; i < 100; i++) {
                assertThat(plan.after(failures, null).orElseThrow().toMillis()).isBetween(gap * 9 / 10, gap * 11 / 10);
            }
        }
        assertThat(plan.after(8, null)).isEmpty();
    }

    @Test
    void honoursALongerWishUpToADay() {
        assertThat(plan.after(1, Duration.ofMinutes(7))).contains(Duration.ofMinutes(7));
        assertThat(plan.after(1, Duration.ofDays(400))).contains(Duration.ofHours(24));
        assertThat(plan.after(2, Duration.ofSeconds(1)).orElseThrow()).isGreaterThan(Duration.ofMinutes(4));
        assertThat(plan.after(1, Duration.ofSeconds(-10)).orElseThrow()).isPositive();
        assertThat(plan.after(8, Duration.ofSeconds(1))).isEmpty();
    }
}
