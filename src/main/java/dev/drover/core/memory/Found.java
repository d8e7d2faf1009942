package dev.drover.core.memory;

import java.util.List;

/**
 * What a search found, best first.
 *
 * @param mode what was really used: a search by meaning falls back on words while there is no model for it
 */
public record Found(List<Hit> hits, SearchMode mode) {
    public Found {
        hits = List.copyOf(hits);
    }

    /**
     * A memory and how well it fits, from 0 to 1.
     */
    public record Hit(Memory memory, double score) {}
}
