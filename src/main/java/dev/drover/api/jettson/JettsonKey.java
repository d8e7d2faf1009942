package dev.drover.api.jettson;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.drover.core.Page;
import dev.drover.core.access.ApiKey;
import dev.drover.core.access.CredentialKind;
import dev.drover.core.access.Scope;
import dev.drover.core.id.Spelling;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A key as its owner sees it (contract, section 13.3); the secret only in the answer that made it.
 *
 * @param rate a limit of its own; null as long as only the plan limits it
 */
record JettsonKey(
        String keyId,
        String name,
        String kind,
        String mode,
        String prefix,
        List<String> scopes,
        @Nullable JettsonRate rate,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant lastUsedAt,
        @Nullable Instant revokedAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String secret) {
    static JettsonKey of(ApiKey key) {
        return of(key, null);
    }

    static JettsonKey of(ApiKey.Issued issued) {
        return of(issued.key(), issued.secret());
    }

    private static JettsonKey of(ApiKey key, @Nullable String secret) {
        return new JettsonKey(
                id(key),
                key.name(),
                kind(key.kind()),
                key.kind() == CredentialKind.TEST_KEY ? "test" : "live",
                key.prefix(),
                key.scopes().stream().sorted().map(Scope::word).toList(),
                JettsonRate.of(key.rate()),
                key.createdAt(),
                key.expiresAt(),
                key.lastUsedAt(),
                key.revokedAt(),
                secret);
    }

    private static String id(ApiKey key) {
        return Spelling.KEY.of(key.id().value());
    }

    private static String kind(CredentialKind kind) {
        return switch (kind) {
            case API_KEY, TEST_KEY -> "api";
            case PERSONAL_TOKEN -> "personal";
            case OPERATOR_KEY -> "operator";
            case AGENT_KEY -> "agent";
            case MCP_KEY -> "mcp";
            case USER_TOKEN -> "user";
            case RUN_TOKEN -> "run";
        };
    }

    /** A page of keys; its cursor is the id of the last one. */
    record Listed(List<JettsonKey> data, @Nullable String nextCursor) {
        static Listed of(Page<ApiKey> page) {
            List<ApiKey> items = page.items();
            String next = page.next() == null || items.isEmpty() ? null : id(items.getLast());
            return new Listed(items.stream().map(JettsonKey::of).toList(), next);
        }
    }
}
