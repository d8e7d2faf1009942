package dev.drover.core.run;

import dev.drover.core.id.RunId;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** Tells who holds a run, from the tables {@code run} and {@code node}. */
public final class WhyStore {
    private static final Duration WORTH_NAMING = Duration.ofDays(30);

    private final Jdbi jdbi;

    public WhyStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** @param longest what a run may last */
    Why.RunHold hold(RunId run, Duration longest) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select r.node_id, n.seen_at, r.held_at, r.worked_ms, a.profile
                        from run r join agent a on a.id = r.agent_id left join node n on n.id = r.node_id
                        where r.id = :run
                        """)
                .bind("run", run.value())
                .map((row, context) -> {
                    Timestamp seen = row.getTimestamp("seen_at");
                    Timestamp held = row.getTimestamp("held_at");
                    Instant deadline = held == null || longest.compareTo(WORTH_NAMING) > 0
                            ? null
                            : held.toInstant().plus(longest).minusMillis(row.getLong("worked_ms"));
                    return new Why.RunHold(
                            row.getObject("node_id", UUID.class),
                            seen == null ? null : seen.toInstant().plus(Leases.LEASE),
                            row.getString("profile"),
                            deadline);
                })
                .one());
    }
}
