package dev.drover.core.heartbeat;

import dev.drover.core.Documents;
import dev.drover.core.Json;
import dev.drover.core.id.AgentId;
import dev.drover.core.id.IssueId;
import dev.drover.core.id.RunId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Tells how runs stand, from {@code heartbeat_run}, {@code node} and the tables of agents, members and machines. */
public final class StandingStore {
    /** Servers look for what waits every ten seconds, whatever they were told. */
    private static final String FRESH = "30 seconds";

    private static final String LIVE = """
            select r.id, r.agent_id, r.adapter, r.status = 'running' as running, r.node_id, r.issue_id, r.wish_reason,
                coalesce(r.started_at, r.created_at) as since, now() as today,
                n.seen_at + n.lease as lease_until, coalesce(n.seen_at + n.lease > now(), false) as living,
                r.created_at > now() - interval '{fresh}' as fresh,
                a.hold is not null or a.halted as held, b.runtime_config, b.adapter_config,
                exists (select from machine m where m.agent_id = r.agent_id and m.ready and not exists (
                    select from node o where o.host = m.host and o.seen_at + o.lease > now())) as elsewhere,
                (select count(*) from heartbeat_run w where w.agent_id = r.agent_id and w.status = 'running')
                    as working,
                (select w.id from heartbeat_run w where w.agent_id = r.agent_id and w.status = 'running'
                    order by w.id limit 1) as worked,
                (select w.started_at from heartbeat_run w where w.agent_id = r.agent_id and w.started_at is not null
                    order by w.id desc limit 1) as last_start,
                (select count(*) from heartbeat_run where status = 'running')
                    >= :processes * (select count(*) from node n where n.seen_at + n.lease > now()) as everywhere
            from heartbeat_run r left join node n on n.id = r.node_id left join agent a on a.id = r.agent_id
            left join member b on b.agent_id = r.agent_id
            where r.status in ('queued', 'running') {which}
            order by running desc, r.created_at, r.id
            """.replace("{fresh}", FRESH);

    private final Jdbi jdbi;
    private final Documents documents;
    private final int processes;

    /** @param processes how many runs a server works at once */
    public StandingStore(Jdbi jdbi, Documents documents, int processes) {
        this.jdbi = jdbi;
        this.documents = documents;
        this.processes = processes;
    }

    List<Standing> all() {
        return live("", null);
    }

    /** Of one agent: what is worked first, then what has waited the longest. */
    List<Standing> of(AgentId agent) {
        return live("and r.agent_id = :agent", agent);
    }

    private List<Standing> live(String which, @Nullable AgentId agent) {
        return jdbi.withHandle(handle -> {
            var query = handle.createQuery(LIVE.replace("{which}", which)).bind("processes", processes);
            if (agent != null) {
                query.bind("agent", agent.value());
            }
            return query.map((row, context) -> standing(row)).list();
        });
    }

    private Standing standing(ResultSet row) throws SQLException {
        HeartbeatPolicy policy = HeartbeatPolicy.of(config(row, "runtime_config"));
        UUID worked = row.getObject("worked", UUID.class);
        UUID issue = row.getObject("issue_id", UUID.class);
        Instant lastStart = instant(row, "last_start");
        Instant free = lastStart == null ? null : lastStart.plus(policy.cooldown());
        Instant now = row.getTimestamp("today").toInstant();
        Object timeout = config(row, "adapter_config").get("timeoutSec");
        return new Standing(
                new RunId(row.getObject("id", UUID.class)),
                new AgentId(row.getObject("agent_id", UUID.class)),
                row.getString("adapter"),
                row.getBoolean("running"),
                row.getObject("node_id", UUID.class),
                instant(row, "lease_until"),
                row.getBoolean("living"),
                row.getBoolean("fresh"),
                row.getBoolean("held"),
                row.getBoolean("elsewhere"),
                row.getInt("working"),
                worked == null ? null : new RunId(worked),
                policy.slots(),
                row.getBoolean("everywhere"),
                free != null && free.isAfter(now) ? free : null,
                timeout instanceof Number seconds && seconds.longValue() > 0
                        ? Duration.ofSeconds(seconds.longValue())
                        : null,
                issue == null ? null : new IssueId(issue),
                row.getString("wish_reason"),
                row.getTimestamp("since").toInstant());
    }

    private Map<String, @Nullable Object> config(ResultSet row, String name) throws SQLException {
        String text = row.getString(name);
        return text == null ? Map.of() : documents.read(new Json(text));
    }

    private static @Nullable Instant instant(ResultSet row, String name) throws SQLException {
        Timestamp at = row.getTimestamp(name);
        return at == null ? null : at.toInstant();
    }

    /** How the newest run of the agent ended; empty when none has. */
    Optional<Ending> ending(AgentId agent) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select id, status, error, finished_at from heartbeat_run
                        where agent_id = :agent and finished_at is not null order by id desc limit 1
                        """)
                .bind("agent", agent.value())
                .map((row, context) -> new Ending(
                        new RunId(row.getObject("id", UUID.class)),
                        HeartbeatStatus.of(row.getString("status")),
                        row.getString("error"),
                        row.getTimestamp("finished_at").toInstant()))
                .findOne());
    }

    record Ending(
            RunId run, HeartbeatStatus status, @Nullable String error, Instant at) {}

    /** The oldest wake of the agent that waits for what another does for the same issue; empty when none does. */
    Optional<Deferral> deferral(AgentId agent) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select w.issue_id, w.created_at, (select r.id from heartbeat_run r
                            where r.issue_id = w.issue_id and r.holds_issue and r.status in ('queued', 'running')
                            order by r.created_at, r.id limit 1) as holder
                        from wakeup w
                        where w.agent_id = :agent and w.status = 'deferred_issue_execution'
                        order by w.created_at limit 1
                        """)
                .bind("agent", agent.value())
                .map((row, context) -> {
                    UUID holder = row.getObject("holder", UUID.class);
                    return new Deferral(
                            new IssueId(row.getObject("issue_id", UUID.class)),
                            holder == null ? null : new RunId(holder),
                            row.getTimestamp("created_at").toInstant());
                })
                .findOne());
    }

    /** @param holder null for a moment, until the wake becomes a run */
    record Deferral(IssueId issue, @Nullable RunId holder, Instant since) {}
}
