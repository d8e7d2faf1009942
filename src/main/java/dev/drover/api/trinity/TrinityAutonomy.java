package dev.drover.api.trinity;

import dev.drover.api.http.Answer;
import dev.drover.api.http.Call;
import dev.drover.api.http.Operation;
import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.agent.Reached;
import dev.drover.core.machine.Machines;
import dev.drover.core.schedule.Autonomy;

/** Whether an agent's schedules fire (contract, sections 5.13 and 9). */
public final class TrinityAutonomy {
    private final Autonomy autonomy;
    private final Machines machines;
    private final TrinityAgentPath path;

    public TrinityAutonomy(Autonomy autonomy, Machines machines, TrinityAgentPath path) {
        this.autonomy = autonomy;
        this.machines = machines;
        this.path = path;
    }

    public Operation get() {
        return Operation.of("Whether an agent begins work by itself", this::get)
                .answers(200, Shown.class)
                .refuses(403, 404);
    }

    private Answer get(Call call) {
        Reached reached = path.forUse(call);
        Autonomy.State state = autonomy.of(reached.id());
        String status =
                TrinityStatus.of(reached.agent(), machines.find(reached.id())).status();
        return Answer.ok(new Shown(reached.name(), state.on(), state.total(), state.enabled(), status));
    }

    public Operation put() {
        return Operation.of("Let an agent begin work by itself, or not; each schedule keeps its switch", this::put)
                .takes(Wish.class)
                .answers(200, Changed.class)
                .answers(422, TrinityMisfit.class)
                .refuses(400, 403, 404);
    }

    private Answer put(Call call) {
        Reached reached = path.forOwner(call);
        if (reached.agent().isSystem()) {
            throw new Refused(new Problem.Forbidden("Autonomy of the system agent cannot be changed"));
        }
        boolean on = TrinityChange.of(call).truth("enabled");
        int updated = autonomy.set(reached, on);
        return Answer.ok(new Changed(
                "updated",
                reached.name(),
                on,
                updated,
                "Autonomy " + (on ? "enabled" : "disabled") + " for " + reached.name()
                        + "; schedules that this concerns: " + updated));
    }

    record Wish(boolean enabled) {}

    record Shown(String agentName, boolean autonomyEnabled, int totalSchedules, int enabledSchedules, String status) {}

    record Changed(String status, String agentName, boolean autonomyEnabled, int schedulesUpdated, String message) {}
}
