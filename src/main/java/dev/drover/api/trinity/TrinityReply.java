package dev.drover.api.trinity;

import dev.drover.core.execution.Execution;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an agent answered to a word or a task (the product's shape).
 *
 * @param sessionId of the chat; null for a task
 */
record TrinityReply(
        UUID executionId,
        String agentName,
        String status,
        String response,
        List<TrinityLogEntry> executionLog,
        Metadata metadata,
        @Nullable UUID sessionId,
        Instant timestamp) {
    /**
     * What it took.
     *
     * @param costUsd as its program says; null for our own loop, which knows no prices
     */
    record Metadata(
            UUID executionId,
            @Nullable UUID sessionId,
            @Nullable String model,
            @Nullable Double costUsd,
            @Nullable Long durationMs,
            long inputTokens,
            long outputTokens,
            @Nullable Long contextUsed,
            int contextMax,
            int contextWindow,
            int toolCount) {}

    static TrinityReply of(String agent, Execution execution, String response, List<TrinityLogEntry> log) {
        Execution.Effort effort = execution.effort();
        Duration took = execution.duration();
        return new TrinityReply(
                execution.id(),
                agent,
                execution.status().word(),
                response,
                log,
                new Metadata(
                        execution.id(),
                        execution.session(),
                        effort.model(),
                        effort.dollars(),
                        took == null ? null : took.toMillis(),
                        effort.inputTokens(),
                        effort.outputTokens(),
                        effort.contextUsed(),
                        effort.contextMax(),
                        effort.contextMax(),
                        effort.toolCalls()),
                execution.session(),
                execution.completedAt() == null ? execution.startedAt() : execution.completedAt());
    }
}
