package dev.drover.core.terminal;

import dev.drover.core.id.AccessId;
import dev.drover.core.id.AgentId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** The table {@code ssh_access}; what has expired counts as gone. */
public final class SshAccessStore {
    private final Jdbi jdbi;

    public SshAccessStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    void insert(SshAccess access) {
        jdbi.useHandle(handle -> handle.execute(
                """
                insert into ssh_access
                    (id, agent_id, public_key, password, comment, created_by, created_at, expires_at)
                values (?, ?, ?, ?, ?, ?, ?, ?)
                """,
                access.id().value(),
                access.agent().value(),
                access.publicKey(),
                access.password(),
                access.comment(),
                access.createdBy(),
                access.createdAt(),
                access.expiresAt()));
    }

    List<SshAccess> of(AgentId agent, Instant now) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select * from ssh_access where agent_id = :agent and expires_at > :now order by created_at")
                .bind("agent", agent.value())
                .bind("now", now)
                .map((row, context) -> access(row))
                .list());
    }

    List<SshAccess> all(Instant now) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select * from ssh_access where expires_at > :now order by created_at")
                        .bind("now", now)
                        .map((row, context) -> access(row))
                        .list());
    }

    void deleteOf(AgentId agent) {
        jdbi.useHandle(handle -> handle.execute("delete from ssh_access where agent_id = ?", agent.value()));
    }

    void delete(AccessId access) {
        jdbi.useHandle(handle -> handle.execute("delete from ssh_access where id = ?", access.value()));
    }

    void deleteExpired(Instant now) {
        jdbi.useHandle(handle -> handle.execute("delete from ssh_access where expires_at <= ?", now));
    }

    private static SshAccess access(ResultSet row) throws SQLException {
        return new SshAccess(
                new AccessId(row.getObject("id", UUID.class)),
                new AgentId(row.getObject("agent_id", UUID.class)),
                row.getString("public_key"),
                row.getBytes("password"),
                row.getString("comment"),
                row.getString("created_by"),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("expires_at").toInstant());
    }
}
