package dev.drover.api.trinity;

import dev.drover.api.http.Answer;
import dev.drover.api.http.Call;
import dev.drover.api.http.Operation;
import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.agent.Reached;
import dev.drover.core.machine.MachineSettings;
import dev.drover.core.machine.MachineSettings.ReadOnly;
import dev.drover.core.machine.Machines;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether what is inside an agent's computer may change its files (contract, section 5.14). */
public final class TrinityReadOnly {
    private final Machines machines;
    private final TrinityAgentPath path;

    public TrinityReadOnly(Machines machines, TrinityAgentPath path) {
        this.machines = machines;
        this.path = path;
    }

    public Operation get() {
        return Operation.of("Tell whether an agent's workspace is read-only, and by which patterns", this::get)
                .answers(200, Shown.class)
                .refuses(403, 404);
    }

    private Answer get(Call call) {
        Reached agent = path.forUse(call);
        MachineSettings settings = machines.settings(agent.id());
        return Answer.ok(new Shown(agent.name(), settings.readOnly(), Patterns.of(settings.rules())));
    }

    public Operation put() {
        return Operation.of("Make an agent's workspace read-only, or writable again", this::put)
                .takes(Body.class)
                .answers(200, Changed.class)
                .answers(422, TrinityMisfit.class)
                .refuses(400, 403, 404);
    }

    private Answer put(Call call) {
        Reached agent = path.forOwner(call);
        if (agent.agent().isSystem()) {
            throw new Refused(new Problem.Forbidden("System agent's read-only mode cannot be changed"));
        }
        TrinityChange body = TrinityChange.of(call);
        boolean on = body.truth("enabled");
        ReadOnly given = rules(body.innerIfAny("config"));
        ReadOnly kept = given != null || !on ? given : ReadOnly.USUAL;
        boolean inForce = machines.readOnly(agent, on, kept);
        String message = (on ? "Read-only mode enabled" : "Read-only mode disabled")
                + (inForce ? "" : "; it takes effect when the agent is started again");
        return Answer.ok(
                new Changed("updated", agent.name(), on, kept == null ? null : Patterns.of(kept), inForce, message));
    }

    private static @Nullable ReadOnly rules(@Nullable TrinityChange config) {
        if (config == null) {
            return null;
        }
        List<String> blocked = config.textsIfAny("blocked_patterns");
        List<String> allowed = config.textsIfAny("allowed_patterns");
        return new ReadOnly(
                blocked == null ? ReadOnly.USUAL.blocked() : blocked,
                allowed == null ? ReadOnly.USUAL.allowed() : allowed);
    }

    record Body(boolean enabled, @Nullable Patterns config) {}

    record Patterns(List<String> blockedPatterns, List<String> allowedPatterns) {
        static Patterns of(ReadOnly rules) {
            return new Patterns(rules.blocked(), rules.allowed());
        }
    }

    record Shown(String agentName, boolean enabled, Patterns config) {}

    record Changed(
            String status,
            String agentName,
            boolean enabled,
            @Nullable Patterns config,
            boolean hooksInjected,
            String message) {}
}
