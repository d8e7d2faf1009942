package dev.drover.core.overview;

import dev.drover.core.agent.Hold;
import dev.drover.core.agent.Origin;
import dev.drover.core.id.AgentId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Reads what else an agent may wait for than its runs, in tables of many rooms. */
public final class ReasonStore {
    private static final String FACTS = """
            select a.created_at, a.origin, a.slug, a.hold, a.halted, now() as today,
                b.squad_id, b.pause_reason, b.paused_at, q.name as squad, q.pause_reason as squad_reason,
                q.paused_at as squad_paused_at,
                t.id as issue_id, t.identifier as issue, t.status_changed_at as issue_at, t.blocker_id,
                t.blocker, p.id as approval_id, p.type as approval_type, p.created_at as approval_at,
                m.agent_id is not null and not m.wanted and not m.fresh as off, m.changed_at as off_at,
                m.agent_id is not null and not exists (select from node o
                    where o.host = m.host and o.seen_at + o.lease > now()) as elsewhere,
                s.id as schedule_id, s.name as schedule, s.next_at,
                case when a.hold is null and not a.halted
                        and cast(b.runtime_config as jsonb) #>> '{heartbeat,enabled}' = 'true'
                        and cast(b.runtime_config as jsonb) #>> '{heartbeat,intervalSec}' ~ '^[1-9][0-9]{0,8}$'
                    then greatest(coalesce(b.last_heartbeat_at, a.created_at), (select max(w.created_at) from wakeup w
                            where w.agent_id = a.id and w.source = 'timer'))
                        + cast(cast(b.runtime_config as jsonb) #>> '{heartbeat,intervalSec}' || ' seconds' as interval)
                    end as beat_at
            from agent a
            left join member b on b.agent_id = a.id
            left join squad q on q.id = b.squad_id
            left join machine m on m.agent_id = a.id and m.ready
            left join lateral (select id, type, created_at from approval
                where squad_id = b.squad_id and status in ('pending', 'revision_requested')
                    and (hire_id = a.id or requested_by_agent = a.id)
                order by hire_id = a.id desc nulls last, created_at limit 1) p on true
            left join lateral (select i.id, i.identifier, i.status_changed_at, i.status, x.id as blocker_id,
                    x.identifier as blocker
                from issue i left join lateral (select x.id, x.identifier
                    from issue_blocker k join issue x on x.id = k.blocker_id
                    where k.issue_id = i.id and x.status not in ('done', 'cancelled') order by x.id limit 1) x on true
                where i.assignee_id = a.id and i.status in ('todo', 'in_progress', 'blocked')
                order by x.id is null and i.status <> 'blocked' desc, i.priority, i.status_changed_at limit 1) t
                on t.blocker_id is not null or t.status = 'blocked'
            left join lateral (select id, name, next_at from schedule
                where agent_id = a.id and next_at is not null order by next_at limit 1) s on true
            where a.id = :agent
            """;

    private final Jdbi jdbi;

    public ReasonStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * What is known of an agent at rest.
     *
     * @param pause why and since when it is paused; null when nobody said
     * @param squad that it belongs to; null for none
     * @param question to operators that is about it or that it asked, and is open
     * @param offSince since when its computer is turned off; null when it is not, or it has none
     * @param isElsewhere whether no server lives that has its computer
     * @param task that it is to work on and cannot; null when there is none, or another that it can
     * @param due what the clock begins next; null for nothing
     */
    record Facts(
            Instant bornAt,
            Origin origin,
            String slug,
            Hold hold,
            boolean isHalted,
            Instant now,
            @Nullable Pause pause,
            @Nullable Team squad,
            @Nullable Question question,
            @Nullable Instant offSince,
            boolean isElsewhere,
            @Nullable Task task,
            @Nullable Due due) {}

    /** @param reason manual, budget or system */
    record Pause(@Nullable String reason, @Nullable Instant since) {}

    record Team(UUID id, String name, Pause pause) {}

    /** @param blocker that must be done before; null when somebody marked the issue itself as blocked */
    record Task(
            UUID id,
            String name,
            @Nullable UUID blocker,
            @Nullable String blockerName,
            Instant since) {}

    record Question(UUID id, String type, Instant since) {}

    /** @param schedule null for the agent's heartbeat */
    record Due(@Nullable UUID schedule, String name, Instant at) {}

    Facts facts(AgentId agent) {
        return jdbi.withHandle(handle -> handle.createQuery(FACTS)
                .bind("agent", agent.value())
                .map((row, context) -> facts(row))
                .one());
    }

    private static Facts facts(ResultSet row) throws SQLException {
        UUID squad = row.getObject("squad_id", UUID.class);
        UUID approval = row.getObject("approval_id", UUID.class);
        return new Facts(
                row.getTimestamp("created_at").toInstant(),
                Origin.valueOf(row.getString("origin").toUpperCase(Locale.ROOT)),
                row.getString("slug"),
                Hold.of(row.getString("hold")),
                row.getBoolean("halted"),
                row.getTimestamp("today").toInstant(),
                new Pause(row.getString("pause_reason"), instant(row, "paused_at")),
                squad == null
                        ? null
                        : new Team(
                                squad,
                                row.getString("squad"),
                                new Pause(row.getString("squad_reason"), instant(row, "squad_paused_at"))),
                approval == null
                        ? null
                        : new Question(
                                approval,
                                row.getString("approval_type"),
                                row.getTimestamp("approval_at").toInstant()),
                row.getBoolean("off") ? instant(row, "off_at") : null,
                row.getBoolean("elsewhere"),
                task(row),
                due(row));
    }

    private static @Nullable Task task(ResultSet row) throws SQLException {
        UUID issue = row.getObject("issue_id", UUID.class);
        return issue == null
                ? null
                : new Task(
                        issue,
                        row.getString("issue"),
                        row.getObject("blocker_id", UUID.class),
                        row.getString("blocker"),
                        row.getTimestamp("issue_at").toInstant());
    }

    /** Whichever is sooner. */
    private static @Nullable Due due(ResultSet row) throws SQLException {
        Instant schedule = instant(row, "next_at");
        Instant beat = instant(row, "beat_at");
        if (beat != null && (schedule == null || beat.isBefore(schedule))) {
            return new Due(null, "its heartbeat", beat);
        }
        return schedule == null
                ? null
                : new Due(
                        row.getObject("schedule_id", UUID.class),
                        "its schedule '" + row.getString("schedule") + "'",
                        schedule);
    }

    private static @Nullable Instant instant(ResultSet row, String name) throws SQLException {
        Timestamp at = row.getTimestamp(name);
        return at == null ? null : at.toInstant();
    }
}
