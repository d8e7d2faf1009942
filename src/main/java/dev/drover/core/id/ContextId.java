package dev.drover.core.id;

import java.util.UUID;

/** The identity of a file that an agent looks things up in. */
public record ContextId(UUID value) {
    @Override
    public String toString() {
        return value.toString();
    }
}
