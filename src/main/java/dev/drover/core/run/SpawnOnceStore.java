package dev.drover.core.run;

import dev.drover.core.id.AgentId;
import dev.drover.core.id.UserId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** The table {@code spawn_once}: idempotency keys of spawns and what they made. */
public final class SpawnOnceStore {
    private final Jdbi jdbi;

    public SpawnOnceStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Until the transaction ends nobody else gets the same key; false when somebody has it. */
    boolean lock(UserId user, String key) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select pg_try_advisory_xact_lock(hashtextextended(:user || :key, 4))")
                        .bind("user", user.toString())
                        .bind("key", key)
                        .mapTo(Boolean.class)
                        .one());
    }

    Optional<Made> find(UserId user, String key, Instant notBefore) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select agent_id, fingerprint from spawn_once
                        where user_id = :user and key = :key and created_at >= :notBefore
                        """)
                .bind("user", user.value())
                .bind("key", key)
                .bind("notBefore", notBefore)
                .map((row, context) ->
                        new Made(new AgentId(row.getObject("agent_id", UUID.class)), row.getString("fingerprint")))
                .findOne());
    }

    void keep(UserId user, SpawnAgent.IdempotencyKey key, AgentId agent, Instant at) {
        jdbi.useHandle(handle -> handle.execute("""
                insert into spawn_once (user_id, key, fingerprint, agent_id, created_at) values (?, ?, ?, ?, ?)
                on conflict (user_id, key) do update
                    set fingerprint = excluded.fingerprint, agent_id = excluded.agent_id,
                        created_at = excluded.created_at
                """, user.value(), key.key(), key.fingerprint(), agent.value(), at));
    }

    void forget(Instant before) {
        jdbi.useHandle(handle -> handle.execute("delete from spawn_once where created_at < ?", before));
    }

    record Made(AgentId agent, String fingerprint) {}
}
