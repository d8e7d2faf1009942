package dev.drover.core.overview;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;

/** Adds up what was used, from the tables {@code run}, {@code heartbeat_run} and {@code cost_event}. */
public final class FigureStore {
    /** What somebody counted in money call by call is not reckoned again from its tokens. */
    private static final String RUNS = """
            select (r.created_at at time zone 'UTC')::date as day, a.profile, count(*) as runs,
                count(*) filter (where r.status = 'error') as failed,
                sum(r.input_tokens + r.output_tokens) as tokens,
                coalesce(sum(r.dollars) filter (where c.run_id is null), 0) as dollars,
                coalesce(sum(r.input_tokens) filter (where c.run_id is null and r.dollars = 0), 0) as input_tokens,
                coalesce(sum(r.output_tokens) filter (where c.run_id is null and r.dollars = 0), 0) as output_tokens
            from run r join agent a on a.id = r.agent_id
            left join (select distinct run_id from cost_event where run_id is not null and created_at >= :since) c
                on c.run_id = r.id
            where r.created_at >= :since and {own} group by 1, 2
            """;

    /** Tokens of runs of our own loop are told by these. */
    private static final String COSTS = """
            select (c.created_at at time zone 'UTC')::date as day, sum(c.cost_micros) / 1e6 as dollars,
                coalesce(sum(c.input_tokens + c.output_tokens) filter (where r.id is null), 0) as tokens
            from cost_event c join agent a on a.id = c.agent_id left join run r on r.id = c.run_id
            where c.created_at >= :since and {own} group by 1
            """;

    private static final String HEARTBEATS = """
            select (r.created_at at time zone 'UTC')::date as day, count(*) as runs,
                count(*) filter (where r.status in ('failed', 'timed_out')) as failed
            from heartbeat_run r join agent a on a.id = r.agent_id
            where r.created_at >= :since and {own} group by 1
            """;

    /** Time at work, as plans count it, cut at the midnights within; most of it has none. */
    private static final String HOURS = """
            with work as (
                select coalesce(r.ended_at, cast(:now as timestamptz)) at time zone 'UTC' as ended,
                    (coalesce(r.ended_at, cast(:now as timestamptz)) - r.worked_ms * interval '1 millisecond'
                        - case when r.ended_at is null then cast(:now as timestamptz) - r.held_at
                            else interval '0' end) at time zone 'UTC' as began
                from run r join agent a on a.id = r.agent_id
                where {own} and (r.ended_at >= :since or (r.ended_at is null and r.held_at is not null))
                union all
                select coalesce(r.finished_at, cast(:now as timestamptz)) at time zone 'UTC',
                    r.started_at at time zone 'UTC'
                from heartbeat_run r join agent a on a.id = r.agent_id
                where {own} and r.started_at is not null and (r.finished_at >= :since or r.status = 'running'))
            select day, sum(hours) as hours from (
                select began::date as day, sum(date_part('epoch', ended - began)) / 3600 as hours
                from work where began::date = ended::date group by 1
                union all
                select day::date, sum(date_part('epoch',
                    least(ended, day + interval '1 day') - greatest(began, day))) / 3600
                from work cross join lateral generate_series(
                    greatest(date_trunc('day', began), cast(:first as timestamp)), ended, interval '1 day') as day
                where began::date <> ended::date group by 1) days
            group by day
            """;

    private final Jdbi jdbi;

    public FigureStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * Runs of one day that thought with the same profile.
     *
     * @param dollars that programs told of
     * @param input tokens of those of which nobody knows what they cost
     * @param output the same
     */
    record Runs(
            LocalDate day,
            String profile,
            int runs,
            int failed,
            long tokens,
            double dollars,
            long input,
            long output) {}

    /** What was counted on one day. */
    record Costs(LocalDate day, double dollars, long tokens) {}

    /** Heartbeat runs that began on one day. */
    record Beats(LocalDate day, int runs, int failed) {}

    List<Runs> runs(Sight sight, LocalDate since) {
        return jdbi.withHandle(handle -> handle.createQuery(own(RUNS, sight))
                .bindMap(sight.ownValues())
                .bind("since", start(since))
                .map((row, context) -> new Runs(
                        row.getObject("day", LocalDate.class),
                        row.getString("profile"),
                        row.getInt("runs"),
                        row.getInt("failed"),
                        row.getLong("tokens"),
                        row.getDouble("dollars"),
                        row.getLong("input_tokens"),
                        row.getLong("output_tokens")))
                .list());
    }

    List<Costs> costs(Sight sight, LocalDate since) {
        return jdbi.withHandle(handle -> handle.createQuery(own(COSTS, sight))
                .bindMap(sight.ownValues())
                .bind("since", start(since))
                .map((row, context) -> new Costs(
                        row.getObject("day", LocalDate.class), row.getDouble("dollars"), row.getLong("tokens")))
                .list());
    }

    List<Beats> heartbeats(Sight sight, LocalDate since) {
        return jdbi.withHandle(handle -> handle.createQuery(own(HEARTBEATS, sight))
                .bindMap(sight.ownValues())
                .bind("since", start(since))
                .map((row, context) ->
                        new Beats(row.getObject("day", LocalDate.class), row.getInt("runs"), row.getInt("failed")))
                .list());
    }

    /** Hours of work by day. */
    Map<LocalDate, Double> hours(Sight sight, LocalDate since, Instant now) {
        return jdbi.withHandle(handle -> handle
                .createQuery(own(HOURS, sight))
                .bindMap(sight.ownValues())
                .bind("since", start(since))
                .bind("first", since.atStartOfDay())
                .bind("now", now)
                .map((row, context) -> Map.entry(row.getObject("day", LocalDate.class), row.getDouble("hours")))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    private static String own(String sql, Sight sight) {
        return sql.replace("{own}", sight.own());
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay().toInstant(ZoneOffset.UTC);
    }
}
