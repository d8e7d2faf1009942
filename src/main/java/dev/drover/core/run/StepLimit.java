package dev.drover.core.run;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How many steps a run may take: a call of the model is one, and a batch of tool calls another.
 *
 * @param replies how many of them may be the model's
 * @param each how long one of them may take; null for as long as the run itself
 * @param usedUp what is said at the end
 */
record StepLimit(int replies, int steps, @Nullable Duration each, String usedUp) {
    /** So many calls of the model, each with what it calls for. */
    static StepLimit ofIterations(int cap) {
        return new StepLimit(cap, Integer.MAX_VALUE, null, "the cap of " + cap + " iterations is used up");
    }

    static StepLimit of(Brief brief) {
        return new StepLimit(
                Integer.MAX_VALUE,
                brief.steps(),
                brief.stepTime(),
                "the limit of " + brief.steps() + " steps is used up: a call of the model is one, a batch of tool"
                        + " calls another");
    }

    boolean allowsModel(Transcript transcript) {
        return transcript.iterations() < replies && transcript.iterations() + transcript.batches() < steps;
    }

    /** Whether those that the last reply calls may run. */
    boolean allowsTools(Transcript transcript) {
        return transcript.iterations() <= replies && transcript.iterations() + transcript.batches() <= steps;
    }
}
