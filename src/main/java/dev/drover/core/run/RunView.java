package dev.drover.core.run;

import dev.drover.core.agent.Agent;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * An agent with the run that stands for it.
 *
 * @param progress oldest first, the newest 200 lines
 * @param worked how long it has been worked on
 * @param structured whether the result is JSON, by a schema of the caller
 */
public record RunView(
        Agent agent,
        Run run,
        List<Progress> progress,
        Map<String, String> metadata,
        RunUsage usage,
        Duration worked,
        boolean structured) {
    public RunView {
        progress = List.copyOf(progress);
    }

    /** As it is at the moment of its birth. */
    static RunView born(Agent agent, Run run, RunOptions options) {
        return new RunView(
                agent,
                run,
                List.of(),
                options.metadata(),
                RunUsage.NONE,
                Duration.ZERO,
                options.resultSchema() != null);
    }
}
