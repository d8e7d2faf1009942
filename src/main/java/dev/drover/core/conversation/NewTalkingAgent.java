package dev.drover.core.conversation;

import dev.drover.core.Refused;
import dev.drover.core.agent.Agent;
import dev.drover.core.id.ConnectionId;
import dev.drover.core.id.ContextId;
import java.util.List;

/** The wish for an agent that people talk to. Refuses what does not fit by itself (Make contract, section 3.2). */
public record NewTalkingAgent(
        String name,
        ConnectionId connection,
        String model,
        String prompt,
        SettingsChange settings,
        List<ContextId> contexts) {
    private static final int LONGEST_NAME = 255;
    static final int LONGEST_PROMPT = 200_000;

    public NewTalkingAgent {
        name = name.strip();
        contexts = List.copyOf(contexts);
        refuseName(name);
        refusePrompt(prompt, "systemPrompt");
    }

    static void refuseName(String name) {
        Refused.when(name.isEmpty(), "name", "must not be blank");
        Refused.when(name.length() > LONGEST_NAME, "name", "is " + name.length() + " characters long; at most 255");
        Refused.when(Agent.isReserved(name), "name", "is '" + name + "', a word that paths need; choose another");
    }

    static void refusePrompt(String prompt, String field) {
        Refused.when(prompt.isEmpty(), field, "must be at least 1 character");
        Refused.when(
                prompt.length() > LONGEST_PROMPT,
                field,
                "is %,d characters long; at most %,d".formatted(prompt.length(), LONGEST_PROMPT));
    }
}
