package dev.drover.core.agent;

import dev.drover.core.id.AgentId;
import dev.drover.core.id.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** The table {@code agent_share}. */
public final class ShareStore {
    private static final String SHARES = """
            select s.id, s.email, u.team, s.created_at, coalesce(u.email, u.name) as sharer
            from agent_share s join app_user u on u.id = s.shared_by where s.agent_id = :agent
            """;

    private final Jdbi jdbi;

    public ShareStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Empty when it is shared with the address already. */
    Optional<Share> insert(AgentId agent, String email, UserId by, Instant at) {
        int made = jdbi.withHandle(handle -> handle.execute("""
                insert into agent_share (agent_id, email, shared_by, created_at) values (?, ?, ?, ?)
                on conflict do nothing
                """, agent.value(), email, by.value(), at));
        return made == 0 ? Optional.empty() : find(agent, email);
    }

    private Optional<Share> find(AgentId agent, String email) {
        return jdbi.withHandle(handle -> handle.createQuery(SHARES + " and s.email = :email")
                .bind("agent", agent.value())
                .bind("email", email)
                .map((row, context) -> share(row))
                .findOne());
    }

    List<Share> list(AgentId agent) {
        return jdbi.withHandle(handle -> handle.createQuery(SHARES + " order by s.id desc")
                .bind("agent", agent.value())
                .map((row, context) -> share(row))
                .list());
    }

    boolean delete(AgentId agent, String email) {
        return jdbi.withHandle(handle -> handle.execute(
                        "delete from agent_share where agent_id = ? and email = ?", agent.value(), email))
                == 1;
    }

    private static Share share(ResultSet row) throws SQLException {
        return new Share(
                row.getLong("id"),
                row.getString("email"),
                row.getInt("team"),
                row.getString("sharer"),
                row.getTimestamp("created_at").toInstant());
    }
}
