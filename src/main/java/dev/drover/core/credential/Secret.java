package dev.drover.core.credential;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What may be told of a secret: everything but its value.
 *
 * @param hosts where it may be sent to; null for anywhere
 */
public record Secret(
        String name,
        @Nullable String description,
        @Nullable List<String> hosts,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant lastUsedAt) {}
