package dev.drover.core.conversation;

import org.jspecify.annotations.Nullable;

/**
 * What an agent was before a change.
 *
 * @param model as it is shown, of the connection that the agent has for good
 */
public record Configuration(
        String name, String model, @Nullable String prompt, Settings settings) {}
