package dev.drover.core.run;

import dev.drover.core.id.AgentId;
import dev.drover.core.id.RunId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who holds a run that is not over, and what it stands behind. All is judged by the database's clock.
 *
 * @param leaseUntil as of the holder's last sign of life; null when nobody knows that server any more
 * @param isLiving whether that lease is in force
 * @param profile the name of the model profile that answers
 * @param runtime the program that works it; null for our own loop
 * @param isBriefed whether it came with words of its own, and opens a computer only when it needs one
 * @param before the nearest run before it on its thread that is not over
 * @param deadline when the run is over its longest duration; null when that is no bound worth naming
 * @param isOverdue whether it was over that long ago
 */
record RunHold(
        @Nullable UUID node,
        @Nullable Instant leaseUntil,
        boolean isLiving,
        String profile,
        @Nullable String runtime,
        boolean isBriefed,
        @Nullable RunId before,
        @Nullable Instant deadline,
        boolean isOverdue) {
    /** The rule: a run that is not over has a living holder, who ends it in time. */
    Footing footing(AgentId agent, RunId run, RunStatus status) {
        if (node == null) {
            return Footing.none(agent, run, "no server holds it, and none would take it up");
        }
        if (!isLiving) {
            return Footing.none(
                    agent, run, "the server " + node + " that holds it is gone, and no other has" + " taken it up");
        }
        if (isOverdue) {
            return Footing.none(
                    agent,
                    run,
                    "the server " + node + " that holds it lives and has not ended"
                            + " it, though its time was over at " + deadline);
        }
        boolean behind = before != null && status == RunStatus.SPAWNING;
        return Footing.held(agent, run, behind ? Why.Waiter.RUN : null);
    }
}
