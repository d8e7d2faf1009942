package dev.drover.core.model;

import java.util.List;
import java.util.Map;

/**
 * One whole answer of a model.
 *
 * @param stop why it ended
 * @param model the model that answered, as the vendor names it
 * @param vendor opaque parts that the same vendor wants back in the next call, such as a signature over its thinking
 */
public record Reply(
        String text,
        String thinking,
        List<ToolCall> calls,
        Usage usage,
        Stop stop,
        String model,
        Map<String, String> vendor) {
    public Reply {
        calls = List.copyOf(calls);
        vendor = Map.copyOf(vendor);
    }

    /** Why an answer ended; {@code OTHER} stands for any word of the vendor that is none of these. */
    public enum Stop {
        END,
        TOOLS,
        LENGTH,
        REFUSED,
        OTHER
    }
}
