package dev.drover.core.execution;

import dev.drover.core.Json;
import dev.drover.core.id.AgentId;
import dev.drover.core.id.RunId;
import dev.drover.core.model.Reply;
import dev.drover.core.run.Entry;
import dev.drover.core.run.EventCodec;
import dev.drover.core.run.EventKind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** The table {@code execution}, read together with the runs that it names. */
public final class ExecutionStore {
    private static final String SHOWN = """
            select x.*, r.status, r.task, r.result, r.ended_at, r.input_tokens, r.output_tokens,
                nullif(r.dollars, 0) as dollars,
                coalesce((select sum(calls) from unnest(r.tool_calls) as calls), 0) as called,
                m.payload as replied, f.payload as failed, a.slug
            from execution x join agent a on a.id = x.agent_id
            left join run r on r.id = x.id
            left join lateral (select payload from run_event where run_id = r.id and kind = 'model_replied'
                order by seq desc limit 1) m on true
            left join lateral (select payload from run_event where run_id = r.id and kind = 'failed'
                order by seq desc limit 1) f on r.status = 'error'
            """;

    private static final String OF_AGENT = SHOWN + "where x.agent_id = :agent";

    private final Jdbi jdbi;
    private final EventCodec codec;

    public ExecutionStore(Jdbi jdbi, EventCodec codec) {
        this.jdbi = jdbi;
        this.codec = codec;
    }

