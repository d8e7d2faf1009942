package dev.drover.core.run;

import dev.drover.core.access.Caller;
import dev.drover.core.agent.Agent;
import dev.drover.core.agent.Hold;
import dev.drover.core.agent.Origin;
import dev.drover.core.id.AgentId;
import dev.drover.core.id.RunId;
import dev.drover.core.id.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Reads runs as callers see them: the run, its agent (which the room above owns) and the short story, in one query. */
public final class RunViewStore {
    /**
     * Of agents that are chosen first: a planner that does not know how many there are would else read the story of
     * every one before it takes the newest. Stories are read by step, past the many pieces of replies between.
     */
    private static final String COLUMNS = """
            select a.owner_id, a.name, a.slug, a.origin, a.profile, a.prompt, a.parent_id, a.hold,
                a.created_at as born_at, r.id, a.id as agent_id, r.task, r.region, r.status, r.computer, r.result,
                r.error, r.created_at, r.iterations, r.input_tokens, r.output_tokens, r.tools, r.tool_calls,
                r.dollars,
                r.structured, r.worked_ms + case when r.ended_at is null and r.held_at is not null
                    then greatest(0, 1000 * extract(epoch from (now() - r.held_at))::bigint) else 0 end as worked,
                case when r.metadata is not null then array(select key from jsonb_each_text(r.metadata)) end as words,
                case when r.metadata is not null then array(select value from jsonb_each_text(r.metadata)) end
                    as meanings,
                coalesce(r.ended_at, (select e.at from run_event e where e.run_id = r.id order by e.seq desc limit 1),
                    a.created_at) as updated_at,
                array(select case kind when 'tool_called' then 't' else 'i' end
                        || (1000 * date_part('epoch', at))::bigint || ' ' || label
                    from run_event
                    where run_id = r.id and step is not null
                        and kind in ('noted', 'instructed', 'consulted', 'computer_opened', 'recalled',
                            'model_failed', 'tool_called', 'session_began', 'files_placed', 'workspace_lost',
                            'result_refused', 'forked')
                    order by step desc limit 200) as story
            """;

    /** One born in Jettson stands for its first run, others for their newest (Jettson contract, section 4.6). */
    static final String SHOWN = "case %1$s.origin when 'jettson' then 1 else %1$s.runs end";

    private static final String VIEW = COLUMNS + """
            from (select * from agent where owner_id = :owner and deleted_at is null and slug <> 'trinity-system' %s) a
            left join run r on r.agent_id = a.id and r.ordinal = {shown}
            order by a.id desc
            """.replace("{shown}", SHOWN.formatted("a"));

    private static final String OF_RUN = COLUMNS + "from run r join agent a on a.id = r.agent_id where r.id = :run";

    private final Jdbi jdbi;

    public RunViewStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** An agent's own credentials see that agent and those it made; a user's see all of the user's. */
    Optional<RunView> find(Caller caller, AgentId agent) {
        return jdbi.withHandle(handle -> bound(
                        handle.createQuery(VIEW.formatted(own(caller) + " and id = :agent")), caller)
                .bind("agent", agent.value())
                .map(RunViewStore::view)
                .findOne());
    }

    /** A run without regard to who asks; for the house itself. */
    RunView of(RunId run) {
        return jdbi.withHandle(handle -> handle.createQuery(OF_RUN)
                .bind("run", run.value())
                .map(RunViewStore::view)
                .one());
    }

    private static String own(Caller caller) {
        return caller.agent() == null ? "" : " and :self in (id, parent_id)";
    }

    private static Query bound(Query query, Caller caller) {
        AgentId self = caller.agent();
        query.bind("owner", caller.user().id().value());
        return self == null ? query : query.bind("self", self.value());
    }

    /** Whether the agent exists for the caller, and its run. */
    Optional<RunId> run(Caller caller, AgentId agent) {
        String sql = """
                select coalesce(r.id, a.id) as id
                from (select * from agent where owner_id = :owner and deleted_at is null %s and id = :agent) a
                left join run r on r.agent_id = a.id and r.ordinal = %s
                """.formatted(own(caller), SHOWN.formatted("a"));
        return jdbi.withHandle(handle -> bound(handle.createQuery(sql), caller)
                .bind("agent", agent.value())
                .map((row, context) -> new RunId(row.getObject("id", UUID.class)))
                .findOne());
    }

    /** Newest first; identities ascend with time, so the identity alone gives order and place. */
    List<RunView> list(Caller caller, AgentFilter filter, int limit, @Nullable AgentId after) {
        String page = own(caller) + (filter.anyOrigin() ? "" : " and origin = 'jettson'") + ofRuns(filter)
                + (after == null ? "" : " and id < :after") + " order by id desc limit :limit";
        return jdbi.withHandle(handle -> {
            Query query =
                    bound(handle.createQuery(VIEW.formatted(page)), caller).bind("limit", limit);
            bind(query, filter);
            return (after == null ? query : query.bind("after", after.value()))
                    .map(RunViewStore::view)
                    .list();
        });
    }

