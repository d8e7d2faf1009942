package dev.drover.core.approval;

import dev.drover.core.Page;
import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.access.Caller;
import dev.drover.core.access.Role;
import dev.drover.core.id.ApprovalId;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The questions of all squads in one list, for operators. */
public final class Docket {
    private final ApprovalStore store;

    public Docket(ApprovalStore store) {
        this.store = store;
    }

    /**
     * A question, and whose it is.
     *
     * @param squad the squad's name
     */
    public record Entry(Approval approval, String squad) {}

    /**
     * Newest first; those that stand so, or all.
     *
     * @param behind the last one of the page before
     */
    public Page<Entry> list(Caller caller, Set<Approval.Status> wanted, @Nullable ApprovalId behind, int limit) {
        if (caller.agent() != null || caller.user().role() == Role.USER) {
            throw new Refused(new Problem.Forbidden("Operator access required"));
        }
        Set<Approval.Status> statuses = wanted.isEmpty() ? EnumSet.allOf(Approval.Status.class) : wanted;
        List<Entry> found = store.everywhere(statuses, behind, limit + 1);
        List<Entry> page = found.subList(0, Math.min(limit, found.size()));
        return new Page<>(
                page, found.size() > limit ? page.getLast().approval().id().toString() : null);
    }
}
