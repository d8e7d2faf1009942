package dev.drover.core.run;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which of a caller's agents are wanted.
 *
 * @param statuses one of these; null for any
 * @param metadata all of these
 * @param anyOrigin whether those of other dialects are shown too
 */
public record AgentFilter(@Nullable Set<RunStatus> statuses, Map<String, String> metadata, boolean anyOrigin) {
    /** Those born in Jettson, however they stand. */
    public static final AgentFilter NONE = new AgentFilter(null, Map.of(), false);

    public AgentFilter {
        statuses = statuses == null ? null : Set.copyOf(statuses);
        metadata = Map.copyOf(metadata);
    }

    boolean isOfRuns() {
        return statuses != null || !metadata.isEmpty();
    }
}
