package dev.drover.core.usage;

import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.access.SpawnRate;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an account may use (Jettson contract, section 12); a count of {@link #NO_LIMIT} is never reached.
 *
 * @param memories how many live ones its pool holds
 */
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

    /** What a run may last when nothing limits it: longer than any does, and still a number of milliseconds. */
    private static final Duration LONGEST = Duration.ofDays(365);

    private static final long MEBIBYTE = 1024 * 1024;

    private static final List<Plan> PRESETS = List.of(
            new Plan("free", 1, 50, Duration.ofMinutes(30), 5, 30, 0.5, 512 * MEBIBYTE, 100),
            new Plan("pro", 3, 1_000, Duration.ofHours(2), 30, 500, 1, 1_024 * MEBIBYTE, 10_000),
            new Plan("scale", 20, NO_LIMIT, Duration.ofHours(4), 100, 5_000, 2, 2_048 * MEBIBYTE, 100_000),
            new Plan("unlimited", NO_LIMIT, NO_LIMIT, LONGEST, NO_LIMIT, NO_LIMIT, 2, 2_048 * MEBIBYTE, NO_LIMIT));

    /** The presets by name, for {@code DROVER_PLAN}. */
    public static List<String> words() {
        return PRESETS.stream().map(Plan::word).toList();
    }

    /** Reads {@code DROVER_PLAN}. */
    public static Plan of(String word) {
        return PRESETS.stream()
                .filter(plan -> plan.word.equals(word.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "plan '" + word + "' is unknown; set DROVER_PLAN to free, pro, scale or unlimited"));
    }

    /** The plan with one of its numbers set to another; {@link #NO_LIMIT} lifts the limit. */
    public Plan with(Limit limit, int number) {
        return new Plan(
                word,
                limit == Limit.CONCURRENT ? number : concurrent,
                limit == Limit.AGENT_HOURS ? number : agentHours,
                limit == Limit.RUN_MINUTES ? number == NO_LIMIT ? LONGEST : Duration.ofMinutes(number) : longestRun,
                limit == Limit.SPAWNS_PER_MINUTE ? number : spawnsPerMinute,
                limit == Limit.SPAWNS_PER_HOUR ? number : spawnsPerHour,
                limit == Limit.CPU_PERCENT ? number / 100.0 : cpus,
                limit == Limit.MEMORY_MB ? number * MEBIBYTE : memoryBytes,
                limit == Limit.MEMORIES ? number : memories);
    }

    /** The numbers of a plan that an operator may set ({@code DROVER_PLAN_CONCURRENT} and so on). */
    public enum Limit {
        CONCURRENT(true),
        AGENT_HOURS(true),
        RUN_MINUTES(true),
        SPAWNS_PER_MINUTE(true),
        SPAWNS_PER_HOUR(true),
        CPU_PERCENT(false),
        MEMORY_MB(false),
        MEMORIES(true);

        private final boolean mayBeLifted;

        Limit(boolean mayBeLifted) {
            this.mayBeLifted = mayBeLifted;
        }

        /** Whether there can be no limit: a computer always has one. */
        public boolean mayBeLifted() {
            return mayBeLifted;
        }
    }

    /** Whether a run may last only so long. */
    public boolean limitsRuns() {
        return !longestRun.equals(LONGEST);
    }

    /** How often keys may spawn that have no rate of their own. */
    public SpawnRate rate() {
        return new SpawnRate(
                spawnsPerMinute == NO_LIMIT ? null : spawnsPerMinute, spawnsPerHour == NO_LIMIT ? null : spawnsPerHour);
    }

    /** Whether there is anything to count before a spawn by a key of that rate. */
    public boolean limits(SpawnRate key) {
        return concurrent < NO_LIMIT || agentHours < NO_LIMIT || limitsRate(key);
    }

    /** Whether a key of that rate may spawn only so often. */
    public boolean limitsRate(SpawnRate key) {
        return key.perMinuteOr(spawnsPerMinute) < NO_LIMIT || key.perHourOr(spawnsPerHour) < NO_LIMIT;
    }

    /** Refuses a spawn that would go over; rate, then hours, then concurrency (section 4.1, check order). */
    public void admit(Standing standing, SpawnRate key) {
        int perMinute = key.perMinuteOr(spawnsPerMinute);
        int perHour = key.perHourOr(spawnsPerHour);
        Standing.Window minute = standing.minute();
        Standing.Window hour = standing.hour();
        if (minute.isFull(perMinute) || hour.isFull(perHour)) {
            boolean hourWaitsLonger = hour.isFull(perHour)
                    && (!minute.isFull(perMinute) || hour.untilRoom().compareTo(minute.untilRoom()) > 0);
            throw new Refused(new Problem.RateLimited(
                    word,
                    hourWaitsLonger ? Problem.Window.HOUR : Problem.Window.MINUTE,
                    limit(perMinute),
                    limit(perHour),
                    hourWaitsLonger ? hour.untilRoom() : minute.untilRoom()));
        }
        if (standing.hoursThisMonth() >= agentHours) {
            throw new Refused(
                    new Problem.HoursUsedUp(word, standing.hoursThisMonth(), agentHours, standing.nextMonth()));
        }
        if (standing.concurrent() >= concurrent) {
            throw new Refused(new Problem.ConcurrencyReached(word, standing.concurrent(), concurrent));
        }
    }

    /** Empty when nothing limits how often a key of that rate spawns. */
    public Optional<RateRoom> room(Standing standing, SpawnRate key, Instant now) {
        Optional<RateRoom> minute = room(standing.minute(), key.perMinuteOr(spawnsPerMinute), now);
        Optional<RateRoom> hour = room(standing.hour(), key.perHourOr(spawnsPerHour), now);
        return Stream.of(minute, hour).flatMap(Optional::stream).min(Comparator.comparingInt(RateRoom::remaining));
    }

    private static Optional<RateRoom> room(Standing.Window window, int limit, Instant now) {
        return limit == NO_LIMIT
                ? Optional.empty()
                : Optional.of(
                        new RateRoom(limit, Math.max(0, limit - window.spawned()), now.plus(window.untilGrowth())));
    }

    private static @Nullable Integer limit(int count) {
        return count == NO_LIMIT ? null : count;
    }

    @Override
    public String toString() {
        if (PRESETS.contains(this)) {
            return word;
        }
        return ("%s (%s at once, %s agent-hours a month, runs of at most %s, %s spawns a minute and %s an hour, "
                        + "%s CPUs, %d MiB, %s memories)")
                .formatted(
                        word,
                        shown(concurrent),
                        shown(agentHours),
                        limitsRuns() ? longestRun.toMinutes() + " min" : "any length",
                        shown(spawnsPerMinute),
                        shown(spawnsPerHour),
                        cpus,
                        memoryBytes / MEBIBYTE,
                        shown(memories));
    }

    private static String shown(int count) {
        return count == NO_LIMIT ? "unlimited" : String.valueOf(count);
    }
}
