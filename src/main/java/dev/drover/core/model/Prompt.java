package dev.drover.core.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** All that a model is given in one call; {@code temperature} null leaves the vendor's default. */
public record Prompt(
        String system,
        List<Message> messages,
        List<ToolOffer> tools,
        int maxOutputTokens,
        @Nullable Double temperature) {
    public Prompt {
        messages = List.copyOf(messages);
        tools = List.copyOf(tools);
    }
}
