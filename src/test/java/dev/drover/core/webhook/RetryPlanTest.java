package dev.drover.core.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.core.run.RunWebhook.Form;
import dev.drover.core.webhook.Posting.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class RetryPlanTest {
    private static final List<Duration> NOTICES = List.of(
            Duration.ofSeconds(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(5),
            Duration.ofHours(10),
            Duration.ofHours(10));
    private static final List<Duration> ANSWERS =
            List.of(Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(25));

    private final RetryPlan plan = new RetryPlan(new Random(4711));

    @Test
    void waitsLongerEachTimeAndGivesUpAfterTheEighth() {
        waits(Form.NOTICES, NOTICES);
    }

    @Test
    void triesAnAnswerThreeTimesMore() {
        waits(Form.ANSWER, ANSWERS);
    }

    private void waits(Form form, List<Duration> gaps) {
        for (int failures = 1; failures <= gaps.size(); failures++) {
            long gap = gaps.get(failures - 1).toMillis();
            for (int i = 0; i < 100; i++) {
                assertThat(plan.after(form, failures, answered(500, null))
                                .orElseThrow()
                                .toMillis())
                        .isBetween(gap * 9 / 10, gap * 11 / 10);
            }
        }
        assertThat(plan.after(form, gaps.size() + 1, answered(500, null))).isEmpty();
    }

    @Test
    void honoursALongerWishUpToADay() {
        assertThat(wished(1, Duration.ofMinutes(7))).contains(Duration.ofMinutes(7));
        assertThat(wished(1, Duration.ofDays(400))).contains(Duration.ofHours(24));
        assertThat(wished(2, Duration.ofSeconds(1)).orElseThrow()).isGreaterThan(Duration.ofMinutes(4));
        assertThat(wished(1, Duration.ofSeconds(-10)).orElseThrow()).isPositive();
        assertThat(wished(8, Duration.ofSeconds(1))).isEmpty();
    }

    @Test
    void triesAnAnswerAgainOnlyWhenTheReceiverBrokeOrWasAway() {
        for (int status : List.of(500, 502, 503, 599)) {
            assertThat(plan.after(Form.ANSWER, 1, answered(status, Duration.ofHours(1)))
                            .orElseThrow())
                    .as("a wish counts for nothing")
                    .isLessThan(Duration.ofSeconds(2));
        }
        assertThat(plan.after(Form.ANSWER, 1, Outcome.failed("no answer"))).isPresent();
        for (int status : List.of(301, 302, 307, 308, 400, 404, 408, 410, 429, 499)) {
            assertThat(plan.after(Form.ANSWER, 1, answered(status, null)))
                    .as("%d", status)
                    .isEmpty();
        }
    }

    @Test
    void triesANoticeAgainUnlessItsReceiverIsGoneForGood() {
        assertThat(plan.after(Form.NOTICES, 1, answered(404, null))).isPresent();
        assertThat(plan.after(Form.NOTICES, 1, answered(410, null))).isEmpty();
    }

    private Optional<Duration> wished(int failures, Duration wish) {
        return plan.after(Form.NOTICES, failures, answered(503, wish));
    }

    private static Outcome answered(int status, @Nullable Duration wish) {
        return new Outcome(status, "answered " + status, wish);
    }
}
