package dev.drover.core.run;

import dev.drover.core.id.AgentId;
import dev.drover.core.id.RunId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Reads the tables {@code run} and {@code run_event} for a check; the database itself computes the digests. */
public final class LogCheckStore {
    /** So many rows are in memory at once; what a tool returned may be large. */
    private static final int FETCHED = 200;

    private static final String ROWS = """
            select r.id, r.agent_id, r.status, r.ended_at is not null as is_over, r.sealed,
                r.cut or a.deleted_at is not null as is_cut, coalesce(e.seq, 0) as seq, coalesce(e.step, 0) as step,
                coalesce(e.kind, '') as kind, e.call, e.proof
            from (select * from run where {which} order by id limit :runs) r
            join agent a on a.id = r.agent_id
            left join lateral (
                select seq, step, kind,
                    case when kind in ('tool_called', 'tool_returned') then payload end as call,
                    case when digest is null then 'NONE' when digest = {digest} then 'GOOD' else 'BAD' end as proof
                from (select *, lag(digest) over (order by seq) as before from run_event where run_id = r.id) logged
                order by seq) e on true
            order by r.id, e.seq
            """.replace("{digest}", Digest.SQL);

    private final Jdbi jdbi;

    public LogCheckStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** The rows of the logs of that many runs behind the one given, in order, as long as the reader wants more. */
    void read(@Nullable RunId after, int runs, Predicate<LogRow> reader) {
        UUID from = after == null ? new UUID(0, 0) : after.value();
        read("id > :id", from, runs, reader);
    }

    /** The rows of one log. */
    void read(RunId run, Predicate<LogRow> reader) {
        read("id = :id", run.value(), 1, reader);
    }

    private void read(String which, UUID id, int runs, Predicate<LogRow> reader) {
        // Within a transaction the driver fetches as it goes on; outside of one it would hold all rows.
        jdbi.useTransaction(handle -> {
            try (Stream<LogRow> rows = handle
                    .createQuery(ROWS.replace("{which}", which))
                    .bind("id", id)
                    .bind("runs", runs)
                    .setFetchSize(FETCHED)
                    .map((row, context) -> row(row))
                    .stream()) {
                Iterator<LogRow> each = rows.iterator();
                boolean more = true;
                while (more && each.hasNext()) {
                    more = reader.test(each.next());
                }
            }
        });
    }

    private static LogRow row(ResultSet row) throws SQLException {
        String proof = row.getString("proof");
        return new LogRow(
                new LogRow.Owner(
                        new RunId(row.getObject("id", UUID.class)),
                        new AgentId(row.getObject("agent_id", UUID.class)),
                        row.getString("status"),
                        row.getBoolean("is_over"),
                        row.getBoolean("sealed"),
                        row.getBoolean("is_cut")),
                row.getLong("seq"),
                row.getLong("step"),
                row.getString("kind"),
                row.getString("call"),
                proof == null ? LogRow.Proof.NONE : LogRow.Proof.valueOf(proof));
    }
}
