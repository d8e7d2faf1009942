package dev.drover.core.overview;

import dev.drover.core.agent.Origin;
import dev.drover.core.id.AgentId;
import dev.drover.core.id.ApprovalId;
import dev.drover.core.id.RunId;
import dev.drover.core.id.SquadId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.RowMapper;

/** Reads how agents stand, what is in flight and what is asked, from tables of many rooms. */
public final class OverviewStore {
    /** The newest are chosen before any step is read. */
    private static final String RUNS = """
            select r.*, step.kind, step.label, step.at from (
                select r.id, r.agent_id, s.name, s.slug, s.origin, b.squad_id, left(r.task, 200) as task, r.status,
                    r.created_at as since, r.input_tokens + r.output_tokens as tokens, count(*) over () as total
                from run r join seen s on s.id = r.agent_id left join member b on b.agent_id = s.id
                where r.ended_at is null order by r.id desc limit :limit) r
            left join lateral (select kind, label, at from run_event
                where run_id = r.id and step is not null order by step desc limit 1) step on true
            order by r.id desc
            """;

    private static final String HEARTBEATS = """
            select r.*, step.message as label, step.created_at as at, (
                select coalesce(sum(input_tokens + output_tokens), 0) from cost_event where run_id = r.id) as tokens
            from (
                select r.id, r.agent_id, s.name, s.slug, s.origin, r.squad_id, left(coalesce(i.identifier || ' '
                    || i.title, r.reason, r.source), 200) as task, r.status, r.created_at as since,
                    count(*) over () as total
                from heartbeat_run r join seen s on s.id = r.agent_id left join issue i on i.id = r.issue_id
                where r.status in ('queued', 'running') order by r.id desc limit :limit) r
            left join lateral (select message, created_at from heartbeat_event
                where run_id = r.id order by seq desc limit 1) step on true
            order by r.id desc
            """;

    private static final String QUESTIONS = """
            select p.id, p.squad_id, q.name as squad, p.type, h.name as hire, p.created_at, count(*) over () as total
            from approval p join squad q on q.id = p.squad_id left join agent h on h.id = p.hire_id
            where p.status = 'pending' and q.deleted_at is null order by p.created_at, p.id limit :limit
            """;

    private final Jdbi jdbi;

    public OverviewStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    List<Overview.Count> states(Sight sight) {
        String sql = AgentStates.with(sight) + "select origin, state, count(*) as agents from (select s.origin, "
                + AgentStates.STATE + " as state " + AgentStates.FROM + ") stand group by origin, state";
        return jdbi.withHandle(handle -> handle.createQuery(sql)
                .bindMap(sight.values())
                .map((row, context) ->
                        new Overview.Count(origin(row), AgentState.of(row.getString("state")), row.getInt("agents")))
                .list());
    }

    /** Runs of our own loop, newest first. */
    Overview.Cut<Overview.InFlight> runs(Sight sight, int limit) {
        return jdbi.withHandle(handle -> cut(handle.createQuery(AgentStates.with(sight) + RUNS)
                .bindMap(sight.values())
                .bind("limit", limit)
                .map(counted((row, context) -> inFlight(row, false)))
                .list()));
    }

    /** Runs of heartbeats, newest first. */
    Overview.Cut<Overview.InFlight> heartbeats(Sight sight, int limit) {
        return jdbi.withHandle(handle -> cut(handle.createQuery(AgentStates.with(sight) + HEARTBEATS)
                .bindMap(sight.values())
                .bind("limit", limit)
                .map(counted((row, context) -> inFlight(row, true)))
                .list()));
    }

    /** What operators are asked, oldest first. */
    Overview.Cut<Overview.Question> questions(int limit) {
        return jdbi.withHandle(handle -> cut(handle.createQuery(QUESTIONS)
                .bind("limit", limit)
                .map(counted((row, context) -> new Overview.Question(
                        new ApprovalId(row.getObject("id", UUID.class)),
                        new SquadId(row.getObject("squad_id", UUID.class)),
                        row.getString("squad"),
                        row.getString("type"),
                        row.getString("hire"),
                        row.getTimestamp("created_at").toInstant())))
                .list()));
    }

    private record Counted<T>(T item, int total) {}

    private static <T> RowMapper<Counted<T>> counted(RowMapper<T> mapper) {
        return (row, context) -> new Counted<>(mapper.map(row, context), row.getInt("total"));
    }

    private static <T> Overview.Cut<T> cut(List<Counted<T>> found) {
        int total = found.isEmpty() ? 0 : found.getFirst().total();
        return new Overview.Cut<>(found.stream().map(Counted::item).toList(), total);
    }

    private static Overview.InFlight inFlight(ResultSet row, boolean heartbeat) throws SQLException {
        boolean running = row.getString("status").equals("running");
        UUID squad = row.getObject("squad_id", UUID.class);
        String label = row.getString("label");
        Instant since = row.getTimestamp("since").toInstant();
        Timestamp at = row.getTimestamp("at");
        return new Overview.InFlight(
                new RunId(row.getObject("id", UUID.class)),
                heartbeat,
                new AgentId(row.getObject("agent_id", UUID.class)),
                row.getString("name"),
                row.getString("slug"),
                origin(row),
                squad == null ? null : new SquadId(squad),
                Doing.cut(row.getString("task")),
                running,
                since,
                heartbeat ? Doing.ofHeartbeat(label, running) : Doing.of(row.getString("kind"), label, running),
                at == null ? since : at.toInstant(),
                row.getLong("tokens"));
    }

    private static Origin origin(ResultSet row) throws SQLException {
        return Origin.valueOf(row.getString("origin").toUpperCase(Locale.ROOT));
    }
}
