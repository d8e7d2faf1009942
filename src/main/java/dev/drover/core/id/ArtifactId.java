package dev.drover.core.id;

import java.util.UUID;

/** The identity of a file that an agent left behind. */
public record ArtifactId(UUID value) {
    @Override
    public String toString() {
        return value.toString();
    }
}
