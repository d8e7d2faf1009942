package dev.drover.core.conversation;

import dev.drover.core.Refused;
import dev.drover.core.run.RunWebhook;
import dev.drover.core.run.Said;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is said to an agent, and what is different this time (Make contract, section 3.6).
 *
 * @param thread the key of the thread; null for a new one
 * @param prompt in place of the agent's; null for the agent's own
 * @param moreToPrompt behind it; null for nothing
 * @param callback where the answer goes too; null for nowhere
 */
public record TalkOrder(
        List<Said> messages,
        @Nullable String thread,
        @Nullable String prompt,
        @Nullable String moreToPrompt,
        SettingsChange settings,
        @Nullable RunWebhook callback) {
    private static final int LONGEST_KEY = 255;

    public TalkOrder {
        messages = List.copyOf(messages);
        if (thread != null) {
            Refused.when(
                    thread.isEmpty() || thread.length() > LONGEST_KEY,
                    "threadId",
                    "must be 1 to 255 characters, but is " + thread.length() + " long");
        }
        if (prompt != null) {
            NewTalkingAgent.refusePrompt(prompt, "config.systemPrompt");
        }
        if (moreToPrompt != null && !moreToPrompt.isEmpty()) {
            NewTalkingAgent.refusePrompt(moreToPrompt, "config.additionalSystemPrompt");
        }
    }
}
