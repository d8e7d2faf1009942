package dev.drover.core.run;

import dev.drover.core.id.AgentId;
import dev.drover.core.id.RunId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** Takes runs that are long over out of the tables of this room, a piece at a time. */
public final class PruneStore {
    /** How a run ended, and what was said in it, which later runs of its lane go on from. */
    private static final String STAYING = "('completed', 'failed', 'stopped', 'spoken', 'session_began')";

    private final Jdbi jdbi;
    private final EventCodec codec;

    public PruneStore(Jdbi jdbi, EventCodec codec) {
        this.jdbi = jdbi;
        this.codec = codec;
    }

    /**
     * Says at the last step that goes from each of these logs that it is gone, with all before it. There every reader
     * comes by, wherever it goes on from. From then on nobody expects the log to be whole.
     */
    public void note(Collection<RunId> runs, String message) {
        Entry.Noted note = new Entry.Noted(message);
        jdbi.useHandle(handle -> handle.createUpdate("""
                        with thinned as (update run set cut = true where id = any(:runs))
                        update run_event e set kind = :kind, label = :label, payload = :payload, digest = null
                        from (select run_id, max(seq) as seq from run_event
                            where run_id = any(:runs) and step is not null and kind not in %s group by run_id) last
                        where e.run_id = last.run_id and e.seq = last.seq
                        """.formatted(STAYING))
                .bind("kind", EventKind.of(note).word())
                .bind("label", Labels.of(note))
                .bind("payload", codec.write(note).text())
                .bindArray("runs", UUID.class, values(runs))
                .execute());
        jdbi.useHandle(handle -> handle.createUpdate("update run set cut = true where id = any(:runs) and not cut")
                .bindArray("runs", UUID.class, values(runs))
                .execute());
    }

    /** Takes at most so many events out of logs that bear the note; how many there were. */
    public int thin(Collection<RunId> runs, int most) {
        return jdbi.withHandle(handle -> handle.createUpdate("""
                        delete from run_event where (run_id, seq) in (
                            select e.run_id, e.seq from run_event e
                            where e.run_id = any(:runs) and e.kind not in %1$s and e.seq is distinct from (
                                select max(l.seq) from run_event l
                                where l.run_id = e.run_id and l.step is not null and l.kind not in %1$s)
                            limit :most)
                        """.formatted(STAYING))
                .bindArray("runs", UUID.class, values(runs))
                .bind("most", most)
                .execute());
    }

    /** From now on these logs count as pruned. */
    public void pruned(Collection<RunId> runs, Instant at) {
        jdbi.useHandle(handle -> handle.createUpdate("update run set pruned_at = :at where id = any(:runs)")
                .bind("at", at)
                .bindArray("runs", UUID.class, values(runs))
                .execute());
    }

    /** Takes whole runs out; they stay counted in the months of their accounts. */
    public void remove(Collection<RunId> runs) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        with events as (delete from run_event where run_id = any(:runs)),
                        files as (delete from run_file where run_id = any(:runs)),
                        gone as (delete from run where id = any(:runs) returning *)
                        insert into run_tally
                        select owner_id, date_trunc('month', created_at at time zone 'UTC')::date, count(*),
                            count(*) filter (where status = 'completed'), count(*) filter (where status = 'error'),
                            count(*) filter (where status = 'stopped'), sum(input_tokens), sum(output_tokens)
                        from gone group by 1, 2
                        on conflict (user_id, month) do update set
                            spawned = run_tally.spawned + excluded.spawned,
                            completed = run_tally.completed + excluded.completed,
                            failed = run_tally.failed + excluded.failed,
                            stopped = run_tally.stopped + excluded.stopped,
                            input_tokens = run_tally.input_tokens + excluded.input_tokens,
                            output_tokens = run_tally.output_tokens + excluded.output_tokens
                        """)
                .bindArray("runs", UUID.class, values(runs))
                .execute());
    }

    /** Forgets which request made an agent that is about to go. */
    public void forgetSpawn(AgentId agent) {
        jdbi.useHandle(handle -> handle.execute("delete from spawn_once where agent_id = ?", agent.value()));
    }

    private static List<UUID> values(Collection<RunId> runs) {
        return runs.stream().map(RunId::value).toList();
    }
}
