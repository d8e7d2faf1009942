package dev.drover.core.id;

import java.util.UUID;

/** The identity of a memory, the same over all its versions. */
public record MemoryId(UUID value) {
    @Override
    public String toString() {
        return value.toString();
    }
}
