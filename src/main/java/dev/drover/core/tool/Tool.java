package dev.drover.core.tool;

import dev.drover.core.Json;
import java.time.Duration;
import java.util.Optional;

/** Something a model may call. One instance serves all runs, so it keeps no state of its own. */
public interface Tool {
    ToolSpec spec();

    /** Whether a call whose result was lost may simply be made again. */
    boolean repeatable(Json input);

    /** When such a call ends by itself at the latest; empty when only the time of its run bounds it. */
    default Optional<Duration> longest(Json input) {
        return Optional.empty();
    }

    /**
     * Does it. The input has been checked against the schema.
     *
     * @return a JSON object
     * @throws ToolRefusal when it was refused or failed; the run goes on with that as the result
     */
    Json run(Json input, ToolContext context) throws ToolRefusal, InterruptedException;
}
