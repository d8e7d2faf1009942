package dev.drover.core.usage;

import dev.drover.core.Problem;
import dev.drover.core.Refused;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** What an account may use (Jettson contract, section 12); a count of {@link #NO_LIMIT} is never reached. */
public record Plan(
        String word,
        int concurrent,
        int agentHours,
        Duration longestRun,
        int spawnsPerMinute,
        int spawnsPerHour,
        double cpus,
        long memoryBytes,
        int memories) {
    public static final int NO_LIMIT = Integer.MAX_VALUE;

    private static final long MEBIBYTE = 1024 * 1024;

    private static final List<Plan> PRESETS = List.of(
            new Plan("free", 1, 50, Duration.ofMinutes(30), 5, 30, 0.5, 512 * MEBIBYTE, 100),
            new Plan("pro", 3, 1_000, Duration.ofHours(2), 30, 500, 1, 1_024 * MEBIBYTE, 10_000),
            new Plan("scale", 20, NO_LIMIT, Duration.ofHours(4), 100, 5_000, 2, 2_048 * MEBIBYTE, 100_000),
            new Plan(
                    "unlimited",
                    NO_LIMIT,
                    NO_LIMIT,
                    Duration.ofDays(365),
                    NO_LIMIT,
                    NO_LIMIT,
                    2,
                    2_048 * MEBIBYTE,
                    NO_LIMIT));

    /** Reads {@code DROVER_PLAN}. */
    public static Plan of(String word) {
        return PRESETS.stream()
                .filter(plan -> plan.word.equals(word.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "plan '" + word + "' is unknown; set DROVER_PLAN to free, pro, scale or unlimited"));
    }

    /** Whether there is anything to count before a spawn. */
    public boolean hasLimits() {
        return concurrent < NO_LIMIT || agentHours < NO_LIMIT || spawnsPerMinute < NO_LIMIT || spawnsPerHour < NO_LIMIT;
    }

    /** Refuses a spawn that would go over; rate, then hours, then concurrency (section 4.1, check order). */
    public void admit(Standing standing) {
        boolean minuteFull = standing.lastMinute() >= spawnsPerMinute;
        boolean hourFull = standing.lastHour() >= spawnsPerHour;
        if (minuteFull || hourFull) {
            boolean hourWaitsLonger = hourFull && (!minuteFull || longer(standing));
            throw new Refused(new Problem.RateLimited(
                    word,
                    hourWaitsLonger ? Problem.Window.HOUR : Problem.Window.MINUTE,
                    spawnsPerMinute,
                    spawnsPerHour,
                    hourWaitsLonger ? standing.untilHourHasRoom() : standing.untilMinuteHasRoom()));
        }
        if (standing.hoursThisMonth() >= agentHours) {
            throw new Refused(
                    new Problem.HoursUsedUp(word, standing.hoursThisMonth(), agentHours, standing.nextMonth()));
        }
        if (standing.concurrent() >= concurrent) {
            throw new Refused(new Problem.ConcurrencyReached(word, standing.concurrent(), concurrent));
        }
    }

    private static boolean longer(Standing standing) {
        return standing.untilHourHasRoom().compareTo(standing.untilMinuteHasRoom()) > 0;
    }
}
