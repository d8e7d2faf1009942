package dev.drover.core.execution;

import dev.drover.core.id.AgentId;
import dev.drover.core.id.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One piece of work of an agent, as its run tells; or the record that there was none.
 *
 * @param id of its run too
 * @param session the chat it belongs to
 * @param schedule the one that made it
 * @param source the name of the agent that asked for it
 * @param message what was asked, at most its beginning
 * @param error why it failed or was skipped
 * @param profile the name of the model profile that was asked for
 */
public record Execution(
        UUID id,
        AgentId agent,
        @Nullable UUID session,
        @Nullable UUID schedule,
        Trigger trigger,
        @Nullable String source,
        ExecutionStatus status,
        String message,
        @Nullable String response,
        @Nullable String error,
        Instant startedAt,
        @Nullable Instant completedAt,
        String profile,
        Effort effort) {
    /**
     * What it took.
     *
     * @param model that answered last; null before the first answer
     * @param dollars what its program says that it cost; null when nobody knows
     * @param contextUsed tokens of the last call of the model, both ways
     * @param contextMax how many that model reads and writes in one call
     */
    public record Effort(
            @Nullable String model,
            @Nullable Double dollars,
            @Nullable Long contextUsed,
            int contextMax,
            long inputTokens,
            long outputTokens,
            int toolCalls) {}

    public RunId run() {
        return new RunId(id);
    }

    /** Null while it is not over. */
    public @Nullable Duration duration() {
        return completedAt == null ? null : Duration.between(startedAt, completedAt);
    }
}
