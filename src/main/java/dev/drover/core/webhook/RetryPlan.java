package dev.drover.core.webhook;

import dev.drover.core.run.RunWebhook.Form;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * When a message that failed is tried again: a notice eight times over about 28 hours (Jettson contract, section 13.2),
 * an answer four times within the minute, as long as the receiver is at fault (Make contract, section 3.6).
 */
final class RetryPlan {
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
    private static final double JITTER = 0.1;
    private static final Duration LONGEST_WISH = Duration.ofHours(24);

    private final RandomGenerator random;

    RetryPlan(RandomGenerator random) {
        this.random = random;
    }

    /**
     * How long to wait; empty when it was the last attempt.
     *
     * @param failures how many there have been in a row
     */
    Optional<Duration> after(Form form, int failures, Posting.Outcome outcome) {
        return switch (form) {
            case NOTICES -> outcome.isGone() ? Optional.empty() : gap(NOTICES, failures, outcome.wish());
            case ANSWER -> outcome.isOutage() ? gap(ANSWERS, failures, null) : Optional.empty();
        };
    }

    /** @param wish what the receiver asked for, if it did */
    private Optional<Duration> gap(List<Duration> gaps, int failures, @Nullable Duration wish) {
        if (failures > gaps.size()) {
            return Optional.empty();
        }
        double factor = 1 + JITTER * random.nextDouble(-1, 1);
        Duration gap = Duration.ofMillis(Math.round(gaps.get(failures - 1).toMillis() * factor));
        if (wish == null || wish.compareTo(gap) < 0) {
            return Optional.of(gap);
        }
        return Optional.of(wish.compareTo(LONGEST_WISH) < 0 ? wish : LONGEST_WISH);
    }
}
