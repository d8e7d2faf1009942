package dev.drover.core.overview;

import dev.drover.core.agent.Origin;
import dev.drover.core.id.AgentId;
import dev.drover.core.id.RunId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;

/** Reads agents of all dialects, page by page. */
public final class RosterStore {
    /** What an agent did last, by its newest runs. */
    private static final String ACTIVE = """
            greatest(s.created_at,
                (select greatest(r.created_at, r.ended_at) from run r
                    where r.agent_id = s.id order by r.ordinal desc limit 1),
                (select greatest(r.created_at, r.finished_at) from heartbeat_run r
                    where r.agent_id = s.id order by r.id desc limit 1))
            """;

    /** Agents are chosen before it is read what each of them does. */
    private static final String LIST = """
            , stand as (select s.id, s.name, s.slug, s.origin, s.owner_id, s.profile, s.created_at, {state} as state
                {from} where true {wanted}),
            chosen as (select s.*, {key} as key from stand s where true {states}),
            page as (select * from chosen s where true {after} order by {order} limit :limit)
            select p.*, (select count(*) from chosen) as total, u.name as owner, {active} as active_at,
                array(select tag from agent_tag where agent_id = p.id order by tag) as tags,
                live.id as run_id, live.beat, live.status, step.kind, step.label,
                (select message from heartbeat_event where run_id = live.id and live.beat order by seq desc limit 1)
                    as message
            from page p join app_user u on u.id = p.owner_id
            left join lateral (
                select id, status, false as beat from run where agent_id = p.id and ended_at is null
                union all
                select id, status, true from heartbeat_run
                where agent_id = p.id and status in ('queued', 'running')
                order by status, id limit 1) live on true
            left join lateral (select kind, label from run_event
                where run_id = live.id and step is not null and not live.beat order by step desc limit 1) step on true
            order by {shown}
            """;

    private static final String STATE_RANK = "array_position("
            + "array['running', 'waiting', 'pending', 'failed', 'paused', 'idle', 'off', 'done'], s.state)";

    private static final String SEARCH = """
            and (s.id = cast(:id as uuid) or position(:search in lower(s.name)) > 0
                or position(:search in s.slug) > 0
                or s.id in (select agent_id from agent_tag where position(:search in tag) > 0))
            """;

    private final Jdbi jdbi;

    public RosterStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * A page and the one behind it.
     *
     * @param total on all pages; 0 when none is on this one
     */
    record Found(List<Listed> agents, int total) {}

    private record Row(Listed agent, int total) {}

    Found list(Sight sight, RosterQuery query) {
        List<Row> rows = jdbi.withHandle(handle -> bound(handle.createQuery(sql(sight, query)), sight, query)
                .map((row, context) -> new Row(listed(row), row.getInt("total")))
                .list());
        return new Found(
                rows.stream().map(Row::agent).toList(),
                rows.isEmpty() ? 0 : rows.getFirst().total());
    }

    private static String sql(Sight sight, RosterQuery query) {
        String search = query.search() == null ? "" : SEARCH;
        String tag = query.tag() == null ? "" : " and s.id in (select agent_id from agent_tag where tag = :tag)";
        String origins = query.origins().isEmpty() ? "" : " and s.origin = any(:origins)";
        String states = query.states().isEmpty() ? "" : " and s.state = any(:states)";
        Order order = order(query.sort());
        return AgentStates.with(sight)
                + LIST.replace("{state}", AgentStates.STATE)
                        .replace("{from}", AgentStates.FROM)
                        .replace("{wanted}", search + tag + origins)
                        .replace("{key}", order.key)
                        .replace("{states}", states)
                        .replace("{after}", query.after() == null ? "" : order.after)
                        .replace("{order}", order.by("s"))
                        .replace("{active}", ACTIVE.replace("s.", "p."))
                        .replace("{shown}", order.by("p"));
    }

    /**
     * An order.
     *
     * @param after a condition that leaves what comes behind a place
     */
    private record Order(String key, String after, String direction) {
        String by(String table) {
            return table + ".key " + direction + ", " + table + ".id desc";
        }
    }

    private static Order order(RosterQuery.Sort sort) {
        return switch (sort) {
            case CREATED -> new Order("0", " and :key = '0' and s.id < :agent", "desc");
            case NAME -> new Order("lower(s.name)", " and (s.key > :key or (s.key = :key and s.id < :agent))", "asc");
            case ACTIVITY -> new Order(ACTIVE, " and (s.key, s.id) < (cast(:key as timestamptz), :agent)", "desc");
            case STATE ->
                new Order(
                        STATE_RANK,
                        " and (s.key > cast(:key as int) or (s.key = cast(:key as int) and s.id < :agent))",
                        "asc");
        };
    }

    private static Query bound(Query query, Sight sight, RosterQuery wanted) {
        Map<String, Object> values = new HashMap<>(sight.values());
        values.put("limit", wanted.limit() + 1);
        RosterQuery.Place after = wanted.after();
        if (after != null) {
            values.put("key", after.key());
            values.put("agent", after.agent());
        }
        if (wanted.tag() != null) {
            values.put("tag", wanted.tag());
        }
        query.bindMap(values);
        if (wanted.search() != null) {
            query.bind("search", wanted.search().toLowerCase(Locale.ROOT)).bind("id", wanted.id());
        }
        if (!wanted.origins().isEmpty()) {
            query.bindArray(
                    "origins",
                    String.class,
                    wanted.origins().stream().map(Origin::word).toList());
        }
        if (!wanted.states().isEmpty()) {
            query.bindArray(
                    "states",
                    String.class,
                    wanted.states().stream().map(AgentState::word).toList());
        }
        return query;
    }

    private static Listed listed(ResultSet row) throws SQLException {
        UUID run = row.getObject("run_id", UUID.class);
        boolean beat = row.getBoolean("beat");
        return new Listed(
                new AgentId(row.getObject("id", UUID.class)),
                row.getString("name"),
                row.getString("slug"),
                Origin.valueOf(row.getString("origin").toUpperCase(Locale.ROOT)),
                AgentState.of(row.getString("state")),
                row.getString("owner"),
                row.getString("profile"),
                List.of((String[]) row.getArray("tags").getArray()),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("active_at").toInstant(),
                run == null ? null : new RunId(run),
                beat,
                run == null ? null : doing(row, beat),
                row.getString("key"));
    }

    private static String doing(ResultSet row, boolean beat) throws SQLException {
        boolean running = row.getString("status").equals("running");
        return beat
                ? Doing.ofHeartbeat(row.getString("message"), running)
                : Doing.of(row.getString("kind"), row.getString("label"), running);
    }
}
