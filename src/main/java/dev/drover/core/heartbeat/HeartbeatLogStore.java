package dev.drover.core.heartbeat;

import dev.drover.core.id.AgentId;
import dev.drover.core.id.RunId;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Compares what is stored of runs: their events, and what their programs printed. The database computes the hashes. */
public final class HeartbeatLogStore {
    private final Jdbi jdbi;

    public HeartbeatLogStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * What the tables say of one run.
     *
     * @param gap the first number that no event has; null when there is none
     * @param isTorn whether pieces of the log are missing or overlap
     * @param isOther whether the whole is not as long, or has not the hash, that was kept when the run ended
     */
    record Row(
            RunId run, AgentId agent, int events, @Nullable Integer gap, boolean isTorn, boolean isOther) {}

    /** Of that many runs behind the one given. */
    List<Row> read(@Nullable RunId after, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select r.id, r.agent_id, e.events, e.gap, coalesce(l.torn, false) as torn,
                            not r.forgotten and r.log_bytes is not null
                                and (r.log_bytes <> coalesce(l.bytes, 0)
                                    or r.log_sha256 is distinct from encode(l.hash, 'hex')) as other
                        from (select * from heartbeat_run where id > :after order by id limit :limit) r
                        cross join lateral (
                            select count(*) as events, min(place) filter (where seq <> place) as gap
                            from (select seq, row_number() over (order by seq) as place
                                from heartbeat_event where run_id = r.id) numbered) e
                        cross join lateral (
                            select sum(length(lines)) as bytes, bool_or(at <> start) as torn,
                                case when r.log_bytes is not null
                                    then sha256(string_agg(lines, ''::bytea order by at)) end as hash
                            from (select at, lines, coalesce(sum(length(lines)) over (
                                    order by at rows between unbounded preceding and 1 preceding), 0) as start
                                from heartbeat_log where run_id = r.id) pieces) l
                        order by r.id
                        """)
                .bind("after", after == null ? new UUID(0, 0) : after.value())
                .bind("limit", limit)
                .map((row, context) -> new Row(
                        new RunId(row.getObject("id", UUID.class)),
                        new AgentId(row.getObject("agent_id", UUID.class)),
                        row.getInt("events"),
                        row.getObject("gap") == null ? null : row.getInt("gap"),
                        row.getBoolean("torn"),
                        row.getBoolean("other")))
                .list());
    }
}
