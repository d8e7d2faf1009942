package dev.drover.core.memory;

import dev.drover.core.id.MemoryId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One thing a user's agents remember, as it stands (Jettson contract, section 10.1). */
public record Memory(
        MemoryId id,
        String namespace,
        String key,
        String value,
        List<String> tags,
        int importance,
        Source source,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant expiresAt,
        long accessCount,
        int version) {
    /** Where a memory is kept that names no place. */
    public static final String DEFAULT_NAMESPACE = "default";

    public static final int LONGEST_VALUE = 5_000;

    public Memory {
        tags = List.copyOf(tags);
    }
}
