package dev.drover.api.trinity;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.drover.api.http.Answer;
import dev.drover.api.http.Call;
import dev.drover.api.http.Operation;
import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.agent.McpKey;
import dev.drover.core.agent.McpKeys;
import dev.drover.core.id.CredentialId;
import dev.drover.core.id.Spelling;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Keys for programs that speak MCP (contract, section 3.5). */
public final class TrinityKeys {
    private final McpKeys keys;

    public TrinityKeys(McpKeys keys) {
        this.keys = keys;
    }

    public Operation create() {
        return Operation.of("Make an MCP key that acts as the caller; it is shown this once", this::create)
                .takes(Wish.class)
                .answers(200, TrinityKey.class)
                .answers(422, TrinityMisfit.class)
                .refuses(409);
    }

    private Answer create(Call call) {
        Wish wish = TrinityBody.read(call, body -> new Wish(body.text("name"), body.textIfAny("description")));
        return shownOnce(keys.issue(call.caller(), wish.name, wish.description));
    }

    public Operation ensureDefault() {
        return Operation.of("Make a first MCP key, or answer null when the caller has one", this::ensureDefault)
                .answers(200, TrinityKey.class)
                .refuses(409);
    }

    private Answer ensureDefault(Call call) {
        return keys.ensureDefault(call.caller())
                .map(TrinityKeys::shownOnce)
                .orElseGet(() -> Answer.text(200, "application/json", "null"));
    }

    private static Answer shownOnce(McpKey.Issued issued) {
        return Answer.ok(TrinityKey.of(issued)).with("Cache-Control", "no-store");
    }

    public Operation list() {
        return Operation.of(
                        "List the caller's MCP keys, and to administrators everybody's",
                        call -> Answer.ok(keys.list(call.caller()).stream()
                                .map(TrinityKey::of)
                                .toList()))
                .answers(200, TrinityKey[].class);
    }

    public Operation get() {
        return Operation.of("Show one MCP key", call -> Answer.ok(TrinityKey.of(keys.find(call.caller(), id(call)))))
                .answers(200, TrinityKey.class)
                .refuses(404);
    }

    public Operation revoke() {
        return Operation.of("Make an MCP key good for nothing", this::revoke)
                .answers(200, TrinityMessage.class)
                .refuses(404);
    }

    private Answer revoke(Call call) {
        CredentialId id = id(call);
        keys.revoke(call.caller(), id);
        return Answer.ok(new TrinityMessage("MCP API key " + id + " revoked"));
    }

    public Operation delete() {
        return Operation.of("Forget an MCP key", this::delete)
                .answers(200, TrinityMessage.class)
                .refuses(404);
    }

    private Answer delete(Call call) {
        CredentialId id = id(call);
        keys.delete(call.caller(), id);
        return Answer.ok(new TrinityMessage("MCP API key " + id + " deleted"));
    }

    public Operation validate() {
        return Operation.of("Tell whose the MCP key in the Authorization header is", this::validate)
                .answers(200, TrinityKey.Valid.class)
                .refuses(401);
    }

    private Answer validate(Call call) {
        String secret = TrinityAccount.bearer(call);
        return secret == null
                ? TrinityDialect.unauthenticated("Not authenticated")
                : Answer.ok(TrinityKey.Valid.of(keys.validate(secret)));
    }

    private static CredentialId id(Call call) {
        String id = call.path("key_id");
        if (!Spelling.isUuid(id)) {
            throw new Refused(new Problem.NotFound(Problem.Thing.KEY, id));
        }
        return new CredentialId(UUID.fromString(id));
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Wish(String name, @Nullable String description) {}
}
