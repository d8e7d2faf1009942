package dev.drover.core.agent;

import dev.drover.core.id.AgentId;
import org.jspecify.annotations.Nullable;

/**
 * An agent to be.
 *
 * @param name null when nobody named it
 * @param prompt null when its profile's words will do
 * @param parent the agent that makes it, when an agent does
 */
public record NewAgent(
        @Nullable String name,
        Origin origin,
        String profile,
        @Nullable String prompt,
        @Nullable AgentId parent) {}
