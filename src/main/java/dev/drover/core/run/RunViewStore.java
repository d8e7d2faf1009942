package dev.drover.core.run;

import dev.drover.core.access.Caller;
import dev.drover.core.agent.Agent;
import dev.drover.core.agent.Origin;
import dev.drover.core.id.AgentId;
import dev.drover.core.id.RunId;
import dev.drover.core.id.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Reads runs as callers see them: the run, its agent (which the room above owns) and the short story, in one query. */
public final class RunViewStore {
    private static final String VIEW = """
            select a.owner_id, a.name, a.slug, a.origin, a.profile, a.parent_id,
                a.created_at as born_at, r.id, a.id as agent_id, r.task, r.region, r.status, r.computer, r.result,
                r.error, r.created_at, (select e.at from run_event e where e.run_id = r.id order by e.seq desc limit 1)
                    as updated_at, p.ats, p.tools, p.texts
            from agent a
            join run r on r.agent_id = a.id and r.ordinal = 1
            cross join lateral (
                select array_agg(at order by seq) as ats, array_agg(kind = 'tool_called' order by seq) as tools,
                    array_agg(label order by seq) as texts
                from (select seq, at, kind, label from run_event
                    where run_id = r.id and kind in ('noted', 'computer_opened', 'model_failed', 'tool_called')
                    order by seq desc limit 200) newest) p
            where a.owner_id = :owner and (cast(:self as uuid) is null or cast(:self as uuid) in (a.id, a.parent_id))
            """;

    private final Jdbi jdbi;

    public RunViewStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** An agent's own credentials see that agent and those it made; a user's see all of the user's. */
    Optional<RunView> find(Caller caller, AgentId agent) {
        return jdbi.withHandle(handle -> handle.createQuery(VIEW + " and a.id = :agent")
                .bind("owner", caller.user().id().value())
                .bind("self", self(caller))
                .bind("agent", agent.value())
                .map(RunViewStore::view)
                .findOne());
    }

    /** Whether the agent exists for the caller, and its run. */
    Optional<RunId> run(Caller caller, AgentId agent) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select r.id from agent a join run r on r.agent_id = a.id and r.ordinal = 1
                        where a.id = :agent and a.owner_id = :owner
                            and (cast(:self as uuid) is null or cast(:self as uuid) in (a.id, a.parent_id))
                        """)
                .bind("owner", caller.user().id().value())
                .bind("self", self(caller))
                .bind("agent", agent.value())
                .map((row, context) -> new RunId(row.getObject("id", UUID.class)))
                .findOne());
    }

    /** Newest first; identities ascend with time, so the identity alone gives order and place. */
    List<RunView> list(Caller caller, int limit, @Nullable AgentId after) {
        String below = after == null ? "" : " and a.id < :after";
        return jdbi.withHandle(handle -> {
            var query = handle.createQuery(
                            VIEW + " and a.origin = 'jettson'" + below + " order by a.id desc limit :limit")
                    .bind("owner", caller.user().id().value())
                    .bind("self", self(caller))
                    .bind("limit", limit);
            return (after == null ? query : query.bind("after", after.value()))
                    .map(RunViewStore::view)
                    .list();
        });
    }

    private static @Nullable UUID self(Caller caller) {
        AgentId agent = caller.agent();
        return agent == null ? null : agent.value();
    }

    private static RunView view(ResultSet row, StatementContext context) throws SQLException {
        AgentId id = new AgentId(row.getObject("agent_id", UUID.class));
        UUID parent = row.getObject("parent_id", UUID.class);
        Agent agent = new Agent(
                id,
                new UserId(row.getObject("owner_id", UUID.class)),
                row.getString("name"),
                row.getString("slug"),
                constant(Origin.class, row.getString("origin")),
                row.getString("profile"),
                parent == null ? null : new AgentId(parent),
                row.getTimestamp("born_at").toInstant());
        return new RunView(agent, run(row, row.getTimestamp("updated_at").toInstant()), progress(row));
    }

    static Run run(ResultSet row, Instant updatedAt) throws SQLException {
        String error = row.getString("error");
        return new Run(
                new RunId(row.getObject("id", UUID.class)),
                new AgentId(row.getObject("agent_id", UUID.class)),
                row.getString("task"),
                constant(RunStatus.class, row.getString("status")),
                constant(ComputerState.class, row.getString("computer")),
                row.getString("region"),
                row.getString("result"),
                error == null ? null : constant(FailureReason.class, error),
                row.getTimestamp("created_at").toInstant(),
                updatedAt);
    }

    private static List<Progress> progress(ResultSet row) throws SQLException {
        if (row.getArray("ats") == null) {
            return List.of();
        }
        var ats = (java.sql.Timestamp[]) row.getArray("ats").getArray();
        var tools = (Boolean[]) row.getArray("tools").getArray();
        var texts = (String[]) row.getArray("texts").getArray();
        List<Progress> lines = new ArrayList<>(ats.length);
        for (int i = 0; i < ats.length; i++) {
            Instant at = ats[i].toInstant();
            lines.add(new Progress(at, tools[i], texts[i]));
        }
        return lines;
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String word) {
        return Enum.valueOf(type, word.toUpperCase(Locale.ROOT));
    }
}
