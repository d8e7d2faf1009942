package dev.drover.core.execution;

import dev.drover.core.run.StartedRun;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An execution as whoever started it holds on to it.
 *
 * @param session of a chat; null for a task
 */
public record StartedExecution(StartedRun run, @Nullable UUID session) {
    public UUID id() {
        return run.id().value();
    }
}
