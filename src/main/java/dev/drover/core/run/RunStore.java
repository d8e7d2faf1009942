package dev.drover.core.run;

import dev.drover.core.Json;
import dev.drover.core.id.AgentId;
import dev.drover.core.id.RunId;
import dev.drover.core.id.UserId;
import dev.drover.core.usage.AgentTime;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/** The table {@code run}, as far as it is written. */
public final class RunStore {
    /** Time in which no server worked on the run is nobody's. */
    private static final String HELD_UNTIL = """
            (select case when n.seen_at + n.lease > now() then cast(:at as timestamptz)
                else greatest(n.seen_at, (select max(e.at) from run_event e where e.run_id = run.id)) end
            from (select) nothing left join node n on n.id = run.node_id)
            """;

    private final Jdbi jdbi;
    private final OptionsCodec codec;
    private final EventCodec events;

    public RunStore(Jdbi jdbi, OptionsCodec codec, EventCodec events) {
        this.jdbi = jdbi;
        this.codec = codec;
        this.events = events;
    }

    /** With the first events of its log in the same trip to the database: every spawn waits for each of them. */
    void insert(Birth birth) {
        List<LogLine> first = LogEnd.NOTHING.continued(birth.run(), birth.first(), birth.at(), events);
        Brief brief = birth.brief();
        jdbi.useHandle(handle -> handle.createUpdate("""
                        with born as (
                            insert into run (id, agent_id, owner_id, ordinal, rate_key, task, region, status, computer,
                                created_at, node_id, fence, options, metadata, structured, lane, brief, sealed)
                            values (:id, :agent, :owner, :ordinal, :rateKey, :task, :region, 'spawning', :computer,
                                :at, :node, 1, :options, jsonb_object(:words), :structured,
                                cast(:lane as uuid), :brief, true))
                        insert into run_event (run_id, seq, step, at, kind, label, payload, digest)
                        select :id, e.place, nullif(e.step, 0), :told, e.kind, e.label, e.payload,
                            decode(e.digest, 'hex')
                        from unnest(:steps, :kinds, :labels, :payloads, :digests) with ordinality
                            as e (step, kind, label, payload, digest, place)
                        """)
                .bindArray(
                        "steps",
                        Long.class,
                        first.stream().map(line -> line.event().step()).toList())
                .bindArray("kinds", String.class, texts(first, LogLine::kind))
                .bindArray("labels", String.class, texts(first, LogLine::label))
                .bindArray("payloads", String.class, texts(first, LogLine::payload))
                .bindArray(
                        "digests",
                        String.class,
                        texts(first, line -> line.digest().toString()))
                .bind("id", birth.run().value())
                .bind("agent", birth.agent().value())
                .bind("owner", birth.owner().value())
                .bind("ordinal", birth.ordinal())
                .bind("rateKey", birth.rateKey())
                .bind("task", birth.task())
                .bind("region", birth.region())
                .bind("computer", word(brief == null ? ComputerState.STARTING : ComputerState.DESTROYED))
                .bind("at", birth.at())
                .bind("told", birth.at().truncatedTo(ChronoUnit.MILLIS))
                .bind("node", birth.node())
                .bind("options", stored(birth.options()))
                .bind("structured", birth.options().resultSchema() != null)
                .bind("words", words(birth.options().metadata()))
                .bind("lane", birth.lane())
                .bind("brief", brief == null ? null : codec.write(brief).text())
                .execute());
    }

    private static List<String> texts(List<LogLine> lines, Function<LogLine, String> text) {
        return lines.stream().map(text).toList();
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

    private @Nullable Brief brief(@Nullable String stored) {
        return stored == null ? null : codec.readBrief(new Json(stored));
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
                            update run set status = 'running', held_at = coalesce(held_at, :at),
                                computer = case computer when 'destroyed' then computer else 'running' end
                            where id = :id and fence = :fence and ended_at is null
                            """);
                case RunChange.Ended ended ->
                    handle.createUpdate("""
                                    with unneeded as (delete from run_file where run_id = :id)
                                    update run set status = :status, result = :result, error = :error, ended_at = :at,
                                        node_id = null, computer = case computer when 'destroyed' then computer
                                        else 'stopping' end, worked_ms = worked_ms + coalesce(
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
                        tools = :tools, tool_calls = :calls, dollars = :dollars
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
                .bind("dollars", usage.dollars())
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
                        brief(row.getString("brief")),
                        row.getObject("lane", UUID.class),
                        row.getInt("ordinal"),
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

    /** Gives a run that nobody has begun to work under this lease to another node; false when it is ours no more. */
    boolean hand(Lease lease, UUID to) {
        return jdbi.withHandle(handle -> handle.execute(
                        "update run set node_id = ? where id = ? and fence = ? and ended_at is null",
                        to,
                        lease.run().value(),
                        lease.fence()))
                == 1;
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

    /** The runs of an agent that are not over. */
    List<RunId> live(AgentId agent) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select id from run where agent_id = :agent and ended_at is null")
                        .bind("agent", agent.value())
                        .map((row, context) -> new RunId(row.getObject("id", UUID.class)))
                        .list());
    }

    /** Takes what they were about out of an agent's runs, for good; they stay counted. */
    void forget(AgentId agent) {
        jdbi.useHandle(handle -> handle.execute(
                "update run set cut = true, task = '', result = null, brief = null, options = null, metadata = null"
                        + " where agent_id = ?",
                agent.value()));
    }

    /** A run of an agent by its number; empty when there is none. */
    Optional<StartedRun> started(AgentId agent, int ordinal) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select id, created_at from run where agent_id = :agent and ordinal = :ordinal")
                .bind("agent", agent.value())
                .bind("ordinal", ordinal)
                .map((row, context) -> new StartedRun(
                        new RunId(row.getObject("id", UUID.class)),
                        agent,
                        ordinal,
                        row.getTimestamp("created_at").toInstant()))
                .findOne());
    }

    /** Empty when there is no such run. */
    Optional<StartedRun> started(RunId run) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select agent_id, ordinal, created_at from run where id = :id")
                .bind("id", run.value())
                .map((row, context) -> new StartedRun(
                        run,
                        new AgentId(row.getObject("agent_id", UUID.class)),
                        row.getInt("ordinal"),
                        row.getTimestamp("created_at").toInstant()))
                .findOne());
    }

    /** Whether its log is only its end and what was said. */
    boolean isPruned(RunId run) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select exists (select from run where id = :id and pruned_at is not null)")
                        .bind("id", run.value())
                        .mapTo(Boolean.class)
                        .one());
    }

    /** Those whose computers somebody needs or will need. */
    Set<AgentId> agentsAtWork() {
        return jdbi.withHandle(handle -> handle.createQuery("select * from run where ended_at is null")
                .map((row, context) -> Held.home(
                        RunViewStore.run(row, row.getTimestamp("created_at").toInstant()), row.getString("brief")))
                .set());
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
