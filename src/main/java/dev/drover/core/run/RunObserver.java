package dev.drover.core.run;

import dev.drover.core.model.Usage;
import java.time.Instant;

/** Hears what runs do, for metrics and traces. It must be quick, and nothing it does touches a run. */
public interface RunObserver {
    /** A model was asked. */
    default void modelAsked(Run run, String model, Usage usage, Instant began, boolean failed) {}

    /** A tool ran. */
    default void toolRan(Run run, String tool, Instant began, boolean failed) {}

    /** A run that was worked here ended by itself; the run is as it was taken up. */
    default void ended(Run run, RunStatus status) {}
}
