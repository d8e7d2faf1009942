package dev.drover.core.run;

import dev.drover.core.Json;
import dev.drover.core.id.AgentId;
import dev.drover.core.id.RunId;
import dev.drover.core.usage.Plan;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Tells who holds runs, from the tables {@code run} and {@code node}: of one, or of all that are not over. */
public final class WhyStore {
    private static final Duration WORTH_NAMING = Duration.ofDays(30);

    /** A computer that is slow to come costs a run nothing, and what runs in it has time to clean up. */
    private static final Duration MERCY = Duration.ofMinutes(10);

    private static final String HELD = """
            select r.id, r.agent_id, r.status, r.node_id, r.held_at, r.worked_ms, r.options,
                r.brief is not null as briefed,
                n.seen_at + n.lease as lease_until, coalesce(n.seen_at + n.lease > now(), false) as living,
                now() as today, cast(r.brief as json) ->> 'runtime' as runtime,
                coalesce(cast(r.brief as json) ->> 'profile', a.profile) as asked,
                (select b.id from run b where b.lane = r.lane and b.ordinal < r.ordinal and b.ended_at is null
                    order by b.ordinal desc limit 1) as before
            from run r join agent a on a.id = r.agent_id left join node n on n.id = r.node_id
            """;

    private final Jdbi jdbi;
    private final OptionsCodec codec;

    public WhyStore(Jdbi jdbi, OptionsCodec codec) {
        this.jdbi = jdbi;
        this.codec = codec;
    }

    /** @param plan says what any run may last */
    RunHold hold(RunId run, Plan plan) {
        return jdbi.withHandle(handle -> handle.createQuery(HELD + " where r.id = :run")
                .bind("run", run.value())
                .map((row, context) -> hold(row, plan))
                .one());
    }

    /** The run that an agent stands for, or its newest; empty when it has none. */
    Optional<RunId> shown(AgentId agent) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select r.id from agent a join run r on r.agent_id = a.id
                        where a.id = :agent and r.ordinal = %s
                        """.formatted(RunViewStore.SHOWN.formatted("a")))
                .bind("agent", agent.value())
                .map((row, context) -> new RunId(row.getObject("id", UUID.class)))
                .findOne());
    }

    /** What all runs stand on that are not over. */
    List<Footing> footings(Plan plan) {
        return jdbi.withHandle(handle -> handle.createQuery(HELD + " where r.ended_at is null")
                .map((row, context) -> hold(row, plan)
                        .footing(
                                new AgentId(row.getObject("agent_id", UUID.class)),
                                new RunId(row.getObject("id", UUID.class)),
                                RunStatus.valueOf(row.getString("status").toUpperCase(Locale.ROOT))))
                .list());
    }

    private RunHold hold(ResultSet row, Plan plan) throws SQLException {
        Timestamp lease = row.getTimestamp("lease_until");
        UUID before = row.getObject("before", UUID.class);
        Instant deadline = deadline(row, plan);
        Instant now = row.getTimestamp("today").toInstant();
        return new RunHold(
                row.getObject("node_id", UUID.class),
                lease == null ? null : lease.toInstant(),
                row.getBoolean("living"),
                row.getString("asked"),
                row.getString("runtime"),
                row.getBoolean("briefed"),
                before == null ? null : new RunId(before),
                deadline,
                deadline != null && deadline.plus(MERCY).isBefore(now));
    }

    private @Nullable Instant deadline(ResultSet row, Plan plan) throws SQLException {
        Timestamp held = row.getTimestamp("held_at");
        String options = row.getString("options");
        RunOptions said = options == null ? RunOptions.NONE : codec.read(new Json(options));
        Duration most = said.longest(plan);
        return held == null || most.compareTo(WORTH_NAMING) > 0
                ? null
                : held.toInstant().plus(most).minusMillis(row.getLong("worked_ms"));
    }
}
