package dev.drover.core.execution;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an agent is asked to do.
 *
 * @param model the name of a profile; null for the agent's own
 * @param tools patterns of the tools it may use; null for all that agents have
 * @param prompt what it is told beside its own prompt
 * @param timeout null for the one its machine is set to
 * @param turns how often the model may be asked; null for the usual number
 */
public record Work(
        String message,
        @Nullable String model,
        @Nullable List<String> tools,
        @Nullable String prompt,
        @Nullable Duration timeout,
        @Nullable Integer turns,
        Cause cause) {
    public Work {
        tools = tools == null ? null : List.copyOf(tools);
    }

    /**
     * Who asked.
     *
     * @param source the name of the agent that did
     * @param tick the due moment of the schedule; null when nothing was due
     */
    public record Cause(
            Trigger trigger,
            @Nullable String source,
            @Nullable UUID schedule,
            @Nullable Instant tick) {
        public static Cause of(Trigger trigger) {
            return new Cause(trigger, null, null, null);
        }
    }
}
