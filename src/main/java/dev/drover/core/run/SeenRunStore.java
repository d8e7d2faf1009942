package dev.drover.core.run;

import dev.drover.core.Json;
import dev.drover.core.access.Caller;
import dev.drover.core.agent.NamedAgentStore;
import dev.drover.core.id.AgentId;
import dev.drover.core.id.RunId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Reads runs and agents of every dialect for all who may use them. */
public final class SeenRunStore {
    private static final int MOST_CHILDREN = 50;

    /** Whoever owns an agent's maker sees the agent anyway; the maker itself is owed the same. */
    private static final String SEEN = "(" + NamedAgentStore.ACCESSIBLE
            + " or (t.deleted_at is null and t.owner_id = :user and t.parent_id = cast(:self as uuid)))";

    private static final String RUNS = """
            select t.owner_id, t.name, t.slug, t.origin, t.profile, t.prompt, t.parent_id, t.hold,
                t.created_at as born_at, u.name as owner_name, r.id, r.agent_id, r.ordinal, r.region, r.status,
                r.computer, r.error, r.created_at, r.ended_at, r.iterations, r.input_tokens, r.output_tokens, r.tools,
                r.tool_calls, r.dollars, r.options, r.brief, %s,
                coalesce(cast(r.brief as json) ->> 'profile', t.profile) as asked,
                (select cast(sum(c.cost_micros) as bigint)
                    from cost_event c where c.run_id = r.id) as micros,
                s.kind as step_kind, s.label as step_label, s.at as step_at
            from run r join agent t on t.id = r.agent_id join app_user u on u.id = t.owner_id
            left join lateral (
                select e.kind, e.label, e.at from run_event e
                where e.run_id = r.id and r.ended_at is null
                    and (e.seq = 1 or e.kind not in ('noted', 'egress_judged', 'model_spoke', 'tool_showed'))
                order by e.seq desc limit 1) s on true
            where
            """.stripTrailing() + " " + SEEN;

    private static final String BRIEFLY = "left(r.task, 300) as task, cast(null as text) as result";
    private static final String WHOLLY = "r.task, r.result";

    private final Jdbi jdbi;
    private final OptionsCodec codec;

    public SeenRunStore(Jdbi jdbi, OptionsCodec codec) {
        this.jdbi = jdbi;
        this.codec = codec;
    }

    /** Newest first; identities ascend with time, so the identity alone gives order and place. */
    List<SeenRun> list(Caller caller, RunFilter filter, int limit, @Nullable RunId before) {
        AgentId agent = filter.agent();
        String sql = RUNS.formatted(BRIEFLY)
                + (agent == null ? "" : " and r.agent_id = :agent")
                + (filter.statuses().isEmpty() ? "" : " and r.status = any(:statuses)")
                + (before == null ? "" : " and r.id < :before")
                + " order by r.id desc limit :limit";
        return jdbi.withHandle(handle -> {
            Query query =
                    NamedAgentStore.asking(handle.createQuery(sql), caller).bind("limit", limit);
            if (agent != null) {
                query.bind("agent", agent.value());
            }
            if (!filter.statuses().isEmpty()) {
                query.bindArray(
                        "statuses",
                        String.class,
                        filter.statuses().stream().map(RunStore::word).toList());
            }
            if (before != null) {
                query.bind("before", before.value());
            }
            return query.map(SeenRunStore::seen).list();
        });
    }

    Optional<SeenRun> find(Caller caller, RunId run) {
        return jdbi.withHandle(
                handle -> one(handle.createQuery(RUNS.formatted(WHOLLY) + " and r.id = :run"), caller, run)
                        .map(SeenRunStore::seen)
                        .findOne());
    }

    /** Whether there is such a run for the caller, and where it belongs. */
    Optional<StartedRun> started(Caller caller, RunId run) {
        String sql = "select r.agent_id, r.ordinal, r.created_at from run r join agent t on t.id = r.agent_id"
                + " where r.id = :run and " + SEEN;
        return jdbi.withHandle(handle -> one(handle.createQuery(sql), caller, run)
                .map((row, context) -> new StartedRun(
                        run,
                        new AgentId(row.getObject("agent_id", UUID.class)),
                        row.getInt("ordinal"),
                        row.getTimestamp("created_at").toInstant()))
                .findOne());
    }

