package dev.drover.core.access;

import dev.drover.core.id.AgentId;
import org.jspecify.annotations.Nullable;

/**
 * What a key is for, where that is more than its user.
 *
 * @param agent that it acts as
 * @param reach of an MCP key: {@code user}, {@code agent} or {@code system}
 */
public record Binding(
        @Nullable AgentId agent,
        @Nullable String description,
        @Nullable String reach) {
    static final Binding NONE = new Binding(null, null, null);
}
