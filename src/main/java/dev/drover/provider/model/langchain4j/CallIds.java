package dev.drover.provider.model.langchain4j;

import dev.drover.core.model.Message;
import dev.drover.core.model.Prompt;
import dev.drover.core.model.ToolCall;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gives each tool call an id that is its own in the conversation. Gemini and Ollama give none, and some servers that
 * speak like OpenAI begin anew in every answer.
 */
final class CallIds {
    private final Set<String> taken = new HashSet<>();

    CallIds(Prompt prompt) {
        for (Message message : prompt.messages()) {
            if (message instanceof Message.Assistant assistant) {
                assistant.reply().calls().stream().map(ToolCall::id).forEach(taken::add);
            }
        }
    }

    /** The vendor's id where it is good, else the next of our own. */
    String next(@Nullable String vendors) {
        if (vendors != null && !vendors.isBlank() && taken.add(vendors)) {
            return vendors;
        }
        int number = taken.size() + 1;
        while (!taken.add("call_" + number)) {
            number++;
        }
        return "call_" + number;
    }
}
