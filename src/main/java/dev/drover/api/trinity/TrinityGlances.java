package dev.drover.api.trinity;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.drover.api.http.Answer;
import dev.drover.api.http.Call;
import dev.drover.api.http.Operation;
import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.execution.Glance;
import dev.drover.core.execution.GlanceStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** All agents of a caller at a glance (contract, section 5.20). */
public final class TrinityGlances {
    private static final int CONTEXT = 200_000;
    private static final Duration ACTIVE = Duration.ofSeconds(60);
    private static final int MOST_HOURS = 24 * 366;

    private final GlanceStore glances;
    private final Clock clock;

    public TrinityGlances(GlanceStore glances, Clock clock) {
        this.glances = glances;
        this.clock = clock;
    }

    public Operation contexts() {
        return Operation.of("How full the chats of all agents are; no computer is asked", this::contexts)
                .answers(200, Contexts.class);
    }

    private Answer contexts(Call call) {
        Instant now = clock.instant();
        return Answer.ok(new Contexts(glances.contexts(call.caller()).stream()
                .map(glance -> Context.of(glance, now))
                .toList()));
    }

    public Operation autonomy() {
        return Operation.of("Whose schedules fire", this::autonomy).answers(200, Map.class);
    }

    private Answer autonomy(Call call) {
        return Answer.ok(glances.posts(call.caller()).stream()
                .filter(post -> !post.isSystem())
                .collect(Collectors.toMap(
                        Glance.Post::name,
                        post -> new Autonomous(post.autonomy()),
                        (one, other) -> one,
                        TreeMap::new)));
    }

    public Operation slots() {
        return Operation.of("How many parallel tasks agents may do, and do", this::slots)
                .answers(200, Slots.class);
    }

    private Answer slots(Call call) {
        SortedMap<String, Slot> slots = glances.posts(call.caller()).stream()
                .collect(Collectors.toMap(
                        Glance.Post::name,
                        post -> new Slot(post.parallelTasks(), post.active()),
                        (one, other) -> one,
                        TreeMap::new));
        return Answer.ok(new Slots(slots, clock.instant()));
    }

    public Operation tallies() {
        return Operation.of("What came of the executions of all agents", this::tallies)
                .query("hours", Integer.class, "Since how many hours ago, 24 unless told")
                .query("include_7d", Boolean.class, "Adds the same of the last seven days")
                .answers(200, Tallies.class)
                .refuses(400, 422);
    }

    private Answer tallies(Call call) {
        int hours = TrinityQuery.integer(call, "hours", 24);
        if (hours < 1 || hours > MOST_HOURS) {
            throw new Refused(
                    new Problem.Unacceptable("hours must be between 1 and " + MOST_HOURS + ", but is " + hours));
        }
        Map<String, Tally> week = TrinityQuery.flag(call, "include_7d", false)
                ? tallied(call, Duration.ofDays(7)).stream().collect(Collectors.toMap(Tally::name, Function.identity()))
                : Map.of();
        return Answer.ok(new Tallies(tallied(call, Duration.ofHours(hours)).stream()
                .map(tally -> tally.with(week.get(tally.name())))
                .toList()));
    }

    private List<Tally> tallied(Call call, Duration time) {
        return glances.tallies(call.caller(), clock.instant().minus(time)).stream()
                .map(Tally::of)
                .toList();
    }

    record Contexts(List<Context> agents) {}

    /** The names are the seed's. */
    record Context(
            String name,
            String status,
            @JsonProperty("activityState") String activityState,
            @JsonProperty("contextPercent") double contextPercent,
            @JsonProperty("contextUsed") long contextUsed,
            @JsonProperty("contextMax") int contextMax,

            @JsonProperty("lastActivityTime") @Nullable Instant lastActivityTime) {
        static Context of(Glance.Context glance, Instant now) {
            boolean isOn = glance.state().equals("running");
            Instant stirred = glance.stirredAt();
            boolean isActive = stirred != null && stirred.plus(ACTIVE).isAfter(now);
            int max = glance.max() == null ? CONTEXT : glance.max();
            long used = isOn ? glance.used() : 0;
            return new Context(
                    glance.name(),
                    glance.state(),
                    isOn ? isActive ? "active" : "idle" : "offline",
                    TrinitySessions.percent(used, max),
                    used,
                    max,
                    glance.lastAt());
        }
    }

    record Autonomous(boolean autonomyEnabled) {}

    record Slot(int max, int active) {}

    record Slots(SortedMap<String, Slot> agents, Instant timestamp) {}

    record Tallies(List<Tally> agents) {}

    /**
     * What one agent did in some time (ours).
     *
     * @param successRate of those that succeeded or failed, in percent; null when there are none
     * @param totalCost in dollars, of what is known
     * @param last7d null when nobody asked
     */
    record Tally(
            String name,
            int taskCount,
            int successCount,
            int failedCount,
            int runningCount,
            @Nullable Double successRate,
            double totalCost,
            @Nullable Instant lastExecutionAt,

            @JsonProperty("last_7d") @Nullable Tally last7d) {
        static Tally of(Glance.Tally tally) {
            int over = tally.successes() + tally.failures();
            return new Tally(
                    tally.name(),
                    tally.tasks(),
                    tally.successes(),
                    tally.failures(),
                    tally.running(),
                    over == 0 ? null : Math.round(1_000.0 * tally.successes() / over) / 10.0,
                    tally.dollars(),
                    tally.lastAt(),
                    null);
        }

        Tally with(@Nullable Tally week) {
            return new Tally(
                    name,
                    taskCount,
                    successCount,
                    failedCount,
                    runningCount,
                    successRate,
                    totalCost,
                    lastExecutionAt,
                    week);
        }
    }
}