    /** @param skipped why it has no run; null when it has one */
    void insert(UUID id, AgentId agent, @Nullable UUID session, Work work, Setting setting, @Nullable String skipped) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        insert into execution (id, agent_id, session_id, schedule_id, tick, trigger, source, profile,
                            context_tokens, message, reason, created_at)
                        values (:id, :agent, cast(:session as uuid), cast(:schedule as uuid),
                            cast(:tick as timestamptz), :trigger, :source, :profile, :window, :message, :reason, :at)
                        """)
                .bind("id", id)
                .bind("agent", agent.value())
                .bind("session", session)
                .bind("schedule", work.cause().schedule())
                .bind("tick", work.cause().tick())
                .bind("trigger", work.cause().trigger().word())
                .bind("source", work.cause().source())
                .bind("profile", setting.profile())
                .bind("window", setting.contextTokens())
                .bind("message", skipped == null ? null : work.message())
                .bind("reason", skipped)
                .bind("at", setting.at())
                .execute());
    }

    /** By which profile, with how large a window, and when. */
    record Setting(String profile, int contextTokens, Instant at) {}

    /** The newest first. */
    List<Execution> list(ExecutionQuery query) {
        ExecutionStatus status = query.status();
        Trigger trigger = query.trigger();
        String filter = (query.schedule() == null ? "" : " and x.schedule_id = :schedule")
                + (status == null ? "" : " and coalesce(r.status, '') = :status")
                + (trigger == null ? "" : " and x.trigger = :trigger")
                + (query.before() == null ? "" : " and x.id < :before");
        return jdbi.withHandle(handle -> {
            Query select = handle.createQuery(OF_AGENT + filter + " order by x.id desc limit :limit")
                    .bind("agent", query.agent().value())
                    .bind("limit", query.limit());
            if (query.schedule() != null) {
                select.bind("schedule", query.schedule());
            }
            if (status != null) {
                select.bind("status", status.run());
            }
            if (trigger != null) {
                select.bind("trigger", trigger.word());
            }
            if (query.before() != null) {
                select.bind("before", query.before());
            }
            return select.map((row, context) -> execution(row)).list();
        });
    }

    Optional<Execution> find(AgentId agent, UUID id) {
        return jdbi.withHandle(handle -> handle.createQuery(OF_AGENT + " and x.id = :id")
                .bind("agent", agent.value())
                .bind("id", id)
                .map((row, context) -> execution(row))
                .findOne());
    }

    /** With the name that its agent goes by; empty for a run that is none. */
    Optional<Named> named(RunId run) {
        return jdbi.withHandle(handle -> handle.createQuery(SHOWN + "where x.id = :id")
                .bind("id", run.value())
                .map((row, context) -> new Named(row.getString("slug"), execution(row)))
                .findOne());
    }

    record Named(String slug, Execution execution) {}

    /** The tasks of the agent that are not over, oldest first; chat does not count. */
    List<UUID> active(AgentId agent) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select x.id from run r join execution x on x.id = r.id
                        where r.agent_id = :agent and r.ended_at is null and x.session_id is null order by x.id
                        """)
                .bind("agent", agent.value())
                .mapTo(UUID.class)
                .list());
    }

    /** How many turns of a chat are not over. */
    int waiting(UUID session) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select count(*) from run where lane = :lane and ended_at is null")
                        .bind("lane", session)
                        .mapTo(Integer.class)
                        .one());
    }

    /** Whether something that the schedule made is not over. */
    boolean isBusy(AgentId agent, UUID schedule) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select exists (select from run r join execution x on x.id = r.id
                            where r.agent_id = :agent and r.ended_at is null and x.schedule_id = :schedule)
                        """)
                .bind("agent", agent.value())
                .bind("schedule", schedule)
                .mapTo(Boolean.class)
                .one());
    }

    /** Whether there is a record of that due moment. */
    boolean isRecorded(UUID schedule, Instant tick) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select exists (select from execution where schedule_id = :schedule and tick = :tick)")
                .bind("schedule", schedule)
                .bind("tick", tick)
                .mapTo(Boolean.class)
                .one());
    }

    /** Those that a schedule made are gone with it. */
    void forget(UUID schedule) {
        jdbi.useHandle(handle -> handle.execute("delete from execution where schedule_id = ?", schedule));
    }

    /** Goes with the run that it is. */
    public void forget(Collection<RunId> runs) {
        jdbi.useHandle(handle -> handle.createUpdate("delete from execution where id = any(:runs)")
                .bindArray("runs", UUID.class, runs.stream().map(RunId::value).toList())
                .execute());
    }

    /** Takes out at most so many that were skipped before then, and so have no run; how many there were. */
    public int pruneSkipped(Instant before, int most) {
        return jdbi.withHandle(handle -> handle.execute("""
                delete from execution where id in (select x.id from execution x
                    where x.created_at < ? and not exists (select from run r where r.id = x.id) limit ?)
                """, before, most));
    }

    private Execution execution(ResultSet row) throws SQLException {
        String status = row.getString("status");
        Instant created = row.getTimestamp("created_at").toInstant();
        Timestamp ended = row.getTimestamp("ended_at");
        boolean isSkipped = status == null;
        return new Execution(
                row.getObject("id", UUID.class),
                new AgentId(row.getObject("agent_id", UUID.class)),
                row.getObject("session_id", UUID.class),
                row.getObject("schedule_id", UUID.class),
                Trigger.valueOf(row.getString("trigger").toUpperCase(Locale.ROOT)),
                row.getString("source"),
                ExecutionStatus.ofRun(status == null ? "" : status),
                isSkipped ? row.getString("message") : row.getString("task"),
                row.getString("result"),
                isSkipped ? row.getString("reason") : error(row.getString("failed")),
                created,
                isSkipped ? created : ended == null ? null : ended.toInstant(),
                row.getString("profile"),
                effort(row));
    }

    private @Nullable String error(@Nullable String payload) {
        return payload != null && codec.read(EventKind.FAILED, new Json(payload)) instanceof Entry.Failed failed
                ? failed.message()
                : null;
    }

    private Execution.Effort effort(ResultSet row) throws SQLException {
        String payload = row.getString("replied");
        Optional<Reply> last = Optional.ofNullable(payload).flatMap(this::reply);
        return new Execution.Effort(
                last.map(Reply::model).orElse(null),
                row.getObject("dollars", Double.class),
                last.map(ExecutionStore::used).orElse(null),
                row.getInt("context_tokens"),
                row.getLong("input_tokens"),
                row.getLong("output_tokens"),
                row.getInt("called"));
    }

    private Optional<Reply> reply(String payload) {
        return codec.read(EventKind.MODEL_REPLIED, new Json(payload)) instanceof Entry.ModelReplied replied
                ? Optional.of(replied.reply())
                : Optional.empty();
    }

    /** What the next call would have to read, at least. */
    static long used(Reply reply) {
        return reply.usage().inputTokens() + reply.usage().outputTokens();
    }
}
