package dev.drover.core.run;

import dev.drover.core.agent.Agent;
import dev.drover.core.id.UserId;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A run as its holder takes it up.
 *
 * @param profile the name of the model profile
 * @param agentName as it is shown, whoever chose it
 * @param options what the caller said of it, as it is kept: without files and secrets that sign
 * @param hasFiles whether files of the caller are kept for it
 * @param worked run time of earlier holders
 */
record Held(
        Run run,
        Lease lease,
        UserId owner,
        String profile,
        String agentName,
        RunOptions options,
        boolean hasFiles,
        Duration worked) {
    /** Whether somebody worked on it before. */
    boolean isTakenOver() {
        return lease.fence() > 1;
    }

    /** What somebody named the agent; null when it has a stand-in, or a title made of the task. */
    @Nullable String givenName() {
        return agentName.equals(Agent.UNTITLED) || agentName.equals(Titles.of(run.task())) ? null : agentName;
    }
}
