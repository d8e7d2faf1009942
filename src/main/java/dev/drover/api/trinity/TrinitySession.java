package dev.drover.api.trinity;

import dev.drover.core.execution.ChatSession;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A chat with an agent (the product's shape).
 *
 * @param userId the name of whoever began it
 * @param messageCount of turns that came to their end, two each
 */
record TrinitySession(
        UUID id,
        String agentName,
        String userId,
        @Nullable String userEmail,
        Instant startedAt,
        Instant lastMessageAt,
        int messageCount,
        double totalCost,
        String status) {
    static TrinitySession of(String agent, ChatSession session) {
        return new TrinitySession(
                session.id(),
                agent,
                session.startedBy(),
                session.email(),
                session.createdAt(),
                session.lastAt(),
                2 * session.turns(),
                session.dollars(),
                session.closedAt() == null ? "active" : "closed");
    }
}
