package dev.drover.core.heartbeat;

import dev.drover.core.id.AgentId;
import dev.drover.core.id.RunId;
import dev.drover.core.run.Footing;
import dev.drover.core.run.RunStatus;
import dev.drover.core.run.Why;
import java.util.List;
import java.util.Optional;

/** Tells why runs stand where they stand, and which of them stand on nothing; without regard to who asks. */
public final class HeartbeatWhys {
    private final StandingStore store;

    public HeartbeatWhys(StandingStore store) {
        this.store = store;
    }

    /** What all runs stand on that are not over, in one query. */
    public List<Footing> footings() {
        return store.all().stream().map(Standing::footing).toList();
    }

    /** Of what the agent works or waits with; empty when there is nothing. */
    public Optional<Why> live(AgentId agent) {
        return store.of(agent).stream()
                .findFirst()
                .map(Standing::why)
                .or(() -> store.deferral(agent).map(deferral -> deferred(agent, deferral)));
    }

    private static Why deferred(AgentId agent, StandingStore.Deferral deferral) {
        RunId holder = deferral.holder();
        String of = holder == null ? "a run" : "run " + holder;
        return Why.idle(agent, deferral.since())
                .waiting(
                        Why.Waiter.RUN,
                        holder == null ? null : holder.toString(),
                        "waiting for " + of + ", which works for the issue " + deferral.issue(),
                        deferral.since(),
                        null,
                        "it is woken by itself when that is over; an operator can cancel that: POST"
                                + " /api/heartbeat-runs/" + holder + "/cancel");
    }

    /** How the agent's newest run ended; empty when none has. */
    public Optional<Why> over(AgentId agent) {
        return store.ending(agent).map(end -> {
            String error = end.error();
            return Why.idle(agent, end.at())
                    .ofRun(end.run(), status(end.status()))
                    .waiting(
                            null,
                            null,
                            end.status().word().replace('_', ' ') + (error == null ? "" : ": " + error),
                            end.at(),
                            end.at(),
                            "nobody: it is over");
        });
    }

    private static RunStatus status(HeartbeatStatus status) {
        return switch (status) {
            case QUEUED -> RunStatus.SPAWNING;
            case RUNNING -> RunStatus.RUNNING;
            case SUCCEEDED -> RunStatus.COMPLETED;
            case FAILED, TIMED_OUT -> RunStatus.ERROR;
            case CANCELLED -> RunStatus.STOPPED;
        };
    }
}
