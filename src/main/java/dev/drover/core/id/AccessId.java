package dev.drover.core.id;

import java.util.UUID;

/** The identity of one way into an agent's computer that was opened for a while; never the secret itself. */
public record AccessId(UUID value) {
    @Override
    public String toString() {
        return value.toString();
    }
}
