package dev.drover.core.execution;

import dev.drover.core.id.AgentId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A talk with an agent, whose turns follow on each other.
 *
 * @param id the lane of its runs
 * @param startedBy the name of the user who said the first word
 * @param email of that user
 * @param turns how many came to their end
 * @param dollars what the programs that answered say that they cost
 * @param lastAt of the newest of them; the beginning while there is none
 */
public record ChatSession(
        UUID id,
        AgentId agent,
        String startedBy,
        @Nullable String email,
        Instant createdAt,
        @Nullable Instant closedAt,
        int turns,
        double dollars,
        Instant lastAt) {}
