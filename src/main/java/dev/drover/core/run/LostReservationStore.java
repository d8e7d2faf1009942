package dev.drover.core.run;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** What is reserved of budgets by servers that are dead, or for runs that are over; read from the room of usage. */
public final class LostReservationStore {
    private final Jdbi jdbi;

    public LostReservationStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * A server that is silent for two leases has lost its runs too. What it reserved for a run that another has taken
     * over already must not stand in the way of that one's own next call.
     *
     * @param mercy how long the last call of a run that is over may still be settled
     */
    List<UUID> lost(Duration mercy) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select b.id from budget_reservation b left join node n on n.id = b.node
                            left join run r on r.id = b.run_id
                        where (n.id is null or n.seen_at + 2 * n.lease < now())
                            or r.node_id <> b.node
                            or r.ended_at < now() - cast(:mercy as interval)
                        """)
                .bind("mercy", mercy.toMillis() + " milliseconds")
                .mapTo(UUID.class)
                .list());
    }
}