    private static Query one(Query query, Caller caller, RunId run) {
        return NamedAgentStore.asking(query, caller).bind("run", run.value());
    }

    /** What was said of the run when it began. */
    RunOptions options(RunId run) {
        return column(run, "options")
                .map(stored -> codec.read(new Json(stored)))
                .orElse(RunOptions.NONE);
    }

    Optional<Brief> brief(RunId run) {
        return column(run, "brief").map(stored -> codec.readBrief(new Json(stored)));
    }

    private Optional<String> column(RunId run, String name) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select " + name + " from run where id = :run and " + name + " is not null")
                .bind("run", run.value())
                .mapTo(String.class)
                .findOne());
    }

    /** @param name the agent's slug, or the text of its identity */
    Optional<SeenAgent> agent(Caller caller, String name, @Nullable UUID id) {
        String sql = """
                select t.*, u.name as user_name, u.role, u.team, u.email, false as permitted, t.runs as had,
                    exists (select from agent_share s where s.agent_id = t.id and s.email = :email) as shared,
                    (select r.id from run r where r.agent_id = t.id order by r.ordinal desc limit 1) as newest,
                    p.id as maker, p.name as maker_name
                from agent t join app_user u on u.id = t.owner_id
                left join agent p on p.id = t.parent_id and p.deleted_at is null
                where (t.id = cast(:id as uuid) or t.slug = :name) and
                """.stripTrailing() + " " + SEEN + " order by t.slug = :name desc limit 1";
        return jdbi.withHandle(handle -> NamedAgentStore.asking(handle.createQuery(sql), caller)
                .bind("name", name)
                .bind("id", id)
                .map((row, context) -> agent(row, caller))
                .findOne());
    }

    private SeenAgent agent(ResultSet row, Caller caller) throws SQLException {
        AgentId id = new AgentId(row.getObject("id", UUID.class));
        UUID newest = row.getObject("newest", UUID.class);
        UUID maker = row.getObject("maker", UUID.class);
        return new SeenAgent(
                NamedAgentStore.reached(row, caller),
                row.getInt("had"),
                newest == null ? null : new RunId(newest),
                maker == null ? null : new SeenAgent.Named(new AgentId(maker), row.getString("maker_name")),
                children(id));
    }

    private List<SeenAgent.Named> children(AgentId agent) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select id, name from agent where parent_id = :agent and deleted_at is null
                        order by id limit :most
                        """)
                .bind("agent", agent.value())
                .bind("most", MOST_CHILDREN)
                .map((row, context) ->
                        new SeenAgent.Named(new AgentId(row.getObject("id", UUID.class)), row.getString("name")))
                .list());
    }

    private static SeenRun seen(ResultSet row, StatementContext context) throws SQLException {
        Timestamp ended = row.getTimestamp("ended_at");
        Timestamp step = row.getTimestamp("step_at");
        Instant born = row.getTimestamp("created_at").toInstant();
        Instant updated = ended != null ? ended.toInstant() : step != null ? step.toInstant() : born;
        return new SeenRun(
                RunViewStore.agent(row),
                row.getString("owner_name"),
                RunViewStore.run(row, updated),
                row.getInt("ordinal"),
                row.getString("asked"),
                ended == null ? null : ended.toInstant(),
                RunViewStore.usage(row),
                dollars(row),
                step == null
                        ? null
                        : new SeenRun.Step(
                                EventKind.of(row.getString("step_kind")),
                                row.getString("step_label"),
                                step.toInstant()));
    }

    /** What budgets counted, else what the program that worked says. */
    private static @Nullable Double dollars(ResultSet row) throws SQLException {
        Long micros = row.getObject("micros", Long.class);
        double said = row.getDouble("dollars");
        if (micros != null) {
            return micros / 1e6;
        }
        return said > 0 ? said : null;
    }
}
