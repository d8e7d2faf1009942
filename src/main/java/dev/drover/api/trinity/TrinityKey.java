package dev.drover.api.trinity;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.drover.core.agent.McpKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An MCP key (contract, section 3.5); with the key itself only when it was made just now. */
record TrinityKey(
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String apiKey,
        String id,
        String name,
        @Nullable String description,
        String keyPrefix,
        Instant createdAt,
        @Nullable Instant lastUsedAt,
        long usageCount,
        boolean isActive,
        String userId,
        String username,
        @Nullable String userEmail,
        @Nullable String agentName,
        String scope) {
    static TrinityKey of(McpKey key) {
        return of(key, null);
    }

    static TrinityKey of(McpKey.Issued issued) {
        return of(issued.key(), issued.secret());
    }

    private static TrinityKey of(McpKey key, @Nullable String secret) {
        return new TrinityKey(
                secret,
                key.id().toString(),
                key.name(),
                key.description(),
                key.prefix(),
                key.createdAt(),
                key.lastUsedAt(),
                key.uses(),
                key.active(),
                key.user(),
                key.user(),
                key.email(),
                key.agentName(),
                key.reach());
    }

    /** What a program is told that asks about the key it was shown. */
    record Valid(
            boolean valid,
            String keyId,
            String userId,
            @Nullable String userEmail,
            String keyName,
            @Nullable String agentName,
            String scope) {
        static Valid of(McpKey key) {
            return new Valid(
                    true, key.id().toString(), key.user(), key.email(), key.name(), key.agentName(), key.reach());
        }
    }
}
