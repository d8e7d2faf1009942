package dev.drover.core.run;

import dev.drover.core.id.RunId;
import dev.drover.core.id.UserId;
import dev.drover.core.usage.AgentTime;
import java.net.URI;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jdbi.v3.core.Jdbi;

/** The table {@code node}: which servers live; and whose runs are free because their server does not. */
public final class NodeStore {
    /** Whether node {@code n} lives, as far as anybody can tell; in queries of other rooms too. */
    public static final String LIVES = "n.seen_at + n.lease >= now()";

    /** No node has this name. */
    private static final UUID NOBODY = new UUID(0, 0);

    private final Jdbi jdbi;

    public NodeStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * All times are the database's: the clocks of the nodes may differ.
     *
     * @param lease how long the node may be silent; kept beside it, so that all judge it alike however they are set
     */
    public void seen(UUID node, Duration lease) {
        jdbi.useHandle(handle -> handle.execute("""
                insert into node (id, seen_at, lease) values (?, now(), cast(? as interval))
                on conflict (id) do update set seen_at = excluded.seen_at, lease = excluded.lease
                """, node, lease.toMillis() + " milliseconds"));
    }

    /** Whether another node lives. */
    public boolean others(UUID node) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select exists (select from node where id <> :node and seen_at + lease >= now())")
                .bind("node", node)
                .mapTo(Boolean.class)
                .one());
    }

    /**
     * Tells the others where a node answers.
     *
     * @param host the installation on whose disk it works
     */
    public void introduce(UUID node, URI url, String host) {
        jdbi.useHandle(handle -> handle.execute("""
                insert into node (id, seen_at, url, host) values (?, now(), ?, ?)
                on conflict (id) do update set url = excluded.url, host = excluded.host
                """, node, url.toString(), host));
    }

    /** A node that ends, or does not start after all. */
    public void gone(UUID node) {
        jdbi.useHandle(handle -> handle.execute("delete from node where id = ?", node));
    }

    /** Declares all others dead at once: for a server that alone can reach its database. */
    void goneButFor(UUID node) {
        jdbi.useHandle(
                handle -> handle.execute("update node set seen_at = seen_at - interval '1 day' where id <> ?", node));
    }

    /**
     * Whether there is a run whose holder is not seen any more. Every node asks again and again: so it looks at one
     * run of each holder, not at all.
     */
    boolean anyOrphans(UUID node) {
        return jdbi.withHandle(handle ->
                handle.createQuery("""
                        with recursive holder as (
                            (select node_id from run where ended_at is null order by node_id limit 1)
                            union all
                            select (select r.node_id from run r where r.ended_at is null and r.node_id > holder.node_id
                                order by r.node_id limit 1) from holder where holder.node_id is not null)
                        select exists (select from holder left join node n on n.id = holder.node_id
                            where holder.node_id <> :node and (n.id is null or n.seen_at + n.lease < now()))
                        """).bind("node", node).mapTo(Boolean.class).one());
    }

    /**
     * Takes over runs whose holder has been silent for longer than its lease. Their run time counts up to the last sign
     * of life of that holder.
     *
     * @param worked gets what those holders worked
     */
    List<Lease> claimOrphans(UUID node, int limit, Consumer<AgentTime> worked) {
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
                                and (n.id is null or n.seen_at + n.lease < now())
                            order by r.id limit :limit for update of r skip locked) orphan
                        where run.id = orphan.id
                        returning run.id, run.fence, run.owner_id, orphan.held_at, orphan.last_seen
                        """)
                .bind("node", node)
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

    /** Lets go of a run, so that others take it up as if from a node that is gone. */
    void free(Lease lease) {
        jdbi.useHandle(handle -> handle.execute(
                "update run set node_id = ? where id = ? and fence = ? and ended_at is null",
                NOBODY,
                lease.run().value(),
                lease.fence()));
    }

    /** Forgets servers that nobody has seen for a day. */
    void forgetLongGone() {
        jdbi.useHandle(handle -> handle.execute("delete from node where seen_at < now() - interval '1 day'"));
    }
}
