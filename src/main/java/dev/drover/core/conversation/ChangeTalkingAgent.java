package dev.drover.core.conversation;

import org.jspecify.annotations.Nullable;

/** What is to be changed of an agent; null is what stays. */
public record ChangeTalkingAgent(
        @Nullable String name,
        @Nullable String model,
        @Nullable String prompt,
        SettingsChange settings) {
    public ChangeTalkingAgent {
        name = name == null ? null : name.strip();
        if (name != null) {
            NewTalkingAgent.refuseName(name);
        }
        if (prompt != null) {
            NewTalkingAgent.refusePrompt(prompt, "systemPrompt");
        }
    }
}
