package dev.drover.api.console;

import dev.drover.api.http.Answer;
import dev.drover.api.http.Call;
import dev.drover.api.http.Operation;
import dev.drover.core.run.AccountUsage;
import dev.drover.core.run.AccountUsages;
import dev.drover.core.usage.Plan;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** The plan in force beside what the caller's account has used of it. */
public final class ConsolePlan {
    private final AccountUsages usages;

    public ConsolePlan(AccountUsages usages) {
        this.usages = usages;
    }

    public Operation plan() {
        return Operation.of("Tell the plan in force, and what the account has used of it", this::plan)
                .answers(200, InForce.class);
    }

    private Answer plan(Call call) {
        return Answer.ok(InForce.of(usages.usage(call.caller(), null)));
    }

    /**
     * The server has one plan, and each account is counted by itself; a limit of null is none.
     *
     * @param appliesTo {@code each_account}, for there are no plans of single users
     */
    record InForce(String name, String appliesTo, Limits limits, Used used, Instant resetsAt) {
        static InForce of(AccountUsage usage) {
            Instant next = usage.month()
                    .plusMonths(1)
                    .atDay(1)
                    .atStartOfDay(ZoneOffset.UTC)
                    .toInstant();
            return new InForce(usage.plan().word(), "each_account", Limits.of(usage), Used.of(usage), next);
        }
    }

    /** The rates are those of the calling key. */
    record Limits(
            @Nullable Integer concurrent,
            @Nullable Integer agentHours,
            @Nullable Long runMinutes,
            @Nullable Integer spawnsPerMinute,
            @Nullable Integer spawnsPerHour,
            double cpus,
            long memoryMb,
            @Nullable Integer memories) {
        static Limits of(AccountUsage usage) {
            Plan plan = usage.plan();
            return new Limits(
                    limit(plan.concurrent()),
                    limit(plan.agentHours()),
                    plan.limitsRuns() ? plan.longestRun().toMinutes() : null,
                    limit(usage.rate().perMinuteOr(plan.spawnsPerMinute())),
                    limit(usage.rate().perHourOr(plan.spawnsPerHour())),
                    plan.cpus(),
                    plan.memoryBytes() >> 20,
                    limit(plan.memories()));
        }

        private static @Nullable Integer limit(int count) {
            return count == Plan.NO_LIMIT ? null : count;
        }
    }

    /** At this moment; agent hours in the month. */
    record Used(int concurrent, double agentHours, int spawnsLastMinute, int spawnsLastHour, int memories) {
        static Used of(AccountUsage usage) {
            return new Used(
                    usage.now().concurrent(),
                    usage.hours(),
                    usage.now().minute().spawned(),
                    usage.now().hour().spawned(),
                    usage.memories());
        }
    }
}
