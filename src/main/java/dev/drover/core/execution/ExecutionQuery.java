package dev.drover.core.execution;

import dev.drover.core.id.AgentId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which executions of an agent are wanted; null for no confinement.
 *
 * @param before only those older than that one
 */
public record ExecutionQuery(
        AgentId agent,
        @Nullable UUID schedule,
        @Nullable ExecutionStatus status,
        @Nullable Trigger trigger,
        @Nullable UUID before,
        int limit) {}
