package dev.drover.core.run;

import dev.drover.core.Json;
import dev.drover.core.Refused;
import dev.drover.core.id.AgentId;
import org.jspecify.annotations.Nullable;

/**
 * The wish to go on from a step of an agent's run in a new run. Refuses what does not fit by itself.
 *
 * @param at the last step to be kept, as Jettson counts them
 * @param edit what is changed at that step; null to keep all as it was
 * @param idempotency null when the caller asked for no protection against a repeat
 */
public record ForkRun(AgentId agent, int at, @Nullable Edit edit, SpawnAgent.@Nullable IdempotencyKey idempotency) {
    private static final int LONGEST_TEXT = 100_000;

    public ForkRun {
        Refused.when(at < 1, "at", "must be the seq of a step of the log, 1 or more, but is " + at);
    }

    /** A change of what was said or done. */
    public sealed interface Edit {
        /** How it is called where it is told. */
        String word();

        /** Another task. */
        record Task(String task) implements Edit {
            @Override
            public String word() {
                return "task";
            }
        }

        /** Other words of the model or of the user, at that step. */
        record Text(String text) implements Edit {
            public Text {
                Refused.when(text.isBlank(), "edit", "has a text that is blank; say what is to stand there");
                Refused.when(
                        text.length() > LONGEST_TEXT,
                        "edit",
                        "has a text of " + text.length() + " characters; at most 100,000");
            }

            @Override
            public String word() {
                return "text";
            }
        }

        /** Another result of the tool call that came to its end at that step: a JSON object. */
        record Output(Json output, boolean isError) implements Edit {
            @Override
            public String word() {
                return "output";
            }
        }
    }
}
