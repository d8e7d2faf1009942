package dev.drover.core.usage;

import dev.drover.core.Problem;
import dev.drover.core.Refused;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;

/** What an account may use (Jettson contract, section 12); a count of {@link #NO_LIMIT} is never reached. */
public enum Plan {
    FREE(1, 50, Duration.ofMinutes(30), new Rate(5, 30), new Size(0.5, 512)),
    PRO(3, 1_000, Duration.ofHours(2), new Rate(30, 500), new Size(1, 1_024)),
    SCALE(20, Plan.NO_LIMIT, Duration.ofHours(4), new Rate(100, 5_000), new Size(2, 2_048)),
    UNLIMITED(
            Plan.NO_LIMIT,
            Plan.NO_LIMIT,
            Duration.ofDays(365),
            new Rate(Plan.NO_LIMIT, Plan.NO_LIMIT),
            new Size(2, 2_048));

    public static final int NO_LIMIT = Integer.MAX_VALUE;

    private final int concurrent;
    private final int agentHours;
    private final Duration longestRun;
    private final Rate rate;
    private final Size size;

    Plan(int concurrent, int agentHours, Duration longestRun, Rate rate, Size size) {
        this.concurrent = concurrent;
        this.agentHours = agentHours;
        this.longestRun = longestRun;
        this.rate = rate;
        this.size = size;
    }

    /** Reads {@code DROVER_PLAN}. */
    public static Plan of(String word) {
        return Arrays.stream(values())
                .filter(plan -> plan.word().equals(word.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "plan '" + word + "' is unknown; set DROVER_PLAN to free, pro, scale or unlimited"));
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether there is anything to count before a spawn. */
    public boolean hasLimits() {
        return this != UNLIMITED;
    }

    public Duration longestRun() {
        return longestRun;
    }

    public double cpus() {
        return size.cpus;
    }

    public long memoryBytes() {
        return size.memoryMebibytes * 1024L * 1024L;
    }

    /** Refuses a spawn that would go over; rate, then hours, then concurrency (section 4.1, check order). */
    public void admit(Standing standing) {
        boolean minuteFull = standing.lastMinute() >= rate.perMinute;
        boolean hourFull = standing.lastHour() >= rate.perHour;
        if (minuteFull || hourFull) {
            boolean hourWaitsLonger = hourFull && (!minuteFull || longer(standing));
            throw new Refused(new Problem.RateLimited(
                    word(),
                    hourWaitsLonger ? Problem.Window.HOUR : Problem.Window.MINUTE,
                    rate.perMinute,
                    rate.perHour,
                    hourWaitsLonger ? standing.untilHourHasRoom() : standing.untilMinuteHasRoom()));
        }
        if (standing.hoursThisMonth() >= agentHours) {
            throw new Refused(
                    new Problem.HoursUsedUp(word(), standing.hoursThisMonth(), agentHours, standing.nextMonth()));
        }
        if (standing.concurrent() >= concurrent) {
            throw new Refused(new Problem.ConcurrencyReached(word(), standing.concurrent(), concurrent));
        }
    }

    private static boolean longer(Standing standing) {
        return standing.untilHourHasRoom().compareTo(standing.untilMinuteHasRoom()) > 0;
    }

    private record Rate(int perMinute, int perHour) {}

    private record Size(double cpus, int memoryMebibytes) {}
}
