package dev.drover.core.heartbeat;

import dev.drover.core.Json;
import dev.drover.core.agent.Hold;
import dev.drover.core.id.AgentId;
import dev.drover.core.id.IssueId;
import dev.drover.core.id.RunId;
import dev.drover.core.id.UserId;
import dev.drover.core.run.NodeStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The table {@code heartbeat_run}, as runs move on: every step is a conditional update, made by one server. */
final class HeartbeatQueueStore {
    private final Jdbi jdbi;
    private final UUID node;
    private final String host;

    /**
     * @param node this server
     * @param host the installation whose computers it can turn on
     */
    HeartbeatQueueStore(Jdbi jdbi, UUID node, String host) {
        this.jdbi = jdbi;
        this.node = node;
        this.host = host;
    }

    /** False when one of the same task waits already. */
    boolean insert(HeartbeatRun run, Json context) {
        IssueId issue = run.issue();
        RunId retried = run.retryOf();
        return changed(
                """
                insert into heartbeat_run (id, squad_id, agent_id, agent_name, adapter, source, detail, reason, status,
                    issue_id, holds_issue, scope, context, wakeup_id, retry_of, loss_retries, created_at, updated_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (agent_id, scope) where status = 'queued' do nothing
                """,
                run.id().value(),
                run.squad() == null ? null : run.squad().value(),
                run.agent().value(),
                run.agentName(),
                run.adapter(),
                run.source().word(),
                run.detail(),
                run.reason(),
                run.status().word(),
                issue == null ? null : issue.value(),
                run.holdsIssue(),
                run.scope(),
                context.text(),
                run.wakeup(),
                retried == null ? null : retried.value(),
                run.lossRetries(),
                run.createdAt(),
                run.createdAt());
    }

    /** Nobody else claims, pauses or ends for the agent until the transaction ends; why none of its runs may start. */
    Hold lock(AgentId agent) {
        return jdbi.withHandle(handle -> handle.createQuery("select hold from agent where id = :id for no key update")
                .bind("id", agent.value())
                .map((row, context) -> Hold.of(row.getString("hold")))
                .findOne()
                .orElse(Hold.TERMINATED));
    }

    void context(RunId run, Json context, Instant at) {
        jdbi.useHandle(handle -> handle.execute(
                "update heartbeat_run set context = ?, updated_at = ? where id = ?", context.text(), at, run.value()));
    }

