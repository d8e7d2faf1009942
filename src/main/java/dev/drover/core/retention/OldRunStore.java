package dev.drover.core.retention;

import dev.drover.core.id.AgentId;
import dev.drover.core.id.RunId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Finds runs that are long over and that nobody waits for; it reads the tables of many rooms and writes none. */
public final class OldRunStore {
    /** What an agent has that is more than the one task it was made for. */
    private static final List<String> MORE = List.of(
            "member", "machine", "thread", "conversation_settings", "context", "schedule", "chat_session", "execution");

    /** An agent that made others stays as long as one of them. */
    private static final String OLD = """
            select r.id, r.agent_id, r.ended_at,
                a.origin = 'jettson' and a.runs = 1 %s as whole,
                not exists (select from run w where w.agent_id = a.id and w.ended_at is null) as resting
            from run r join agent a on a.id = r.agent_id
            where r.ended_at < :before and r.pruned_at is %%s and r.computer = 'destroyed'
                and (cast(:at as timestamptz) is null or (r.ended_at, r.id) > (:at, cast(:id as uuid)))
                and not exists (select from webhook_delivery d
                    where d.agent_id = r.agent_id and d.run_id = r.id and d.status = 'pending')
                and (a.origin <> 'jettson' or a.runs > 1 or not exists (select from agent c where c.parent_id = a.id))
            order by r.ended_at, r.id limit :most
            """.formatted(bare());

    private final Jdbi jdbi;

    public OldRunStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    private static String bare() {
        StringBuilder terms = new StringBuilder();
        for (String table : MORE) {
            terms.append("and not exists (select from ").append(table).append(" m where m.agent_id = a.id)\n");
        }
        return terms.toString();
    }

    /** Those that ended before then and still have all of their log, oldest first, behind one of them. */
    List<OldRun> whole(Instant before, @Nullable OldRun behind, int most) {
        return list(OLD.formatted("null"), before, behind, most);
    }

    /** The same of which only the end is left; the rows of their agents are locked until the transaction ends. */
    List<OldRun> pruned(Instant before, @Nullable OldRun behind, int most) {
        return list(OLD.formatted("not null") + " for update of r, a skip locked", before, behind, most);
    }

    private List<OldRun> list(String sql, Instant before, @Nullable OldRun behind, int most) {
        return jdbi.withHandle(handle -> handle.createQuery(sql)
                .bind("before", before)
                .bind("at", behind == null ? null : behind.endedAt())
                .bind("id", behind == null ? null : behind.run().value())
                .bind("most", most)
                .map(OldRunStore::run)
                .list());
    }

    private static OldRun run(ResultSet row, StatementContext context) throws SQLException {
        return new OldRun(
                new RunId(row.getObject("id", UUID.class)),
                new AgentId(row.getObject("agent_id", UUID.class)),
                row.getTimestamp("ended_at").toInstant(),
                row.getBoolean("whole"),
                row.getBoolean("resting"));
    }
}
