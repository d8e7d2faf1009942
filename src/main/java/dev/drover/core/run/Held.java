package dev.drover.core.run;

import dev.drover.core.agent.Agent;
import dev.drover.core.id.AgentId;
import dev.drover.core.id.UserId;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A run as its holder takes it up.
 *
 * @param profile the name of the model profile
 * @param agentName as it is shown, whoever chose it
 * @param brief null when it is asked as its agent's profile says
 * @param lane null when it waits for no other run
 * @param ordinal its number among the runs of its agent
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
        @Nullable Brief brief,
        @Nullable UUID lane,
        int ordinal,
        RunOptions options,
        boolean hasFiles,
        Duration worked) {
    /** Whose computer it works in: runs with a brief go side by side, so each has one of its own. */
    AgentId home() {
        return home(run, brief);
    }

    static AgentId home(Run run, @Nullable Object brief) {
        return brief == null ? run.agent() : new AgentId(run.id().value());
    }

    /** The name of the profile that answers. */
    String asks() {
        return brief == null ? profile : brief.profile();
    }

    /** Whether somebody worked on it before. */
    boolean isTakenOver() {
        return lease.fence() > 1;
    }

    /** What somebody named the agent; null when it has a stand-in, or a title made of the task. */
    @Nullable String givenName() {
        return agentName.equals(Agent.UNTITLED) || agentName.equals(Titles.of(run.task())) ? null : agentName;
    }
}
