package dev.drover.core.run;

import dev.drover.core.Refused;
import dev.drover.core.tool.ToolGrant;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one run is asked, where that is not what its agent's profile says: with its own prompt and messages, which its
 * log begins with, on a thread of its own or with earlier runs before it.
 *
 * @param profile the name of the model profile that answers
 * @param earlier how many completed runs of its lane the model is reminded of, the newest
 * @param outputTokens at most in one reply; null for the profile's own limit
 * @param tools what it may use; null for the tools that every agent of this server has
 * @param steps at most; a call of the model is one, and a batch of tool calls another
 * @param stepTime how long one of them may take
 * @param runtime the name of the program that works in the agent's kept computer; null for our own loop
 */
public record Brief(
        String profile,
        int earlier,
        @Nullable Integer outputTokens,
        @Nullable List<ToolGrant> tools,
        int steps,
        Duration stepTime,
        @Nullable String runtime) {
    public Brief {
        tools = tools == null ? null : List.copyOf(tools);
        Refused.when(earlier < 0, "historyConfig.iterationsFromHistoryCount", "must be at least 0, but is " + earlier);
        Refused.when(
                outputTokens != null && outputTokens < 1,
                "llmConfig.maxTokens",
                "must be at least 1, but is " + outputTokens);
    }

    /** For our own loop. */
    public Brief(
            String profile,
            int earlier,
            @Nullable Integer outputTokens,
            @Nullable List<ToolGrant> tools,
            int steps,
            Duration stepTime) {
        this(profile, earlier, outputTokens, tools, steps, stepTime, null);
    }
}
