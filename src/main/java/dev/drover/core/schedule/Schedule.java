package dev.drover.core.schedule;

import dev.drover.core.id.AgentId;
import dev.drover.core.id.ScheduleId;
import dev.drover.core.id.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Work that an agent is given by the clock.
 *
 * @param createdBy who made it
 * @param creator the name of that user
 * @param lastAt when it last began a run
 * @param nextAt when it is due next; null while it cannot fire
 */
public record Schedule(
        ScheduleId id,
        AgentId agent,
        ScheduleOrder order,
        UserId createdBy,
        String creator,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant lastAt,
        @Nullable Instant nextAt) {}
