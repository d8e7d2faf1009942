package dev.drover.core.agent;

import dev.drover.core.access.Caller;
import dev.drover.core.id.AgentId;
import dev.drover.core.id.CredentialId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** Reads the MCP keys in the table {@code credential}, with the names of those they act as. */
public final class McpKeyStore {
    private static final String KEYS = """
            select c.*, u.name as user_name, u.email, a.slug
            from credential c join app_user u on u.id = c.user_id left join agent a on a.id = c.agent_id
            where c.kind = 'mcp_key' and (:all or c.user_id = :user)
            """;

    private final Jdbi jdbi;

    public McpKeyStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Newest first: the caller's, and of an administrator everybody's. */
    List<McpKey> list(Caller caller) {
        return jdbi.withHandle(handle -> handle.createQuery(KEYS + " order by c.id desc")
                .bind("all", caller.isAdmin())
                .bind("user", caller.user().id().value())
                .map((row, context) -> key(row))
                .list());
    }

    Optional<McpKey> find(Caller caller, CredentialId id) {
        return jdbi.withHandle(handle -> handle.createQuery(KEYS + " and c.id = :id")
                .bind("all", caller.isAdmin())
                .bind("user", caller.user().id().value())
                .bind("id", id.value())
                .map((row, context) -> key(row))
                .findOne());
    }

    private static McpKey key(ResultSet row) throws SQLException {
        UUID agent = row.getObject("agent_id", UUID.class);
        String reach = row.getString("reach");
        Timestamp used = row.getTimestamp("last_used_at");
        return new McpKey(
                new CredentialId(row.getObject("id", UUID.class)),
                row.getString("name"),
                row.getString("description"),
                row.getString("prefix"),
                reach == null ? McpKey.OF_USER : reach,
                row.getString("user_name"),
                row.getString("email"),
                agent == null ? null : new AgentId(agent),
                row.getString("slug"),
                row.getTimestamp("created_at").toInstant(),
                used == null ? null : used.toInstant(),
                row.getLong("uses"),
                row.getTimestamp("revoked_at") == null);
    }
}
