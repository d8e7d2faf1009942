package dev.drover.api.trinity;

import dev.drover.core.execution.Execution;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An execution as lists and look-ups show it (contract, section 6; the fields are the product's).
 *
 * @param cost in dollars, as its program says; null for our own loop, which knows no prices
 * @param toolCalls what tools were called and what came of it; null in lists
 * @param executionLog the whole log; null in lists
 */
record TrinityExecution(
        UUID id,
        @Nullable UUID scheduleId,
        String agentName,
        String status,
        Instant startedAt,
        @Nullable Instant completedAt,
        @Nullable Long durationMs,
        String message,
        @Nullable String response,
        @Nullable String error,
        String triggeredBy,
        @Nullable String sourceAgentName,
        @Nullable UUID sessionId,
        @Nullable String modelUsed,
        @Nullable Double cost,
        @Nullable Long contextUsed,
        int contextMax,
        long inputTokens,
        long outputTokens,
        int toolCount,
        @Nullable List<TrinityLogEntry> toolCalls,
        @Nullable List<TrinityLogEntry> executionLog) {
    static TrinityExecution listed(String agent, Execution execution) {
        return of(agent, execution, null);
    }

    static TrinityExecution of(String agent, Execution execution, @Nullable List<TrinityLogEntry> log) {
        Duration took = execution.duration();
        Execution.Effort effort = execution.effort();
        return new TrinityExecution(
                execution.id(),
                execution.schedule(),
                agent,
                execution.status().word(),
                execution.startedAt(),
                execution.completedAt(),
                took == null ? null : took.toMillis(),
                execution.message(),
                execution.response(),
                execution.error(),
                execution.trigger().word(),
                execution.source(),
                execution.session(),
                effort.model(),
                effort.dollars(),
                effort.contextUsed(),
                effort.contextMax(),
                effort.inputTokens(),
                effort.outputTokens(),
                effort.toolCalls(),
                log == null
                        ? null
                        : log.stream().filter(TrinityLogEntry::isTool).toList(),
                log);
    }
}
