package dev.drover.core.run;

import dev.drover.core.id.AgentId;
import dev.drover.core.id.RunId;
import org.jspecify.annotations.Nullable;

/**
 * A row of a log as a check of it looks at it.
 *
 * @param owner the run whose log it is in
 * @param seq 0 for a run that has no log at all
 * @param step 0 for what is no step
 * @param call what a tool was called with or returned, as JSON; null for all else
 */
record LogRow(
        Owner owner,
        long seq,
        long step,
        String kind,
        @Nullable String call,
        Proof proof) {
    /**
     * A run whose log is checked.
     *
     * @param isOver as its row says
     * @param isSealed whether its log has digests from its first event on
     * @param isCut whether rows were taken out on purpose: its agent was deleted, or it is old
     */
    record Owner(RunId run, AgentId agent, String status, boolean isOver, boolean isSealed, boolean isCut) {}

    /** What the digest of a row says of the row. */
    enum Proof {
        /** It has none: an older version stored it. */
        NONE,
        GOOD,
        BAD
    }
}
