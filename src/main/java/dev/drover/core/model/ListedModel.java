package dev.drover.core.model;

import org.jspecify.annotations.Nullable;

/**
 * A model as its vendor lists it; numbers that it does not tell are null.
 *
 * @param contextTokens how much it reads and writes in one call
 * @param outputTokens how much it writes at most
 */
public record ListedModel(
        String name,
        @Nullable Integer contextTokens,
        @Nullable Integer outputTokens) {}
