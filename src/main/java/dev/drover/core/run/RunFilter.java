package dev.drover.core.run;

import dev.drover.core.id.AgentId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which runs are wanted.
 *
 * @param agent only of this one; null for all
 * @param statuses one of these; empty for any
 */
public record RunFilter(@Nullable AgentId agent, Set<RunStatus> statuses) {
    public RunFilter {
        statuses = Set.copyOf(statuses);
    }
}
