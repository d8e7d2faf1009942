package dev.drover.api.jettson;

import dev.drover.core.Page;
import dev.drover.core.credential.Secret;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A secret as its owner sees it: everything but the value (contract, section 13.5). */
record JettsonSecret(
        String name,
        @Nullable String description,
        @Nullable List<String> hosts,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant lastUsedAt) {
    static JettsonSecret of(Secret secret) {
        return new JettsonSecret(
                secret.name(),
                secret.description(),
                secret.hosts(),
                secret.createdAt(),
                secret.updatedAt(),
                secret.lastUsedAt());
    }

    /** A page of secrets; its cursor is the name of the last one. */
    record Listed(List<JettsonSecret> data, @Nullable String nextCursor) {
        static Listed of(Page<Secret> page) {
            return new Listed(page.items().stream().map(JettsonSecret::of).toList(), page.next());
        }
    }
}
