package dev.drover.core.id;

import java.util.UUID;

/** The identity of somebody's login at a browser; never its secret. */
public record SessionId(UUID value) {
    @Override
    public String toString() {
        return value.toString();
    }
}
