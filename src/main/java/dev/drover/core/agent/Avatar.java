package dev.drover.core.agent;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How an agent is to look.
 *
 * @param identity what a picture of it is to show, in words
 * @param hasPicture whether there is one
 */
public record Avatar(@Nullable String identity, boolean hasPicture, Instant updatedAt) {
    /** A picture as it came. */
    public record Picture(String type, byte[] bytes) {}
}
