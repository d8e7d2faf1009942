package dev.drover.core.id;

import java.util.UUID;

/** The identity of one run. */
public record RunId(UUID value) {
    @Override
    public String toString() {
        return value.toString();
    }
}
