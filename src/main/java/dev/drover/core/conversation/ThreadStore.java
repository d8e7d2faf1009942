package dev.drover.core.conversation;

import dev.drover.core.id.AgentId;
import dev.drover.core.id.RunId;
import dev.drover.core.run.StartedRun;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** The table {@code thread}; what was said on a thread is in the runs of its lane. */
public final class ThreadStore {
    private final Jdbi jdbi;

    public ThreadStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** The lane of a thread's runs; empty when there is no such thread. */
    Optional<UUID> lane(AgentId agent, String key) {
        if (key.indexOf('\0') >= 0) {
            // PostgreSQL has no such character, and no thread such a name.
            return Optional.empty();
        }
        return jdbi.withHandle(
                handle -> handle.createQuery("select lane from thread where agent_id = :agent and key = :key")
                        .bind("agent", agent.value())
                        .bind("key", key)
                        .mapTo(UUID.class)
                        .findOne());
    }

    /** A run, with what is known of it beside the run itself. */
    StartedTalk talk(RunId run) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select r.agent_id, r.ordinal, r.created_at, r.structured, coalesce(t.key, '') as key
                        from run r left join thread t on t.lane = r.lane where r.id = :run
                        """)
                .bind("run", run.value())
                .map((row, context) -> new StartedTalk(
                        new StartedRun(
                                run,
                                new AgentId(row.getObject("agent_id", UUID.class)),
                                row.getInt("ordinal"),
                                row.getTimestamp("created_at").toInstant()),
                        row.getString("key"),
                        row.getBoolean("structured")))
                .one());
    }

    /** False when the thread exists. */
    boolean insert(UUID lane, AgentId agent, String key, Instant at) {
        return jdbi.withHandle(handle -> handle.execute(
                        "insert into thread (lane, agent_id, key, created_at) values (?, ?, ?, ?)"
                                + " on conflict (agent_id, key) do nothing",
                        lane,
                        agent.value(),
                        key,
                        at))
                == 1;
    }

    /** Those on which a run was completed, the last used first. */
    List<Talk> list(AgentId agent) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select t.key, t.created_at, count(*) as runs, max(r.ended_at) as updated_at
                        from thread t join run r on r.lane = t.lane and r.status = 'completed'
                        where t.agent_id = :agent group by t.lane, t.key, t.created_at
                        order by updated_at desc, t.lane desc
                        """)
                .bind("agent", agent.value())
                .map((row, context) -> new Talk(
                        row.getString("key"),
                        row.getInt("runs"),
                        row.getTimestamp("created_at").toInstant(),
                        row.getTimestamp("updated_at").toInstant()))
                .list());
    }

    /** False when a run is using it, or there is none any more. */
    boolean delete(UUID lane) {
        return jdbi.withHandle(handle -> handle.execute(
                        "delete from thread t where lane = ? and not exists"
                                + " (select 1 from run r where r.lane = t.lane and r.ended_at is null)",
                        lane))
                == 1;
    }

    void deleteOf(AgentId agent) {
        jdbi.useHandle(handle -> handle.execute("delete from thread where agent_id = ?", agent.value()));
    }
}
