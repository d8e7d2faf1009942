package dev.drover.core.machine;

import dev.drover.core.id.AgentId;
import dev.drover.core.id.UserId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** The table {@code machine_once}. */
public final class CreationOnceStore {
    private final Jdbi jdbi;

    public CreationOnceStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    record Made(AgentId agent, String fingerprint) {}

    Optional<Made> find(UserId user, String key, Instant notBefore) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select agent_id, fingerprint from machine_once
                        where user_id = :user and key = :key and created_at >= :notBefore
                        """)
                .bind("user", user.value())
                .bind("key", key)
                .bind("notBefore", notBefore)
                .map((row, context) ->
                        new Made(new AgentId(row.getObject("agent_id", UUID.class)), row.getString("fingerprint")))
                .findOne());
    }

    void keep(UserId user, String key, Made made, Instant at) {
        jdbi.useHandle(handle -> handle.execute(
                """
                insert into machine_once (user_id, key, fingerprint, agent_id, created_at) values (?, ?, ?, ?, ?)
                on conflict (user_id, key) do update
                    set fingerprint = excluded.fingerprint, agent_id = excluded.agent_id,
                        created_at = excluded.created_at
                """, user.value(), key, made.fingerprint(), made.agent().value(), at));
    }

    void forget(AgentId agent) {
        jdbi.useHandle(handle -> handle.execute("delete from machine_once where agent_id = ?", agent.value()));
    }

    void forget(Instant before) {
        jdbi.useHandle(handle -> handle.execute("delete from machine_once where created_at < ?", before));
    }
}
