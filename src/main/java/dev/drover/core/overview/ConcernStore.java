package dev.drover.core.overview;

import dev.drover.core.agent.Origin;
import dev.drover.core.id.AgentId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Finds what needs a person, in tables of many rooms. */
public final class ConcernStore {
    /** A server that was silent for so long is gone; others would have taken its runs up long before. */
    private static final Duration SILENT = Duration.ofSeconds(30);

    private static final String SEEN = """
            with seen as (select a.id, a.name, a.slug, a.origin, a.hold from agent a
                where a.deleted_at is null and a.slug <> 'trinity-system' and {sight})
            """;

    /** Each tells kind, agent_id, squad_id, subject, detail and at; the newest of each kind are enough. */
    private static final List<String> OF_AGENTS = List.of("""
            select 'budget' as kind, s.id as agent_id, null::uuid as squad_id, null::uuid as subject,
                'The budget of the agent is spent' as detail, i.created_at as at
            from budget_incident i join seen s on s.id = i.scope
            where i.kind = 'hard' and i.resolved_at is null and i.month = :month
            """, """
            select 'agent_failed', s.id, b.squad_id, null::uuid, b.error_reason, b.updated_at
            from member b join seen s on s.id = b.agent_id where b.work = 'error' and s.hold is null
            """, """
            select 'computer_died', s.id, null::uuid, null::uuid, null, m.changed_at
            from machine m join seen s on s.id = m.agent_id where m.state = 'exited' and m.ready
            """, """
            select 'run_lost', s.id, null::uuid, r.id, null, coalesce(n.seen_at, r.created_at)
            from run r join seen s on s.id = r.agent_id left join node n on n.id = r.node_id
            where r.ended_at is null and coalesce(n.seen_at + 2 * n.lease, r.created_at) < :silent
            """, """
            select 'run_in_doubt', s.id, null::uuid, r.id,
                (select payload::jsonb ->> 'tool' from run_event e
                    where e.run_id = r.id and e.kind = 'tool_returned' and payload like '%"inDoubt":true%' limit 1),
                r.ended_at
            from run r join seen s on s.id = r.agent_id
            where r.ended_at > :day and r.fence > 1 and exists (select from run_event e
                where e.run_id = r.id and e.kind = 'tool_returned' and payload like '%"inDoubt":true%')
            """, """
            select 'run_failed', s.id, null::uuid, r.id, r.error, r.ended_at
            from run r join seen s on s.id = r.agent_id where r.ended_at > :day and r.status = 'error'
            """, """
            select 'heartbeat_failed', s.id, r.squad_id, r.id, coalesce(r.error, r.error_code, r.status), r.finished_at
            from heartbeat_run r join seen s on s.id = r.agent_id
            where r.finished_at > :day and r.status in ('failed', 'timed_out')
            """);

    /** What only those see who see all. */
    private static final List<String> OF_SERVER = List.of("""
            select 'approval', p.hire_id, p.squad_id, p.id, p.type, p.created_at
            from approval p join squad q on q.id = p.squad_id where p.status = 'pending' and q.deleted_at is null
            """, """
            select 'budget', null::uuid, q.id, q.id, 'The budget of the squad is spent', i.created_at
            from budget_incident i join squad q on q.id = i.scope and q.deleted_at is null
            where i.kind = 'hard' and i.resolved_at is null and i.month = :month
            """, """
            select 'setup', null::uuid, null::uuid, null::uuid, null, u.created_at from app_user u
            where u.role = 'admin' and not exists (
                select from app_user known where known.role = 'admin' and known.password_hash is not null)
            """);

    private static final String HOOKS = """
            select 'webhook_disabled', null::uuid, null::uuid, h.id, h.disabled_reason, h.updated_at
            from webhook h where not h.enabled and h.disabled_reason is not null and h.run_id is null and {owner}
            """;

    private final Jdbi jdbi;

    public ConcernStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * What was found.
     *
     * @param part of the query that found it
     * @param total that this part found
     */
    record Found(Concern concern, int part, int total) {}

    /** The newest of each kind. */
    List<Found> find(Sight sight, Instant now, Instant month, int most) {
        String hooks = HOOKS.replace("{owner}", sight.user() == null ? "true" : "h.owner_id = :user");
        Stream<String> server = sight.isAll() ? OF_SERVER.stream() : Stream.empty();
        Stream<String> owned = sight.self() == null ? Stream.of(hooks) : Stream.empty();
        List<String> parts = Stream.of(OF_AGENTS.stream(), server, owned)
                .flatMap(some -> some)
                .toList();
        String all = IntStream.range(0, parts.size())
                .mapToObj(part -> "(select found.*, " + part + " as part, count(*) over () as total from ("
                        + parts.get(part)
                        + ") found (kind, agent_id, squad_id, subject, detail, at) order by at desc limit :most)")
                .collect(Collectors.joining(" union all "));
        String sql = SEEN.replace("{sight}", sight.agents()) + "select found.*, a.name, a.slug, a.origin from (" + all
                + ") found left join agent a on a.id = found.agent_id";
        return jdbi.withHandle(handle -> handle.createQuery(sql)
                .bindMap(sight.values())
                .bind("day", now.minus(Duration.ofDays(1)))
                .bind("silent", now.minus(SILENT))
                .bind("month", month.atOffset(ZoneOffset.UTC).toLocalDate())
                .bind("most", most)
                .map((row, context) -> new Found(concern(row), row.getInt("part"), row.getInt("total")))
                .list());
    }

    private static Concern concern(ResultSet row) throws SQLException {
        Concern.Kind kind = Concern.Kind.of(row.getString("kind"));
        UUID agent = row.getObject("agent_id", UUID.class);
        Concern.Whom whom = agent == null || row.getString("name") == null
                ? null
                : new Concern.Whom(
                        new AgentId(agent),
                        row.getString("name"),
                        row.getString("slug"),
                        Origin.valueOf(row.getString("origin").toUpperCase(Locale.ROOT)));
        return new Concern(
                kind,
                text(kind, row.getString("detail")),
                row.getTimestamp("at").toInstant(),
                whom,
                row.getObject("squad_id", UUID.class),
                row.getObject("subject", UUID.class));
    }

    private static String text(Concern.Kind kind, @Nullable String detail) {
        String why = detail == null || detail.isBlank() ? "" : ": " + Doing.cut(detail);
        return switch (kind) {
            case SETUP -> "No administrator has a password yet, so nobody can log in";
            case APPROVAL -> "An approval waits for an answer" + why.replace('_', ' ');
            case BUDGET -> detail == null ? "A budget is spent" : detail;
            case AGENT_FAILED -> "The agent is in error" + why;
            case COMPUTER_DIED -> "The computer of the agent ended by itself";
            case RUN_LOST -> "The server that worked on a run is gone, and no other has taken it up";
            case RUN_IN_DOUBT -> "A server was lost while a tool was at work, and nobody knows what it did" + why;
            case WEBHOOK_DISABLED -> "A webhook was turned off" + why;
            case NO_MODEL -> "No model is connected";
            case RUN_FAILED -> "A run failed" + why.replace('_', ' ');
            case HEARTBEAT_FAILED -> "A heartbeat run failed" + why;
        };
    }
}
