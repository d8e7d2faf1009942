package dev.drover.core.run;

import dev.drover.core.id.RunId;
import dev.drover.core.id.UserId;
import dev.drover.core.usage.AgentTime;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jdbi.v3.core.Jdbi;

/** The table {@code node}: which servers live; and whose runs are free because their server does not. */
public final class NodeStore {
    private final Jdbi jdbi;

    public NodeStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** All times are the database's: the clocks of the nodes may differ. */
    void seen(UUID node) {
        jdbi.useHandle(handle -> handle.execute("""
                insert into node (id, seen_at) values (?, now())
                on conflict (id) do update set seen_at = excluded.seen_at
                """, node));
    }

    void gone(UUID node) {
        jdbi.useHandle(handle -> handle.execute("delete from node where id = ?", node));
    }

    /** Declares all others dead at once: for a server that alone can reach its database. */
    void goneButFor(UUID node) {
        jdbi.useHandle(
                handle -> handle.execute("update node set seen_at = seen_at - interval '1 day' where id <> ?", node));
    }

    /**
     * Takes over runs whose holder has not been seen for the time given. Their run time counts up to the last sign of
     * life of that holder.
     *
     * @param worked gets what those holders worked
     */
    List<Lease> claimOrphans(UUID node, Duration silence, int limit, Consumer<AgentTime> worked) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        update run set node_id = :node, fence = fence + 1,
                            worked_ms = worked_ms + coalesce(1000 * extract(epoch from greatest(
                                interval '0', orphan.last_seen - run.held_at))::bigint, 0),
                            held_at = case when run.held_at is null then null else now() end
                        from (
                            select r.id, r.held_at, greatest(n.seen_at,
                                (select max(e.at) from run_event e where e.run_id = r.id)) as last_seen
                            from run r left join node n on n.id = r.node_id
                            where r.ended_at is null and r.node_id <> :node
                                and (n.id is null or n.seen_at < now() - cast(:silence as interval))
                            order by r.id limit :limit for update of r skip locked) orphan
                        where run.id = orphan.id
                        returning run.id, run.fence, run.owner_id, orphan.held_at, orphan.last_seen
                        """)
                .bind("node", node)
                .bind("silence", silence.toMillis() + " milliseconds")
                .bind("limit", limit)
                .map((row, context) -> {
                    Timestamp heldAt = row.getTimestamp("held_at");
                    if (heldAt != null) {
                        worked.accept(new AgentTime(
                                new UserId(row.getObject("owner_id", UUID.class)),
                                heldAt.toInstant(),
                                row.getTimestamp("last_seen").toInstant()));
                    }
                    return new Lease(new RunId(row.getObject("id", UUID.class)), row.getLong("fence"));
                })
                .list());
    }

    /** The unfinished runs that are this node's by the table. */
    Set<RunId> heldBy(UUID node) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select id from run where node_id = :node and ended_at is null")
                        .bind("node", node)
                        .map((row, context) -> new RunId(row.getObject("id", UUID.class)))
                        .set());
    }

    /** Takes over runs from this very node, as if from another. */
    List<Lease> reclaim(UUID node, Set<RunId> runs) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        update run set fence = fence + 1
                        where id = any(:ids) and node_id = :node and ended_at is null returning id, fence
                        """)
                .bindArray("ids", UUID.class, runs.stream().map(RunId::value).toList())
                .bind("node", node)
                .map((row, context) -> new Lease(new RunId(row.getObject("id", UUID.class)), row.getLong("fence")))
                .list());
    }

    /** Forgets servers that nobody has seen for a day. */
    void forgetLongGone() {
        jdbi.useHandle(handle -> handle.execute("delete from node where seen_at < now() - interval '1 day'"));
    }
}
