package dev.drover.core.run;

import dev.drover.core.agent.Reached;
import dev.drover.core.id.AgentId;
import dev.drover.core.id.RunId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An agent of any dialect, as whoever may use it sees it.
 *
 * @param runs how many it had
 * @param newest the newest of them; null when it has none
 * @param parent the agent that made it; null when none did, or when it is gone
 * @param children agents that it made, oldest first, at most 50
 */
public record SeenAgent(
        Reached agent,
        int runs,
        @Nullable RunId newest,
        @Nullable Named parent,
        List<Named> children) {
    public SeenAgent {
        children = List.copyOf(children);
    }

    /** Another agent, as far as a link to it needs. */
    public record Named(AgentId id, String name) {}
}
