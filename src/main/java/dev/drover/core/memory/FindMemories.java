package dev.drover.core.memory;

import dev.drover.core.id.MemoryId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which memories to list. Refuses what does not fit.
 *
 * @param namespace null for all of them
 * @param tags that a memory must have, all of them
 * @param after the last one of the page before
 */
public record FindMemories(
        @Nullable String namespace,
        List<String> tags,
        @Nullable Source source,
        int limit,
        @Nullable MemoryId after) {
    public FindMemories {
        tags = List.copyOf(tags);
        if (namespace != null) {
            Misfit.ofNamespace(namespace);
        }
        Misfit.ofTags(tags);
    }
}
