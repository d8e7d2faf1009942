package dev.drover.core.memory;

import java.time.Instant;
import java.util.List;

/** What a memory said before it was changed. */
public record PastVersion(
        int version, String value, List<String> tags, int importance, Source source, Instant replacedAt) {
    public PastVersion {
        tags = List.copyOf(tags);
    }
}
