package dev.drover.api.trinity;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.drover.api.http.Answer;
import dev.drover.api.http.Call;
import dev.drover.api.http.Operation;
import dev.drover.core.agent.Reached;
import dev.drover.core.terminal.IssueAccess;
import dev.drover.core.terminal.Terminals;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Opens ways into agents' computers by SSH (contract, section 5.16). */
public final class TrinitySsh {
    private static final double USUAL_HOURS = 4;

    private final Terminals terminals;
    private final TrinityAgentPath path;
    private final Address address;

    public TrinitySsh(Terminals terminals, TrinityAgentPath path, Address address) {
        this.terminals = terminals;
        this.path = path;
        this.address = address;
    }

    /**
     * Where people find the gateway, and how they know it.
     *
     * @param host looked up anew each time
     * @param fingerprint of the server's own key
     */
    public record Address(Supplier<String> host, Supplier<String> fingerprint) {}

    public Operation access() {
        return Operation.of("Open a way into an agent's computer by SSH for a while", this::access)
                .takes(Body.class)
                .answers(200, TrinitySshAccess.class)
                .answers(422, TrinityMisfit.class)
                .refuses(400, 403, 404, 500);
    }

    /** The setting comes before everything else (contract, section 2.2), the method last of all. */
    private Answer access(Call call) {
        terminals.needEnabled();
        Reached reached = path.forOwner(call);
        Body body = TrinityBody.readIfAny(
                call,
                fields -> new Body(
                        fields.numberIfAny("ttl_hours"),
                        fields.textIfAny("auth_method"),
                        fields.textIfAny("public_key")));
        terminals.computer(reached.id());
        return Answer.ok(TrinitySshAccess.of(reached.name(), terminals.issue(reached, body.order()), address))
                .with("Cache-Control", "no-store");
    }

    /** What the body holds. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Body(
            @Nullable Double ttlHours,
            @Nullable String authMethod,
            @Nullable String publicKey) {
        IssueAccess order() {
            return new IssueAccess(
                    ttlHours == null ? USUAL_HOURS : ttlHours,
                    IssueAccess.Method.of(authMethod == null ? "key" : authMethod),
                    publicKey);
        }
    }
}