    /** Agents that wait with a run that this server may work; whose waited longest comes first. */
    List<AgentId> waiting(int limit) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select agent_id from heartbeat_run r where status = 'queued' and not exists (
                            select from machine m where m.agent_id = r.agent_id and (m.host <> :host or
                                m.node_id <> :node and exists (select from node n where n.id = m.node_id and %s)))
                        group by agent_id order by min(created_at), agent_id limit :limit
                        """.formatted(NodeStore.LIVES))
                .bind("node", node)
                .bind("host", host)
                .bind("limit", limit)
                .mapTo(UUID.class)
                .map(AgentId::new)
                .list());
    }

    /** Whether somebody turned the agent's computer off. */
    boolean isOff(AgentId agent) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select exists (select from machine where agent_id = :agent and ready and not wanted)")
                .bind("agent", agent.value())
                .mapTo(Boolean.class)
                .one());
    }

    /** What the owner of an agent is called: tokens say it. */
    String nameOf(UserId user) {
        return jdbi.withHandle(handle -> handle.createQuery("select name from app_user where id = :id")
                .bind("id", user.value())
                .mapTo(String.class)
                .one());
    }

    /** When the agent last began a run; the beginning of time when it never did. */
    Instant lastStart(AgentId agent) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select started_at from heartbeat_run where agent_id = :agent and started_at is not null
                        order by id desc limit 1
                        """)
                .bind("agent", agent.value())
                .mapTo(Instant.class)
                .findOne()
                .orElse(Instant.EPOCH));
    }

    /** False when somebody else was quicker. */
    boolean claim(RunId run, @Nullable String session, Instant at) {
        return changed("""
                update heartbeat_run set status = 'running', node_id = ?, started_at = ?, updated_at = ?,
                    session_before = ?
                where id = ? and status = 'queued'
                """, node, at, at, session, run.value());
    }

    /** The program's handle; false when the run is this server's no more. */
    boolean started(RunId run, long process, Instant processStart, Instant at) {
        return changed("""
                update heartbeat_run set process = ?, process_started_at = ?, updated_at = ?
                where id = ? and node_id = ? and status = 'running'
                """, process, processStart, at, run.value(), node);
    }

    /** What is stored of an end. */
    record Outcome(
            HeartbeatStatus status,
            HeartbeatRun.End end,
            @Nullable Json usage,
            @Nullable Json result,
            @Nullable String session) {
        /** With that session after it. */
        Outcome with(@Nullable String sessionAfter) {
            return new Outcome(status, end, usage, result, sessionAfter);
        }

        static Outcome of(HeartbeatStatus status, String code, String error) {
            return new Outcome(status, new HeartbeatRun.End(error, code, null, null), null, null, null);
        }
    }

    /** Of a run that this server works; false when it is not, or no more. */
    boolean end(RunId run, Outcome outcome, Instant at) {
        return end(run, HeartbeatStatus.RUNNING, node, outcome, at);
    }

    /** Of a run that the server given worked and can end no more; false when it did. */
    boolean endLost(RunId run, UUID holder, Outcome outcome, Instant at) {
        return end(run, HeartbeatStatus.RUNNING, holder, outcome, at);
    }

    /** What the programs of a run printed, when all of it is stored. */
    void logged(RunId run, RunJournal.Closed log) {
        jdbi.useHandle(handle -> handle.execute(
                "update heartbeat_run set log_bytes = ?, log_sha256 = ?, stdout = ?, stderr = ? where id = ?",
                log.bytes(),
                log.sha256(),
                stored(log.stdout()),
                stored(log.stderr()),
                run.value()));
    }

    /** The database takes every character but one. */
    private static String stored(String text) {
        return text.replace('\0', '\uFFFD');
    }

    /** Of one that nobody has claimed; false when somebody has. */
    boolean endQueued(RunId run, Outcome outcome, Instant at) {
        return end(run, HeartbeatStatus.QUEUED, null, outcome, at);
    }

    private boolean end(RunId run, HeartbeatStatus from, @Nullable UUID holder, Outcome outcome, Instant at) {
        return changed(
                """
                update heartbeat_run set status = ?, error = ?, error_code = ?, exit_code = ?, signal = ?, usage = ?,
                    result = ?, session_after = ?, finished_at = ?, updated_at = ?
                where id = ? and status = ? and node_id is not distinct from cast(? as uuid)
                """,
                outcome.status().word(),
                outcome.end().error(),
                outcome.end().errorCode(),
                outcome.end().exitCode(),
                outcome.end().signal(),
                outcome.usage() == null ? null : outcome.usage().text(),
                outcome.result() == null ? null : outcome.result().text(),
                outcome.session(),
                at,
                at,
                run.value(),
                from.word(),
                holder);
    }

    /** Whoever works it is to end it so; the first wish counts. */
    boolean wish(RunId run, HeartbeatRun.Wish wish, Instant at) {
        return changed("""
                update heartbeat_run set wish = ?, wish_reason = ?, updated_at = ?
                where id = ? and status = 'running' and wish is null
                """, wish.code(), wish.reason(), at, run.value());
    }

    private boolean changed(String sql, @Nullable Object... values) {
        return jdbi.withHandle(handle -> handle.execute(sql, values)) == 1;
    }

    /** A run that is worked by the table. */
    record Working(RunId run, AgentId agent, UUID node, boolean wished) {}

    /** By this server. */
    List<Working> mine() {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select id, agent_id, node_id, wish is not null as wished from heartbeat_run
                        where status = 'running' and node_id = :node
                        """)
                .bind("node", node)
                .map((row, context) -> working(row))
                .list());
    }

    /** By servers that have been silent for longer than their lease. */
    List<Working> orphans() {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select r.id, r.agent_id, r.node_id, false as wished from heartbeat_run r
                            left join node n on n.id = r.node_id
                        where r.status = 'running' and r.node_id <> :node
                            and (n.id is null or n.seen_at + n.lease < now())
                        order by r.id limit 200
                        """)
                .bind("node", node)
                .map((row, context) -> working(row))
                .list());
    }

    private static Working working(ResultSet row) throws SQLException {
        return new Working(
                new RunId(row.getObject("id", UUID.class)),
                new AgentId(row.getObject("agent_id", UUID.class)),
                row.getObject("node_id", UUID.class),
                row.getBoolean("wished"));
    }

    /** Empties the big fields of runs that ended before then, and forgets their events; which these were. */
    Set<RunId> forget(Instant before, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        with old as (
                            select id from heartbeat_run where not forgotten and finished_at < :before limit :limit),
                        events as (delete from heartbeat_event where run_id in (select id from old))
                        update heartbeat_run set forgotten = true, context = null, result = null, stdout = null,
                            stderr = null
                        where id in (select id from old) returning id
                        """)
                .bind("before", before)
                .bind("limit", limit)
                .mapTo(UUID.class)
                .map(RunId::new)
                .set());
    }
}
