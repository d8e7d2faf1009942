package dev.drover.core.agent;

import dev.drover.core.id.AgentId;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** The table {@code agent_avatar}. */
public final class AvatarStore {
    private final Jdbi jdbi;

    public AvatarStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    Optional<Avatar> find(AgentId agent) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select identity, picture is not null, updated_at from agent_avatar where agent_id = :agent")
                .bind("agent", agent.value())
                .map((row, context) -> new Avatar(
                        row.getString(1), row.getBoolean(2), row.getTimestamp(3).toInstant()))
                .findOne());
    }

    void identity(AgentId agent, String identity, Instant at) {
        jdbi.useHandle(handle -> handle.execute("""
                insert into agent_avatar (agent_id, identity, updated_at) values (?, ?, ?)
                on conflict (agent_id) do update set identity = excluded.identity, updated_at = excluded.updated_at
                """, agent.value(), identity, at));
    }

    void picture(AgentId agent, Avatar.Picture picture, Instant at) {
        jdbi.useHandle(handle -> handle.execute("""
                insert into agent_avatar (agent_id, type, picture, updated_at) values (?, ?, ?, ?)
                on conflict (agent_id) do update
                    set type = excluded.type, picture = excluded.picture, updated_at = excluded.updated_at
                """, agent.value(), picture.type(), picture.bytes(), at));
    }

    /** By the agent's name, whoever asks. */
    Optional<Avatar.Picture> picture(String name) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select v.type, v.picture from agent_avatar v join agent a on a.id = v.agent_id
                        where a.slug = :name and a.deleted_at is null and v.picture is not null
                        """)
                .bind("name", name)
                .map((row, context) -> new Avatar.Picture(row.getString("type"), row.getBytes("picture")))
                .findOne());
    }
}
