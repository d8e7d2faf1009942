package dev.drover.api.trinity;

import dev.drover.api.http.Answer;
import dev.drover.api.http.Call;
import dev.drover.api.http.Operation;
import dev.drover.core.agent.Reached;
import dev.drover.core.execution.Chats;
import dev.drover.core.execution.Executions;
import dev.drover.core.execution.Trigger;
import dev.drover.core.execution.Work;
import org.jspecify.annotations.Nullable;

/** The next word to an agent in its chat, and its answer (the product's shapes). */
public final class TrinityChat {
    private final Chats chats;
    private final Executions executions;
    private final TrinityAgentPath path;
    private final TrinityOutcomes outcomes;

    public TrinityChat(Chats chats, Executions executions, TrinityAgentPath path) {
        this.chats = chats;
        this.executions = executions;
        this.path = path;
        this.outcomes = new TrinityOutcomes(executions);
    }

    public Operation say() {
        return Operation.of(
                        "Say something to an agent; the chat goes on where it was, and going away does not cancel",
                        this::say)
                .header("X-Source-Agent", String.class, "The agent that asks, where somebody else's credential is used")
                .header("Accept", String.class, "text/event-stream for the log as it grows")
                .takes(Word.class)
                .answers(200, TrinityReply.class)
                .answersType(200, "text/event-stream")
                .answers(422, TrinityMisfit.class)
                .refuses(400, 403, 404, 409, 429, 500, 503, 504);
    }

    private Answer say(Call call) {
        Reached reached = path.forUse(call);
        TrinityTasks.Order order = TrinityBody.read(
                call,
                body -> new TrinityTasks.Order(
                        body.text("message"),
                        body.textIfAny("model"),
                        null,
                        null,
                        body.integerIfAny("timeout_seconds"),
                        null,
                        null));
        Work work = order.work(executions.cause(call.caller(), Trigger.CHAT, call.header("X-Source-Agent")));
        return outcomes.of(call, reached, () -> chats.say(reached, work));
    }

    /** What the body holds; all but the message may be left out. */
    record Word(
            String message,
            @Nullable String model,
            @Nullable Integer timeoutSeconds) {}
}
