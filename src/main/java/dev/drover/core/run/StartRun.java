package dev.drover.core.run;

import dev.drover.core.Refused;
import dev.drover.core.id.AgentId;
import java.util.List;
import java.util.UUID;

/**
 * The wish for a further run of an agent that there is.
 *
 * @param lane runs of one lane are worked one after the other, in the order in which they came
 * @param instructions what the model is told before all
 * @param messages at least one of them a user's
 */
public record StartRun(
        AgentId agent, UUID lane, String instructions, List<Said> messages, Brief brief, RunOptions options) {
    private static final int LONGEST_TASK = 4_000;

    public StartRun {
        messages = List.copyOf(messages);
        Refused.when(messages.isEmpty(), "messages", "must hold at least one message");
        Refused.when(
                messages.stream().noneMatch(said -> said.speaker() == Said.Speaker.USER),
                "messages",
                "must hold a message of the user; there are only the assistant's");
    }

    /** What the run is about in short: the newest message of the user. */
    String task() {
        String newest = messages.reversed().stream()
                .filter(said -> said.speaker() == Said.Speaker.USER)
                .findFirst()
                .map(Said::text)
                .orElseThrow();
        if (newest.length() <= LONGEST_TASK) {
            return newest;
        }
        int end = LONGEST_TASK - 1;
        return newest.substring(0, Character.isHighSurrogate(newest.charAt(end - 1)) ? end - 1 : end) + "…";
    }
}
