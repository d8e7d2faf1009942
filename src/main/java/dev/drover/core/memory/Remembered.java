package dev.drover.core.memory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row as an index reads it.
 *
 * @param vectors none while they are owed
 */
record Remembered(
        UUID id,
        String namespace,
        String key,
        String value,
        List<String> tags,
        int importance,
        Instant updatedAt,
        @Nullable Instant expiresAt,
        boolean deleted,
        long revision,
        List<Vector> vectors) {
    /** All that a search by words looks at. */
    List<String> words() {
        return words(key, value, tags);
    }

    static List<String> words(String key, String value, List<String> tags) {
        List<String> words = new ArrayList<>(Words.of(key));
        words.addAll(Words.of(value));
        tags.forEach(tag -> words.addAll(Words.of(tag)));
        return words;
    }
}
