package dev.drover.core.run;

import dev.drover.core.agent.Agent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A run of any dialect with its agent, as whoever may use that agent sees it.
 *
 * @param owner the name of the agent's owner
 * @param run in a list without its result, and with the beginning of its task
 * @param ordinal its number among the runs of its agent
 * @param profile the name of the model profile that answers
 * @param endedAt null while it is not over
 * @param dollars what it cost, as far as somebody counts that; null when nobody does
 * @param step what it does; null when it is over
 */
public record SeenRun(
        Agent agent,
        String owner,
        Run run,
        int ordinal,
        String profile,
        @Nullable Instant endedAt,
        RunUsage usage,
        @Nullable Double dollars,
        @Nullable Step step) {
    /**
     * The newest entry that tells what goes on.
     *
     * @param label its line in the short story: for a tool its name, for most others nothing
     */
    public record Step(EventKind kind, String label, Instant at) {}
}
