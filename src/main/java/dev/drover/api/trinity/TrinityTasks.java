package dev.drover.api.trinity;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.drover.api.http.Answer;
import dev.drover.api.http.Call;
import dev.drover.api.http.Operation;
import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.agent.Reached;
import dev.drover.core.execution.Executions;
import dev.drover.core.execution.StartedExecution;
import dev.drover.core.execution.Trigger;
import dev.drover.core.execution.Work;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Tasks: work that an agent does beside all else, without a memory of what was said (the product's shapes). */
public final class TrinityTasks {
    private static final int LONGEST_SECONDS = 7_200;
    private static final int MOST_TURNS = 1_000;

    private final Executions executions;
    private final TrinityAgentPath path;
    private final TrinityOutcomes outcomes;

    public TrinityTasks(Executions executions, TrinityAgentPath path) {
        this.executions = executions;
        this.path = path;
        this.outcomes = new TrinityOutcomes(executions);
    }

    public Operation task() {
        return Operation.of("Give an agent a task; going away does not cancel it", this::task)
                .header("X-Source-Agent", String.class, "The agent that asks, where somebody else's credential is used")
                .header("Accept", String.class, "text/event-stream for the log as it grows")
                .takes(Order.class)
                .answers(200, TrinityReply.class)
                .answersType(200, "text/event-stream")
                .answers(422, TrinityMisfit.class)
                .refuses(400, 403, 404, 409, 429, 500, 503, 504);
    }

    private Answer task(Call call) {
        Reached reached = path.forUse(call);
        Order order = TrinityBody.read(call, Order::of);
        Work work = order.work(executions.cause(call.caller(), Trigger.MANUAL, call.header("X-Source-Agent")));
        return Boolean.TRUE.equals(order.asyncMode())
                ? TrinityOutcomes.begun(() -> executions.task(reached, work), started -> accepted(reached, started))
                : outcomes.of(call, reached, () -> executions.task(reached, work));
    }

    private static Answer accepted(Reached reached, StartedExecution started) {
        return Answer.ok(new Accepted(
                "accepted",
                started.id(),
                reached.name(),
                "Task accepted; look at /api/agents/" + reached.name() + "/executions/" + started.id(),
                true));
    }

    /** What the body holds; all but the message may be left out. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Order(
            String message,
            @Nullable String model,
            @Nullable List<String> allowedTools,
            @Nullable String systemPrompt,
            @Nullable Integer timeoutSeconds,
            @Nullable Integer maxTurns,
            @Nullable Boolean asyncMode) {
        static Order of(TrinityBody body) {
            return new Order(
                    body.text("message"),
                    body.textIfAny("model"),
                    body.textsIfAny("allowed_tools"),
                    body.textIfAny("system_prompt"),
                    body.integerIfAny("timeout_seconds"),
                    body.integerIfAny("max_turns"),
                    body.flagIfAny("async_mode"));
        }

        Work work(Work.Cause cause) {
            if (message.isBlank()) {
                throw new Refused(new Problem.Unacceptable("message must not be empty"));
            }
            between(timeoutSeconds, LONGEST_SECONDS, "timeout_seconds");
            between(maxTurns, MOST_TURNS, "max_turns");
            Duration timeout = timeoutSeconds == null ? null : Duration.ofSeconds(timeoutSeconds);
            return new Work(message, model, allowedTools, systemPrompt, timeout, maxTurns, cause);
        }

        private static void between(@Nullable Integer value, int most, String field) {
            if (value != null && (value < 1 || value > most)) {
                throw new Refused(
                        new Problem.Unacceptable(field + " must be between 1 and " + most + ", but is " + value));
            }
        }
    }

    record Accepted(String status, UUID executionId, String agentName, String message, boolean asyncMode) {}
}
