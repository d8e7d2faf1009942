package dev.drover.core.execution;

import dev.drover.core.id.AgentId;
import dev.drover.core.id.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** The table {@code chat_session}; what was said is in the runs of its lane. */
public final class ChatSessionStore {
    private static final String SHOWN = """
            select s.*, u.name, u.email, count(r.id) as turns, max(r.ended_at) as last_at,
                (select coalesce(sum(dollars), 0) from run where lane = s.id) as dollars
            from chat_session s join app_user u on u.id = s.started_by
            left join run r on r.lane = s.id and r.status = 'completed'
            where s.agent_id = :agent %s group by s.id, u.id order by s.id desc
            """;

    private final Jdbi jdbi;

    public ChatSessionStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** The session that is going on. */
    Optional<UUID> current(AgentId agent) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select id from chat_session where agent_id = :agent and closed_at is null")
                .bind("agent", agent.value())
                .mapTo(UUID.class)
                .findOne());
    }

    /** The newest first. */
    List<ChatSession> list(AgentId agent) {
        return jdbi.withHandle(handle -> handle.createQuery(SHOWN.formatted(""))
                .bind("agent", agent.value())
                .map((row, context) -> session(row))
                .list());
    }

    Optional<ChatSession> find(AgentId agent, UUID id) {
        return jdbi.withHandle(handle -> handle.createQuery(SHOWN.formatted("and s.id = :id"))
                .bind("agent", agent.value())
                .bind("id", id)
                .map((row, context) -> session(row))
                .findOne());
    }

    /** False when another one is going on. */
    boolean insert(UUID id, AgentId agent, UserId user, Instant at) {
        return jdbi.withHandle(handle -> handle.execute(
                        "insert into chat_session (id, agent_id, started_by, created_at) values (?, ?, ?, ?)"
                                + " on conflict (agent_id) where closed_at is null do nothing",
                        id,
                        agent.value(),
                        user.value(),
                        at))
                == 1;
    }

    /** False when it is closed, or there is none. */
    boolean close(AgentId agent, UUID id, Instant at) {
        return jdbi.withHandle(handle -> handle.execute(
                        "update chat_session set closed_at = ? where agent_id = ? and id = ? and closed_at is null",
                        at,
                        agent.value(),
                        id))
                == 1;
    }

    private static ChatSession session(ResultSet row) throws SQLException {
        Instant created = row.getTimestamp("created_at").toInstant();
        Timestamp closed = row.getTimestamp("closed_at");
        Timestamp last = row.getTimestamp("last_at");
        return new ChatSession(
                row.getObject("id", UUID.class),
                new AgentId(row.getObject("agent_id", UUID.class)),
                row.getString("name"),
                row.getString("email"),
                created,
                closed == null ? null : closed.toInstant(),
                row.getInt("turns"),
                row.getDouble("dollars"),
                last == null ? created : last.toInstant());
    }
}
