package dev.drover.core.computer;

import dev.drover.core.id.AgentId;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A computer of the same platform that another server made, or this one in an earlier life: seen, and left alone.
 *
 * @param id the engine's
 * @param name as its labels have it, else the engine's
 * @param agent null when its labels do not tell
 */
public record FoundComputer(
        String id, String name, @Nullable AgentId agent, State state, Instant created, Map<String, String> labels) {
    public FoundComputer {
        labels = Map.copyOf(labels);
    }

    /** In the words of the Trinity contract, section 4.1. */
    public enum State {
        RUNNING,
        STOPPED,
        EXITED
    }
}
