package dev.drover.core.agent;

import dev.drover.core.id.AgentId;
import dev.drover.core.id.CredentialId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key for programs that speak MCP, as its user sees it; the secret is not part of it.
 *
 * @param reach whom it acts as: {@code user}, {@code agent} or {@code system}
 * @param user the name of whoever it belongs to
 * @param agentName of the agent that it acts as, as that is called now
 */
public record McpKey(
        CredentialId id,
        String name,
        @Nullable String description,
        String prefix,
        String reach,
        String user,
        @Nullable String email,
        @Nullable AgentId agent,
        @Nullable String agentName,
        Instant createdAt,
        @Nullable Instant lastUsedAt,
        long uses,
        boolean active) {
    /** The scope of a key that acts as its user. */
    public static final String OF_USER = "user";

    /** One just made, with its secret, which is shown this once. */
    public record Issued(McpKey key, String secret) {}
}
