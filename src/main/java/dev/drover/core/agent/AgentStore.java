package dev.drover.core.agent;

import dev.drover.core.id.AgentId;
import org.jdbi.v3.core.Jdbi;

/** The table {@code agent}. */
public final class AgentStore {
    private final Jdbi jdbi;

    public AgentStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** False when the slug is taken; nothing is stored then. */
    boolean insert(Agent agent) {
        AgentId parent = agent.parent();
        return jdbi.withHandle(handle -> handle.execute(
                        """
                insert into agent (id, owner_id, name, slug, origin, profile, parent_id, created_at)
                values (?, ?, ?, ?, ?, ?, ?, ?) on conflict (slug) do nothing
                """,
                        agent.id().value(),
                        agent.owner().value(),
                        agent.name(),
                        agent.slug(),
                        agent.origin().word(),
                        agent.profile(),
                        parent == null ? null : parent.value(),
                        agent.createdAt()))
                == 1;
    }

    void rename(AgentId agent, String from, String to) {
        jdbi.useHandle(handle ->
                handle.execute("update agent set name = ? where id = ? and name = ?", to, agent.value(), from));
    }
}
