package dev.drover.api.jettson;

import dev.drover.api.http.Answer;
import dev.drover.api.http.Call;
import dev.drover.api.http.Operation;
import dev.drover.api.http.Rejected;
import dev.drover.api.http.Rejection;
import dev.drover.core.run.AccountUsage;
import dev.drover.core.run.AccountUsages;
import dev.drover.core.usage.Plan;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** What the caller's account has used (contract, section 13.4). */
public final class JettsonAccount {
    private final AccountUsages usages;

    public JettsonAccount(AccountUsages usages) {
        this.usages = usages;
    }

    public Operation usage() {
        return Operation.of("Tell what the account has used of its plan", this::usage)
                .query("period", String.class, "A month as YYYY-MM, UTC; this one when left out")
                .answers(200, Report.class)
                .refuses(400);
    }

    private Answer usage(Call call) {
        return Answer.ok(Report.of(usages.usage(call.caller(), month(call.query("period")))));
    }

    private static @Nullable YearMonth month(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            if (text.matches("[0-9]{4}-[0-9]{2}")) {
                return YearMonth.parse(text);
            }
        } catch (DateTimeException e) {
            // Said below, in our words.
        }
        throw new Rejected(new Rejection.QueryMisfit("period", "must be a month as 2026-11"));
    }

    /** The answer; a limit of null is none, and what nobody has put a price on costs null. */
    record Report(
            String plan,
            Period period,
            Hours agentHours,
            Concurrent concurrent,
            Concurrent memories,
            Spawns spawns,
            Agents agents,
            long inputTokens,
            long outputTokens,
            @Nullable Double costUsd) {
        static Report of(AccountUsage usage) {
            Plan plan = usage.plan();
            AccountUsage.Tally tally = usage.tally();
            return new Report(
                    plan.word(),
                    Period.of(usage.month()),
                    new Hours(usage.hours(), limit(plan.agentHours())),
                    new Concurrent(usage.now().concurrent(), limit(plan.concurrent())),
                    new Concurrent(usage.memories(), limit(plan.memories())),
                    Spawns.of(usage),
                    new Agents(tally.spawned(), tally.completed(), tally.failed(), tally.stopped()),
                    tally.inputTokens(),
                    tally.outputTokens(),
                    null);
        }

        private static @Nullable Integer limit(int count) {
            return count == Plan.NO_LIMIT ? null : count;
        }
    }

    record Period(Instant start, Instant end) {
        static Period of(YearMonth month) {
            return new Period(start(month), start(month.plusMonths(1)));
        }

        private static Instant start(YearMonth month) {
            return month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        }
    }

    record Hours(double used, @Nullable Integer limit) {}

    record Concurrent(int current, @Nullable Integer limit) {}

    record Spawned(int used, @Nullable Integer limit) {}

    /** Those of the calling key. */
    record Spawns(Spawned minute, Spawned hour) {
        static Spawns of(AccountUsage usage) {
            Plan plan = usage.plan();
            return new Spawns(
                    new Spawned(
                            usage.now().minute().spawned(),
                            Report.limit(usage.rate().perMinuteOr(plan.spawnsPerMinute()))),
                    new Spawned(
                            usage.now().hour().spawned(),
                            Report.limit(usage.rate().perHourOr(plan.spawnsPerHour()))));
        }
    }

    record Agents(int spawned, int completed, int error, int stopped) {}
}
