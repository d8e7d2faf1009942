package dev.drover.core.execution;

import dev.drover.core.agent.Agent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What is seen of one agent from afar. */
public sealed interface Glance {
    String name();

    /**
     * What it may do, and what it does.
     *
     * @param active parallel tasks that it works on
     */
    record Post(String name, boolean autonomy, int parallelTasks, int active) implements Glance {
        public boolean isSystem() {
            return name.equals(Agent.SYSTEM);
        }
    }

    /**
     * How full the memory of its chat is.
     *
     * @param state of its computer, as a word
     * @param used tokens of the last call of the model, both ways
     * @param max how many that model reads and writes in one call; null while no model answered
     * @param stirredAt when what it works on last took a step; null while it works on nothing
     * @param lastAt of all that it did
     */
    record Context(
            String name,
            String state,
            long used,
            @Nullable Integer max,
            @Nullable Instant stirredAt,
            @Nullable Instant lastAt)
            implements Glance {}

    /** What came of what it did since some moment, and what programs say that it cost. */
    record Tally(
            String name,
            int tasks,
            int successes,
            int failures,
            int running,
            double dollars,
            @Nullable Instant lastAt) implements Glance {}
}
