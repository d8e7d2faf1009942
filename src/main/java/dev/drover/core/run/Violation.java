package dev.drover.core.run;

import dev.drover.core.id.AgentId;
import dev.drover.core.id.RunId;

/**
 * A promise about a run that does not hold.
 *
 * @param seq the place in its log; 0 when it is about the run as a whole
 * @param text what was found, what was expected, and what to do
 */
public record Violation(Kind kind, AgentId agent, RunId run, long seq, String text) {
    /** Which promise it is. */
    public enum Kind {
        /** Every run that is not over has a living holder, a timer or a named waiter. */
        STUCK,
        /** A log is as it was written. */
        LOG
    }
}
