package dev.drover.core.heartbeat;

import dev.drover.core.id.AgentId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Reads which agents the clock wakes. */
final class TimerStore {
    private final Jdbi jdbi;

    TimerStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * Agents whose interval has passed since their last heartbeat, or since they were made, and since the clock last
     * woke them; none that the clock has a run of still.
     */
    List<AgentId> due(Instant now) {
        return due(null, now);
    }

    /** The same of one agent, whom another server may have woken since. */
    boolean isDue(AgentId agent, Instant now) {
        return !due(agent.value(), now).isEmpty();
    }

    private List<AgentId> due(@Nullable UUID only, Instant now) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        with timed as (
                            select m.agent_id, coalesce(m.last_heartbeat_at, a.created_at) as base,
                                cast(m.runtime_config as jsonb) #>> '{heartbeat,intervalSec}' as seconds
                            from member m join agent a on a.id = m.agent_id
                            where a.deleted_at is null and a.hold is null and not a.halted
                                and (cast(:only as uuid) is null or a.id = cast(:only as uuid))
                                and cast(m.runtime_config as jsonb) #>> '{heartbeat,enabled}' = 'true')
                        select t.agent_id from timed t
                        where t.seconds ~ '^[0-9]{1,9}([.][0-9]+)?$' and cast(t.seconds as numeric) > 0
                            and greatest(t.base, (select max(w.created_at) from wakeup w
                                    where w.agent_id = t.agent_id and w.source = 'timer'))
                                + cast(t.seconds || ' seconds' as interval) <= :now
                            and not exists (select from heartbeat_run r where r.agent_id = t.agent_id
                                and r.source = 'timer' and r.status in ('queued', 'running'))
                        order by t.base, t.agent_id
                        """)
                .bind("only", only)
                .bind("now", now)
                .mapTo(UUID.class)
                .map(AgentId::new)
                .list());
    }
}
