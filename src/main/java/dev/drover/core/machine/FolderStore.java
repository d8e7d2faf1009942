package dev.drover.core.machine;

import dev.drover.core.agent.PermissionStore;
import dev.drover.core.id.AgentId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** Reads whose folders whom has: the tables {@code machine}, {@code agent} and {@code agent_permission}. */
public final class FolderStore {
    private static final String PAIRS = """
            select a.id, a.slug, m.state
            from agent_permission p join agent t on t.id = p.target_id join agent c on c.id = p.source_id
                join agent a on a.id = %s join machine m on m.agent_id = a.id and m.ready
            where %s and %s and t.deleted_at is null and c.deleted_at is null and %s
            order by a.slug collate "C"
            """;

    private final Jdbi jdbi;

    public FolderStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Those with a folder for others whom the agent may call. */
    List<SharedFolders.Neighbour> sources(AgentId agent) {
        return neighbours(
                PAIRS.formatted("t.id", "p.source_id = :agent", "m.exposes", PermissionStore.inForce("t")), agent);
    }

    /** Those that see the folders of others and may call the agent. */
    List<SharedFolders.Neighbour> consumers(AgentId agent) {
        return neighbours(
                PAIRS.formatted("c.id", "p.target_id = :agent", "m.consumes", PermissionStore.inForce("t")), agent);
    }

    private List<SharedFolders.Neighbour> neighbours(String sql, AgentId agent) {
        return jdbi.withHandle(handle -> handle.createQuery(sql)
                .bind("agent", agent.value())
                .map((row, context) -> neighbour(row))
                .list());
    }

    private static SharedFolders.Neighbour neighbour(ResultSet row) throws SQLException {
        return new SharedFolders.Neighbour(
                new AgentId(row.getObject("id", UUID.class)), row.getString("slug"), row.getString("state"));
    }
}
