package dev.drover.core.audit;

import dev.drover.core.Page;
import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.id.Ids;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

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

    /**
     * A page of the book, newest first; its {@code next} is the id of the last entry.
     *
     * @param after the last entry of the page before; refused as invalid {@code cursor} when there is none such
     */
    public Page<AuditEntry> read(AuditFilter filter, int limit, @Nullable UUID after) {
        if (after != null && !store.has(after)) {
            throw new Refused(new Problem.Invalid("cursor", "is not the next_cursor of an earlier page"));
        }
        List<AuditEntry> found = store.list(filter, limit + 1, after);
        List<AuditEntry> page = found.subList(0, Math.min(limit, found.size()));
        return new Page<>(page, found.size() > limit ? page.getLast().id().toString() : null);
    }
}
