package dev.drover.core.run;

import dev.drover.core.id.AgentId;
import dev.drover.core.id.RunId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One piece of work of an agent, as far as it has come.
 *
 * @param result the final answer; only of a completed run
 * @param error only of a run that ended in an error
 * @param region the wish of the caller, echoed; all run here
 */
public record Run(
        RunId id,
        AgentId agent,
        String task,
        RunStatus status,
        ComputerState computer,
        String region,
        @Nullable String result,
        @Nullable FailureReason error,
        Instant createdAt,
        Instant updatedAt) {
    /** Stands for the runs of an agent that has none yet; its identity is that of no run. */
    static Run none(AgentId agent, Instant at) {
        return new Run(
                new RunId(agent.value()), agent, "", RunStatus.IDLE, ComputerState.DESTROYED, "", null, null, at, at);
    }
}
