package dev.drover.core.memory;

import dev.drover.core.Refused;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to look for. Refuses what does not fit.
 *
 * @param namespace null for all of them
 * @param tags that a memory must have, all of them
 */
public record SearchMemories(String query, @Nullable String namespace, List<String> tags, int limit, SearchMode mode) {
    private static final int LONGEST_QUERY = 5_000;

    public SearchMemories {
        tags = List.copyOf(tags);
        query = Misfit.wellFormed(query);
        Refused.when(query.isBlank(), "query", "must not be blank");
        Refused.when(
                query.length() > LONGEST_QUERY, "query", "is " + query.length() + " characters long; at most 5,000");
        if (namespace != null) {
            Misfit.ofNamespace(namespace);
        }
        Misfit.ofTags(tags);
    }
}
