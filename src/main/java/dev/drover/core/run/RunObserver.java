package dev.drover.core.run;

import dev.drover.core.id.RunId;
import org.jspecify.annotations.Nullable;

/** Hears what runs do, for metrics and traces. It must be quick, and nothing it does touches a run. */
public interface RunObserver {
    /**
     * This server begins to work on a run, as the first that does or as one that takes over.
     *
     * @param agentName null when nobody named the agent; a title made of its task would give that task away
     * @return hears the rest of this server's work on it
     */
    default RunWatch began(Run run, @Nullable String agentName) {
        return RunWatch.NONE;
    }

    /** A run is over for good. Said once, by the server that ended it, which need not have worked on it. */
    default void ended(RunId run, RunStatus status, @Nullable FailureReason error) {}
}
