package dev.drover.core.agent;

import dev.drover.core.id.AgentId;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/** The table {@code agent_permission}. */
public final class PermissionStore {
    private final Jdbi jdbi;

    public PermissionStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * The condition under which a permission {@code p} is in force: the owner of its source may use its target.
     *
     * @param target the row of the agent to be called
     */
    public static String inForce(String target) {
        return """
            exists (select from agent source join app_user o on o.id = source.owner_id
                where source.id = p.source_id and source.deleted_at is null
                    and (o.role <> 'user' or o.id = %1$s.owner_id or exists (select from agent_share s
                        where s.agent_id = %1$s.id and s.email = o.email)))
            """.formatted(target);
    }

    /** The names of those that are in force. */
    List<String> targets(AgentId source) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select t.slug from agent_permission p join agent t on t.id = p.target_id
                        where p.source_id = :source and t.deleted_at is null and %s order by t.slug collate "C"
                        """.formatted(inForce("t")))
                .bind("source", source.value())
                .mapTo(String.class)
                .list());
    }

    boolean insert(AgentId source, AgentId target) {
        return jdbi.withHandle(handle -> handle.execute(
                        "insert into agent_permission (source_id, target_id) values (?, ?) on conflict do nothing",
                        source.value(),
                        target.value()))
                == 1;
    }

    boolean delete(AgentId source, String target) {
        return jdbi.withHandle(handle -> handle.execute("""
                delete from agent_permission where source_id = ?
                    and target_id = (select id from agent where slug = ? and deleted_at is null)
                """, source.value(), target)) == 1;
    }

    void clear(AgentId source) {
        jdbi.useHandle(handle -> handle.execute("delete from agent_permission where source_id = ?", source.value()));
    }
}
