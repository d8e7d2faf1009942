package dev.drover.core.execution;

import dev.drover.core.Json;
import dev.drover.core.access.Caller;
import dev.drover.core.access.Role;
import dev.drover.core.id.AgentId;
import dev.drover.core.machine.MachineSettings;
import dev.drover.core.run.Entry;
import dev.drover.core.run.EventCodec;
import dev.drover.core.run.EventKind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Reads what agents do, all that a caller may use in one query; no computer is asked. */
public final class GlanceStore {
    /** Administrators see all; an agent that calls sees itself and those it may call. */
    private static final String SEEN = """
            with seen as (
                select a.id, a.slug, coalesce(m.state, 'stopped') as state, coalesce(m.autonomy, false) as autonomy,
                    coalesce(m.parallel_tasks, :usual) as parallel_tasks
                from agent a left join machine m on m.agent_id = a.id and m.ready
                where a.deleted_at is null and (m.agent_id is not null or a.origin <> 'jettson') and case
                    when cast(:self as uuid) is not null then a.id = cast(:self as uuid) or exists (
                        select from agent_permission p where p.source_id = cast(:self as uuid) and p.target_id = a.id)
                    else :all or a.owner_id = :user or exists (
                        select from agent_share s where s.agent_id = a.id and s.email = :email) end)
            """;

    private static final String CONTEXTS = """
            select seen.slug, seen.state, reply.payload, turn.context_tokens, live.at as stirred_at,
                greatest(newest.created_at, newest.ended_at, live.at) as last_at
            from seen
            left join chat_session s on s.agent_id = seen.id and s.closed_at is null
            left join lateral (select r.id, x.context_tokens from run r join execution x on x.id = r.id
                where r.lane = s.id and r.iterations > 0 order by r.ordinal desc limit 1) turn on true
            left join lateral (select payload from run_event where run_id = turn.id and kind = 'model_replied'
                order by seq desc limit 1) reply on true
            left join lateral (select x.created_at, r.ended_at from execution x join run r on r.id = x.id
                where x.agent_id = seen.id order by x.id desc limit 1) newest on true
            left join lateral (select max(step.at) as at from run r join execution x on x.id = r.id
                cross join lateral (select at from run_event where run_id = r.id order by seq desc limit 1) step
                where r.agent_id = seen.id and r.ended_at is null) live on true
            order by seen.slug
            """;

    private static final String POSTS = """
            select seen.*, (select count(*) from run r join execution x on x.id = r.id
                where r.agent_id = seen.id and r.ended_at is null and x.session_id is null) as active
            from seen order by seen.slug
            """;

    private static final String TALLIES = """
            select seen.slug, count(r.id) as tasks, count(*) filter (where r.status = 'completed') as successes,
                count(*) filter (where r.status = 'error') as failures,
                count(r.id) filter (where r.ended_at is null) as running, max(x.created_at) as last_at,
                coalesce(sum(r.dollars), 0) as dollars
            from seen left join (execution x join run r on r.id = x.id)
                on x.agent_id = seen.id and x.created_at >= :since
            group by seen.slug order by seen.slug
            """;

    private final Jdbi jdbi;
    private final EventCodec codec;

    public GlanceStore(Jdbi jdbi, EventCodec codec) {
        this.jdbi = jdbi;
        this.codec = codec;
    }

    public List<Glance.Context> contexts(Caller caller) {
        return jdbi.withHandle(handle -> bound(handle.createQuery(SEEN + CONTEXTS), caller)
                .map((row, context) -> new Glance.Context(
                        row.getString("slug"),
                        row.getString("state"),
                        used(row.getString("payload")),
                        row.getObject("context_tokens", Integer.class),
                        instant(row, "stirred_at"),
                        instant(row, "last_at")))
                .list());
    }

    public List<Glance.Post> posts(Caller caller) {
        return jdbi.withHandle(handle -> bound(handle.createQuery(SEEN + POSTS), caller)
                .map((row, context) -> new Glance.Post(
                        row.getString("slug"),
                        row.getBoolean("autonomy"),
                        row.getInt("parallel_tasks"),
                        row.getInt("active")))
                .list());
    }

    public List<Glance.Tally> tallies(Caller caller, Instant since) {
        return jdbi.withHandle(handle -> bound(handle.createQuery(SEEN + TALLIES), caller)
                .bind("since", since)
                .map((row, context) -> new Glance.Tally(
                        row.getString("slug"),
                        row.getInt("tasks"),
                        row.getInt("successes"),
                        row.getInt("failures"),
                        row.getInt("running"),
                        row.getDouble("dollars"),
                        instant(row, "last_at")))
                .list());
    }

    private static Query bound(Query query, Caller caller) {
        AgentId self = caller.agent();
        return query.bind("self", self == null ? null : self.value())
                .bind("all", caller.user().role() != Role.USER)
                .bind("user", caller.user().id().value())
                .bind("email", caller.user().email())
                .bind("usual", MachineSettings.USUAL.parallelTasks());
    }

    private long used(@Nullable String payload) {
        return payload != null
                        && codec.read(EventKind.MODEL_REPLIED, new Json(payload)) instanceof Entry.ModelReplied replied
                ? ExecutionStore.used(replied.reply())
                : 0;
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp time = row.getTimestamp(column);
        return time == null ? null : time.toInstant();
    }
}
