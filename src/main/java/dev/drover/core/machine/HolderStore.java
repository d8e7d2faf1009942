package dev.drover.core.machine;

import dev.drover.core.computer.Keeper;
import dev.drover.core.id.AgentId;
import dev.drover.core.id.Spelling;
import dev.drover.core.run.NodeStore;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The table {@code machine}, as to which server may open each; and the servers, as to which live. */
public final class HolderStore {
    private static final String HELD = "exists (select from node n where n.id = m.node_id and " + NodeStore.LIVES + ")";

    /** The living holder of machine {@code m}; where none lives, any server of its installation, this one first. */
    private static final String KEEPER = """
            lateral (select n.id, n.url from node n
                where %s and n.url is not null and (n.id = m.node_id or n.host = m.host and not %s)
                order by n.id = :node desc, n.started_at limit 1) k
            """.formatted(NodeStore.LIVES, HELD);

    private final Jdbi jdbi;
    private final UUID node;
    private final String host;
    private final Duration patience;

    /**
     * As one server sees it.
     *
     * @param host the installation on whose disk it works
     * @param patience how long runs wait for a server that can open their agent's computer
     */
    public HolderStore(Jdbi jdbi, UUID node, String host, Duration patience) {
        this.jdbi = jdbi;
        this.node = node;
        this.host = host;
        this.patience = patience;
    }

    UUID node() {
        return node;
    }

    /** Whether nobody but this server may open the machine. */
    boolean has(AgentId agent) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select exists (select from machine where agent_id = :id and node_id = :node)")
                .bind("id", agent.value())
                .bind("node", node)
                .mapTo(Boolean.class)
                .one());
    }

    /** The same, made so where the workspace is here and no living server has it. */
    boolean take(AgentId agent) {
        return has(agent)
                || jdbi.withHandle(handle -> handle.createUpdate("update machine m set node_id = :node"
                                        + " where m.agent_id = :id and m.host = :host and not " + HELD)
                                .bind("id", agent.value())
                                .bind("node", node)
                                .bind("host", host)
                                .execute())
                        == 1;
    }

    /** All that this server may open. */
    Set<AgentId> mine() {
        return jdbi.withHandle(handle -> handle.createQuery("select agent_id from machine where node_id = :node")
                .bind("node", node)
                .mapTo(UUID.class)
                .map(AgentId::new)
                .set());
    }

    /** This server opens none any more. */
    void letGo() {
        jdbi.useHandle(handle -> handle.execute("update machine set node_id = null where node_id = ?", node));
    }

    /** No server that worked on this disk lives: whatever the table says, nothing is on. */
    void clear() {
        jdbi.useHandle(handle -> handle.execute("update machine set node_id = null where host = ?", host));
    }

    /** Takes machines that should be on, or look as if they were, and that no living server has; those to turn on. */
    List<AgentId> takeLeft(int limit) {
        return jdbi.withHandle(handle -> handle
                .createQuery("""
                        update machine set node_id = :node,
                            state = case state when 'running' then 'stopped' else state end
                        where agent_id in (
                            select m.agent_id from machine m
                            where m.host = :host and m.ready and m.node_id is distinct from :node and not %s
                                and (m.state = 'running' or m.wanted and not m.fresh and m.state = 'stopped')
                            order by m.agent_id limit :limit for update skip locked)
                        returning agent_id, wanted and not fresh as on
                        """.formatted(HELD))
                .bind("node", node)
                .bind("host", host)
                .bind("limit", limit)
                .map((row, context) -> row.getBoolean("on")
                        ? Optional.of(new AgentId(row.getObject("agent_id", UUID.class)))
                        : Optional.<AgentId>empty())
                .list()
                .stream()
                .flatMap(Optional::stream)
                .toList());
    }

    /** Those that a server which is gone had not finished to make. */
    List<AgentId> unfinished() {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select m.agent_id from machine m where m.host = :host and not m.ready and not " + HELD)
                .bind("host", host)
                .mapTo(UUID.class)
                .map(AgentId::new)
                .list());
    }

    /** Who has the machine of an agent, or could. */
    Keeper keeper(AgentId agent) {
        return jdbi.withHandle(handle -> handle.createQuery(
                                "select m.host, %s as held, k.* from machine m left join %s on true"
                                                .formatted(HELD, KEEPER)
                                        + " where m.agent_id = :agent and m.ready")
                        .bind("agent", agent.value())
                        .bind("node", node)
                        .map((row, context) -> keeper(row, row.getString("host")))
                        .findOne())
                .orElse(new Keeper.Here());
    }

    /** The same of an agent by its name or its id; of one that keeps none, who works its newest run. */
    Keeper keeper(String nameOrId) {
        Optional<UUID> id = Spelling.AGENT.read(nameOrId);
        return jdbi.withHandle(handle -> handle.createQuery(
                                """
                                select m.host, %s as held, coalesce(k.id, w.id) as id, coalesce(k.url, w.url) as url,
                                    r.node_id as worker
                                from agent a left join machine m on m.agent_id = a.id and m.ready
                                left join %s on m.agent_id is not null
                                left join lateral (
                                    select node_id from run where agent_id = a.id and ended_at is null
                                    order by id desc limit 1) r on m.agent_id is null
                                left join lateral (
                                    select n.id, n.url from node n where n.id = r.node_id and %s) w on true
                                where a.deleted_at is null and %s = :agent
                                """.formatted(HELD, KEEPER, NodeStore.LIVES, id.isPresent() ? "a.id" : "a.slug"))
                        .bind("node", node)
                        .bind("agent", id.isPresent() ? id.get() : nameOrId)
                        .map((row, context) -> row.getString("host") != null
                                ? keeper(row, row.getString("host"))
                                : worker(row, row.getObject("worker", UUID.class)))
                        .findFirst())
                .orElse(new Keeper.Here());
    }

    private Keeper keeper(ResultSet row, String where) throws SQLException {
        UUID id = row.getObject("id", UUID.class);
        boolean held = row.getBoolean("held");
        if (node.equals(id) || (!held && where.equals(host))) {
            return new Keeper.Here();
        }
        if (id != null) {
            return new Keeper.There(id, URI.create(row.getString("url")));
        }
        return new Keeper.Nowhere(
                held
                        ? "the server that has the computer of this agent is starting; try again in a few seconds"
                        : "the computer of this agent is on installation " + where + ", and no server of it runs:"
                                + " start one over its data folder",
                patience);
    }

    private Keeper worker(ResultSet row, @Nullable UUID worker) throws SQLException {
        UUID id = row.getObject("id", UUID.class);
        String url = row.getString("url");
        if (worker == null || worker.equals(node)) {
            return new Keeper.Here();
        }
        return id != null && url != null
                ? new Keeper.There(id, URI.create(url))
                : new Keeper.Nowhere(
                        "the server that worked the run of this agent is lost, and another takes the run"
                                + " over in a few seconds; try again then",
                        patience);
    }

    /** Whether a server has shown lately that it lives. */
    boolean lives(UUID other) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select exists (select from node n where n.id = :id and " + NodeStore.LIVES + ")")
                .bind("id", other)
                .mapTo(Boolean.class)
                .one());
    }
}
