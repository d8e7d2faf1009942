package dev.drover.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A slice of a list, and the cursor of the next one; null on the last page. */
public record Page<T>(List<T> items, @Nullable String next) {
    public Page {
        items = List.copyOf(items);
    }
}
