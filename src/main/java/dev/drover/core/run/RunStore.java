package dev.drover.core.run;

import dev.drover.core.Json;
import dev.drover.core.agent.Agent;
import dev.drover.core.id.AgentId;
import dev.drover.core.id.RunId;
import dev.drover.core.id.UserId;
import dev.drover.core.usage.AgentTime;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/** The table {@code run}, as far as it is written. */
public final class RunStore {
    /** Time in which no server worked on the run is nobody's. */
    private static final String HELD_UNTIL = """
            (select case when n.seen_at > now() - interval '%d milliseconds' then cast(:at as timestamptz)
                else greatest(n.seen_at, (select max(e.at) from run_event e where e.run_id = run.id)) end
            from (select) nothing left join node n on n.id = run.node_id)
            """.formatted(Leases.LEASE.toMillis());

    /** What the log of every run begins with (Jettson contract, section 4.3). */
    private static final Entry.Noted FIRST_REMARK = new Entry.Noted("Planning task…");

    private final Jdbi jdbi;
    private final OptionsCodec codec;
    private final EventCodec events;

    public RunStore(Jdbi jdbi, OptionsCodec codec, EventCodec events) {
        this.jdbi = jdbi;
        this.codec = codec;
        this.events = events;
    }

    /** With the first event of its log in the same trip to the database: every spawn waits for each of them. */
    void insert(RunId id, Agent agent, SpawnAgent order, String rateKey, UUID node) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        with born as (
                            insert into run (id, agent_id, owner_id, ordinal, rate_key, task, region, status, computer,
                                created_at, node_id, fence, options, metadata, structured)
                            values (:id, :agent, :owner, 1, :rateKey, :task, :region, 'spawning', 'starting', :at,
                                :node, 1, :options, jsonb_object(:words), :structured))
                        insert into run_event (run_id, seq, step, at, kind, label, payload)
                        values (:id, 1, 1, :at, 'noted', :label, :payload)
                        """)
                .bind("label", FIRST_REMARK.message())
                .bind("payload", events.write(FIRST_REMARK).text())
                .bind("id", id.value())
                .bind("agent", agent.id().value())
                .bind("owner", agent.owner().value())
                .bind("rateKey", rateKey)
                .bind("task", order.task())
                .bind("region", order.region())
                .bind("at", agent.createdAt())
                .bind("node", node)
                .bind("options", stored(order.options()))
                .bind("structured", order.options().resultSchema() != null)
                .bind("words", words(order.options().metadata()))
                .execute());
    }

    /**
     * What the holder of a run that ends now has worked on it: until now, or until the last sign of life of a node that
     * has been silent for the time of a lease. Empty before the computer was up.
     */
    Optional<AgentTime> worked(RunId run, Instant at) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select owner_id, held_at, %s as until from run where id = :id and held_at is not null
                        """.formatted(HELD_UNTIL))
                .bind("id", run.value())
                .bind("at", at)
                .map((row, context) -> new AgentTime(
                        new UserId(row.getObject("owner_id", UUID.class)),
                        row.getTimestamp("held_at").toInstant(),
                        row.getTimestamp("until").toInstant()))
                .findOne());
    }

    private @Nullable String stored(RunOptions options) {
        RunOptions kept = options.kept();
        return kept.equals(RunOptions.NONE) ? null : codec.write(kept).text();
    }

    private RunOptions options(@Nullable String stored) {
        return stored == null ? RunOptions.NONE : codec.read(new Json(stored));
    }

    /** Key, value, key, value; null when there is nothing, which the index leaves out. */
    static String @Nullable [] words(Map<String, String> metadata) {
        return metadata.isEmpty()
                ? null
                : metadata.entrySet().stream()
                        .flatMap(word -> Stream.of(word.getKey(), word.getValue()))
                        .toArray(String[]::new);
    }

    /** False when the run has another holder or is over. */
    boolean change(Lease lease, RunChange change, Instant at) {
        return jdbi.withHandle(handle -> {
            Update update = switch (change) {
                case RunChange.Started started -> handle.createUpdate("""
                            update run set status = 'running', computer = 'running', held_at = coalesce(held_at, :at)
                            where id = :id and fence = :fence and ended_at is null
                            """);
                case RunChange.Ended ended ->
                    handle.createUpdate("""
                                    with unneeded as (delete from run_file where run_id = :id)
                                    update run set status = :status, result = :result, error = :error, ended_at = :at,
                                        node_id = null, computer = 'stopping', worked_ms = worked_ms + coalesce(
                                            1000 * extract(epoch from greatest(
                                                interval '0', %s - held_at)), 0)::bigint
                                    where id = :id and fence = :fence and ended_at is null
                                    """.formatted(HELD_UNTIL))
                            .bind("status", word(ended.status()))
                            .bind(
                                    "result",
                                    ended.result() == null
                                            ? null
                                            : ended.result().replace('\0', '\uFFFD'))
                            .bind("error", ended.error() == null ? null : word(ended.error()));
            };
            return update.bind("id", lease.run().value())
                            .bind("fence", lease.fence())
                            .bind("at", at)
                            .execute()
                    == 1;
        });
    }

    /** Keeps what runs have used in all, as far as these appends change it. */
    void use(List<Append> appends) {
        Map<RunId, Append> last = new LinkedHashMap<>();
        for (Append append : appends) {
            if (append.usage() != null) {
                last.put(append.lease().run(), append);
            }
        }
        if (last.isEmpty()) {
            return;
        }
        jdbi.useHandle(handle -> {
            PreparedBatch batch = handle.prepareBatch("""
                    update run set iterations = :iterations, input_tokens = :input, output_tokens = :output,
                        tools = :tools, tool_calls = :calls
                    where id = :id and fence = :fence
                    """);
            last.values().forEach(append -> use(batch, append.lease(), Objects.requireNonNull(append.usage())));
            batch.execute();
        });
    }

    private static void use(PreparedBatch batch, Lease lease, RunUsage usage) {
        batch.bind("id", lease.run().value())
                .bind("fence", lease.fence())
                .bind("iterations", usage.iterations())
                .bind("input", usage.inputTokens())
                .bind("output", usage.outputTokens())
                .bindArray("tools", String.class, storable(usage.toolCalls().keySet()))
                .bindArray("calls", Integer.class, List.copyOf(usage.toolCalls().values()))
                .add();
    }

    /** A model may call a tool by any name. */
    private static List<String> storable(Set<String> names) {
        return names.stream().map(name -> name.replace('\0', '\uFFFD')).toList();
    }

    /** The run of a lease; empty when the lease is no longer the newest or the run is over. */
    Optional<Held> held(Lease lease) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select r.*, a.profile, a.name as agent_name,
                            exists (select 1 from run_file f where f.run_id = r.id) as has_files
                        from run r join agent a on a.id = r.agent_id
                        where r.id = :id and r.fence = :fence and r.ended_at is null
                        """)
                .bind("id", lease.run().value())
                .bind("fence", lease.fence())
                .map((row, context) -> new Held(
                        RunViewStore.run(row, row.getTimestamp("created_at").toInstant()),
                        lease,
                        new UserId(row.getObject("owner_id", UUID.class)),
                        row.getString("profile"),
                        row.getString("agent_name"),
                        options(row.getString("options")),
                        row.getBoolean("has_files"),
                        Duration.ofMillis(row.getLong("worked_ms"))))
                .findOne());
    }

    /** Empty for an agent of which nothing is known: its database was another. */
    Optional<UserId> ownerOf(AgentId agent) {
        return jdbi.withHandle(handle -> handle.createQuery("select owner_id from run where agent_id = :agent limit 1")
                .bind("agent", agent.value())
                .map((row, context) -> new UserId(row.getObject("owner_id", UUID.class)))
                .findOne());
    }

    /** Takes a run that is not over away from its holder, for whoever ends it from outside; empty when it is over. */
    Optional<Lease> seize(RunId run) {
        return jdbi.withHandle(
                handle -> handle.createUpdate("update run set fence = fence + 1 where id = :id and ended_at is null")
                        .bind("id", run.value())
                        .executeAndReturnGeneratedKeys("fence")
                        .map((row, context) -> new Lease(run, row.getLong("fence")))
                        .findOne());
    }

    /** The same, for good: the run is that node's afterwards. */
    void seizeFor(UUID node, RunId run) {
        jdbi.useHandle(handle -> handle.execute(
                "update run set fence = fence + 1, node_id = ? where id = ? and ended_at is null", node, run.value()));
    }

    /** The computer of a run that is over is gone; false, and no change, when the run goes on elsewhere. */
    boolean destroyed(RunId run) {
        return jdbi.withHandle(handle -> handle.execute(
                        "update run set computer = 'destroyed' where id = ? and ended_at is not null", run.value()))
                == 1;
    }

    boolean isDestroyed(AgentId agent) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select not exists (select 1 from run where agent_id = :agent and computer <> 'destroyed')")
                .bind("agent", agent.value())
                .mapTo(Boolean.class)
                .one());
    }

    /** What was said of the agent's newest run. */
    RunOptions optionsOf(AgentId agent) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select coalesce(options, '') from run where agent_id = :agent order by ordinal desc limit 1")
                .bind("agent", agent.value())
                .mapTo(String.class)
                .findOne()
                .map(stored -> options(stored.isEmpty() ? null : stored))
                .orElse(RunOptions.NONE));
    }

    /** The same for those whose server was lost while it cleaned up. */
    void destroyed(Instant endedBefore) {
        jdbi.useHandle(handle -> handle.execute(
                "update run set computer = 'destroyed' where computer = 'stopping' and ended_at < ?", endedBefore));
    }

    /** Those whose computers somebody needs or will need. */
    Set<AgentId> agentsAtWork() {
        return jdbi.withHandle(handle -> handle.createQuery("select agent_id from run where ended_at is null")
                .map((row, context) -> new AgentId(row.getObject("agent_id", UUID.class)))
                .set());
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