    /** Agents are chosen by their runs before any story is read. */
    private static String ofRuns(AgentFilter filter) {
        if (!filter.isOfRuns()) {
            return "";
        }
        Set<RunStatus> statuses = filter.statuses();
        boolean neverRun = statuses != null
                && statuses.contains(RunStatus.IDLE)
                && filter.metadata().isEmpty();
        return " and (id in (select f.agent_id from run f join agent g on g.id = f.agent_id"
                + " where f.owner_id = :owner and f.ordinal = " + SHOWN.formatted("g")
                + (statuses == null ? "" : " and f.status = any(:statuses)")
                + (filter.metadata().isEmpty() ? "" : " and f.metadata @> jsonb_object(:words)") + ")"
                + (neverRun ? " or runs = 0" : "") + ")";
    }

    private static void bind(Query query, AgentFilter filter) {
        Set<RunStatus> statuses = filter.statuses();
        if (statuses != null) {
            query.bindArray(
                    "statuses",
                    String.class,
                    statuses.stream().map(RunStore::word).toList());
        }
        if (!filter.metadata().isEmpty()) {
            query.bind("words", RunStore.words(filter.metadata()));
        }
    }

    private static RunView view(ResultSet row, StatementContext context) throws SQLException {
        return new RunView(
                agent(row),
                run(row, row.getTimestamp("updated_at").toInstant()),
                progress(row),
                metadata(row),
                usage(row),
                Duration.ofMillis(row.getLong("worked")),
                row.getBoolean("structured"));
    }

    /** The agent of a row whose identity is that of a run. */
    static Agent agent(ResultSet row) throws SQLException {
        UUID parent = row.getObject("parent_id", UUID.class);
        return new Agent(
                new AgentId(row.getObject("agent_id", UUID.class)),
                new UserId(row.getObject("owner_id", UUID.class)),
                row.getString("name"),
                row.getString("slug"),
                constant(Origin.class, row.getString("origin")),
                row.getString("profile"),
                row.getString("prompt"),
                parent == null ? null : new AgentId(parent),
                row.getTimestamp("born_at").toInstant(),
                Hold.of(row.getString("hold")));
    }

    static Run run(ResultSet row, Instant updatedAt) throws SQLException {
        AgentId agent = new AgentId(row.getObject("agent_id", UUID.class));
        UUID id = row.getObject("id", UUID.class);
        if (id == null) {
            return Run.none(agent, updatedAt);
        }
        String error = row.getString("error");
        return new Run(
                new RunId(id),
                agent,
                row.getString("task"),
                constant(RunStatus.class, row.getString("status")),
                constant(ComputerState.class, row.getString("computer")),
                row.getString("region"),
                row.getString("result"),
                error == null ? null : constant(FailureReason.class, error),
                row.getTimestamp("created_at").toInstant(),
                updatedAt);
    }

    private static Map<String, String> metadata(ResultSet row) throws SQLException {
        if (row.getArray("words") == null) {
            return Map.of();
        }
        var words = (String[]) row.getArray("words").getArray();
        var meanings = (String[]) row.getArray("meanings").getArray();
        Map<String, String> metadata = new LinkedHashMap<>();
        for (int i = 0; i < words.length; i++) {
            metadata.put(words[i], meanings[i]);
        }
        return metadata;
    }

    static RunUsage usage(ResultSet row) throws SQLException {
        if (row.getArray("tools") == null) {
            return RunUsage.NONE;
        }
        var tools = (String[]) row.getArray("tools").getArray();
        var calls = (Integer[]) row.getArray("tool_calls").getArray();
        SortedMap<String, Integer> counts = new TreeMap<>();
        for (int i = 0; i < tools.length; i++) {
            counts.put(tools[i], calls[i]);
        }
        return new RunUsage(
                row.getInt("iterations"),
                row.getLong("input_tokens"),
                row.getLong("output_tokens"),
                counts,
                row.getDouble("dollars"));
    }

    /** Each line is {@code t} for a tool or {@code i}, the milliseconds, a blank and the text; newest first. */
    private static List<Progress> progress(ResultSet row) throws SQLException {
        var story = (String[]) row.getArray("story").getArray();
        List<Progress> lines = new ArrayList<>(story.length);
        for (int i = story.length - 1; i >= 0; i--) {
            String line = story[i];
            int blank = line.indexOf(' ');
            Instant at = Instant.ofEpochMilli(Long.parseLong(line, 1, blank, 10));
            lines.add(new Progress(at, line.charAt(0) == 't', line.substring(blank + 1)));
        }
        return lines;
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String word) {
        return Enum.valueOf(type, word.toUpperCase(Locale.ROOT));
    }
}
