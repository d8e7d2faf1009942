package dev.drover.core.run;

import dev.drover.core.access.Caller;
import dev.drover.core.access.SpawnRate;
import dev.drover.core.id.UserId;
import dev.drover.core.usage.Plan;
import dev.drover.core.usage.Standing;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Counts what an account has used, from the tables {@code run}, {@code run_tally} and {@code agent_time}. */
public final class StandingStore {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);

    private final Jdbi jdbi;

    public StandingStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Makes spawns of one account wait for each other until the transaction ends, so that they count one another. */
    void lock(UserId account) {
        jdbi.useHandle(handle -> handle.createQuery("select 1 from app_user where id = :account for update")
                .bind("account", account.value())
                .mapTo(Integer.class)
                .one());
    }

    Standing standing(Caller caller, Plan plan, Instant now) {
        SpawnRate most = new SpawnRate(
                caller.rate().perMinuteOr(plan.spawnsPerMinute()), caller.rate().perHourOr(plan.spawnsPerHour()));
        return standing(caller.user().id(), caller.rateKey(), most, now);
    }

    /** @param most spawns that the key may make; its windows have room again when so many are left of them */
    private Standing standing(UserId account, String rateKey, SpawnRate most, Instant now) {
        ZonedDateTime month =
                now.atZone(ZoneOffset.UTC).truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1);
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select spawned.*, live.*,
                            (select created_at from run where rate_key = :key and created_at > :minute
                                order by created_at desc offset :perMinute - 1 limit 1) as minute_last,
                            (select created_at from run where rate_key = :key and created_at > :hour
                                order by created_at desc offset :perHour - 1 limit 1) as hour_last,
                            coalesce((select worked_ms from agent_time
                            where user_id = :account and month = cast(:month as date)), 0) as worked
                        from (
                            select count(*) filter (where created_at > :minute) as minute, count(*) as hour,
                                min(created_at) filter (where created_at > :minute) as minute_first,
                                min(created_at) as hour_first
                            from run where rate_key = :key and created_at > :hour) spawned
                        cross join (
                            select count(*) as live, coalesce(sum(1000 * extract(epoch from
                                :now - greatest(held_at, cast(:month as timestamptz))))
                                    filter (where held_at is not null), 0)::bigint as live_worked
                            from run where owner_id = :account and ended_at is null) live
                        """)
                .bind("account", account.value())
                .bind("key", rateKey)
                .bind("perMinute", most.perMinuteOr(Integer.MAX_VALUE))
                .bind("perHour", most.perHourOr(Integer.MAX_VALUE))
                .bind("now", now)
                .bind("minute", now.minus(MINUTE))
                .bind("hour", now.minus(HOUR))
                .bind("month", month.toOffsetDateTime())
                .map((row, context) -> new Standing(
                        window(row, "minute", MINUTE, now),
                        window(row, "hour", HOUR, now),
                        (row.getLong("worked") + row.getLong("live_worked")) / 3_600_000.0,
                        month.plusMonths(1).toInstant(),
                        row.getInt("live")))
                .one());
    }

    /** Hours that agents of the account worked in a month, those at work included. */
    double hours(UserId account, YearMonth month, Instant now) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select coalesce((select worked_ms from agent_time
                                where user_id = :account and month = cast(:start as date)), 0)
                            + coalesce((select sum(1000 * extract(epoch from greatest(interval '0',
                                least(:now, cast(:end as timestamptz))
                                    - greatest(held_at, cast(:start as timestamptz)))))
                                from run where owner_id = :account and ended_at is null and held_at is not null), 0)
                        """)
                        .bind("account", account.value())
                        .bind("now", now)
                        .bind("start", month.atDay(1).atStartOfDay().atOffset(ZoneOffset.UTC))
                        .bind("end", month.plusMonths(1).atDay(1).atStartOfDay().atOffset(ZoneOffset.UTC))
                        .mapTo(Double.class)
                        .one()
                / 3_600_000.0);
    }

    /** The account's runs that were spawned in a month. */
    AccountUsage.Tally tally(UserId account, YearMonth month) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select sum(spawned) as spawned, sum(completed) as completed, sum(failed) as failed,
                            sum(stopped) as stopped, sum(input_tokens) as input_tokens,
                            sum(output_tokens) as output_tokens
                        from (
                            select count(*) as spawned, count(*) filter (where status = 'completed') as completed,
                                count(*) filter (where status = 'error') as failed,
                                count(*) filter (where status = 'stopped') as stopped,
                                coalesce(sum(input_tokens), 0) as input_tokens,
                                coalesce(sum(output_tokens), 0) as output_tokens
                            from run where owner_id = :account and created_at >= :start and created_at < :end
                            union all
                            select spawned, completed, failed, stopped, input_tokens, output_tokens
                            from run_tally where user_id = :account and month = :month) counted
                        """)
                .bind("account", account.value())
                .bind("month", month.atDay(1))
                .bind("start", month.atDay(1).atStartOfDay().atOffset(ZoneOffset.UTC))
                .bind("end", month.plusMonths(1).atDay(1).atStartOfDay().atOffset(ZoneOffset.UTC))
                .map((row, context) -> new AccountUsage.Tally(
                        row.getInt("spawned"),
                        row.getInt("completed"),
                        row.getInt("failed"),
                        row.getInt("stopped"),
                        row.getLong("input_tokens"),
                        row.getLong("output_tokens")))
                .one());
    }

    private static Standing.Window window(ResultSet row, String name, Duration length, Instant now)
            throws SQLException {
        return new Standing.Window(
                row.getInt(name),
                leavesIn(row.getTimestamp(name + "_last"), length, now),
                leavesIn(row.getTimestamp(name + "_first"), length, now));
    }

    private static Duration leavesIn(@Nullable Timestamp spawn, Duration window, Instant now) {
        return spawn == null
                ? Duration.ZERO
                : Duration.between(now, spawn.toInstant().plus(window));
    }
}
