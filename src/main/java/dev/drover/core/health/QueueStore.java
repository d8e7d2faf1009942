package dev.drover.core.health;

import java.time.Instant;
import org.jdbi.v3.core.Jdbi;

/** Counts what waits and what fails, in the tables of other rooms. */
public final class QueueStore {
    private final Jdbi jdbi;

    public QueueStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** @param late what should have begun before this moment */
    Backlog backlog(Instant late) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select
                            (select count(*) from run where ended_at is null and status = 'spawning') as waiting,
                            (select count(*) from run where ended_at is null and status <> 'spawning') as working,
                            (select count(*) from heartbeat_run where status = 'queued') as heartbeats,
                            (select count(*) from webhook_delivery where status = 'pending') as messages,
                            (select count(*) from scheduled_tasks
                                where not picked and execution_time < :late) as overdue
                        """)
                .bind("late", late)
                .map((row, context) -> new Backlog(
                        row.getLong("waiting"),
                        row.getLong("working"),
                        row.getLong("heartbeats"),
                        row.getLong("messages"),
                        row.getLong("overdue")))
                .one());
    }

    HookTrouble hooks() {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select count(*) as hooks, count(failing_since) as failing,
                            count(*) filter (where disabled_reason is not null) as disabled
                        from webhook where run_id is null
                        """)
                .map((row, context) ->
                        new HookTrouble(row.getLong("hooks"), row.getLong("failing"), row.getLong("disabled")))
                .one());
    }

    record Backlog(long waiting, long working, long heartbeats, long messages, long overdue) {}

    record HookTrouble(long hooks, long failing, long disabled) {}
}
