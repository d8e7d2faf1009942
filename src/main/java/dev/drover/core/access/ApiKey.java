package dev.drover.core.access;

import dev.drover.core.id.CredentialId;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A stored credential as its owner sees it; the secret is not part of it. */
public record ApiKey(
        CredentialId id,
        String name,
        CredentialKind kind,
        String prefix,
        Set<Scope> scopes,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant lastUsedAt,
        @Nullable Instant revokedAt,
        SpawnRate rate) {
    public ApiKey {
        scopes = Set.copyOf(scopes);
    }

    /** A key just made, with its secret, which is shown this once. */
    public record Issued(ApiKey key, String secret) {}
}
