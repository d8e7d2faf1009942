package dev.drover.core.audit;

import dev.drover.core.id.Ids;
import java.time.Clock;

/** The book of who did what to which. Entries join the transaction of what they tell about. */
public final class Audit {
    private final AuditStore store;
    private final Ids ids;
    private final Clock clock;

    public Audit(AuditStore store, Ids ids, Clock clock) {
        this.store = store;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Writes one entry.
     *
     * @param actor who did it, as {@code user:admin} or {@code key:<id>}
     * @param action what was done, as {@code agent.spawn}
     * @param target to which thing, by its id; never a secret
     */
    public void record(String actor, String action, String target, String detail) {
        store.insert(ids.next(), clock.instant(), actor, action, target, detail);
    }
}
