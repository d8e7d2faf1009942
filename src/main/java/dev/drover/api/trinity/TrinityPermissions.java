package dev.drover.api.trinity;

import dev.drover.api.http.Answer;
import dev.drover.api.http.Call;
import dev.drover.api.http.Operation;
import dev.drover.core.agent.Permissions;
import dev.drover.core.agent.Reached;
import java.util.List;

/** Which agents an agent may call (contract, section 6). */
public final class TrinityPermissions {
    private final Permissions permissions;
    private final TrinityAgentPath path;

    public TrinityPermissions(Permissions permissions, TrinityAgentPath path) {
        this.permissions = permissions;
        this.path = path;
    }

    public Operation get() {
        return Operation.of("List the agents that an agent may call", this::get)
                .answers(200, Permitted.class)
                .refuses(403, 404);
    }

    private Answer get(Call call) {
        Reached source = path.forUse(call);
        return Answer.ok(new Permitted(source.name(), permissions.of(source)));
    }

    public Operation put() {
        return Operation.of("Set the agents that an agent may call", this::put)
                .takes(Body.class)
                .answers(200, Permitted.class)
                .answers(422, TrinityMisfit.class)
                .refuses(400, 403, 404);
    }

    private Answer put(Call call) {
        Reached source = path.forOwner(call);
        List<String> targets = TrinityBody.read(call, body -> body.texts("permitted_agents"));
        return Answer.ok(new Permitted(source.name(), permissions.replace(source, targets)));
    }

    public Operation add() {
        return Operation.of("Let an agent call another one", this::add)
                .answers(200, Changed.class)
                .refuses(400, 403, 404);
    }

    private Answer add(Call call) {
        Reached source = path.forOwner(call);
        String target = call.path("target");
        String status = permissions.grant(source, target) ? "added" : "already_exists";
        return Answer.ok(new Changed(status, source.name(), target));
    }

    public Operation remove() {
        return Operation.of("Let an agent call another one no more", this::remove)
                .answers(200, Changed.class)
                .refuses(403, 404);
    }

    private Answer remove(Call call) {
        Reached source = path.forOwner(call);
        String target = call.path("target");
        String status = permissions.withdraw(source, target) ? "removed" : "not_found";
        return Answer.ok(new Changed(status, source.name(), target));
    }

    record Body(List<String> permittedAgents) {}

    record Permitted(String sourceAgent, List<String> permittedAgents) {}

    record Changed(String status, String sourceAgent, String targetAgent) {}
}
