package dev.drover.core.agent;

import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.access.Access;
import dev.drover.core.access.ApiKey;
import dev.drover.core.access.Binding;
import dev.drover.core.access.Caller;
import dev.drover.core.access.CredentialKind;
import dev.drover.core.access.IssueKey;
import dev.drover.core.access.Scope;
import dev.drover.core.access.User;
import dev.drover.core.id.AgentId;
import dev.drover.core.id.CredentialId;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Keys for programs that speak MCP: a user's, an agent's own, the house's (Trinity contract, section 3.5). */
public final class McpKeys {
    private static final String OF_AGENT = "agent";
    private static final String OF_SYSTEM = "system";

    /** An agent may use those it is permitted to; keys, secrets and webhooks are its owner's business. */
    private static final Set<Scope> SCOPES_OF_AGENTS =
            EnumSet.of(Scope.AGENTS_READ, Scope.AGENTS_WRITE, Scope.MEMORY_READ, Scope.MEMORY_WRITE);

    private final McpKeyStore store;
    private final Access access;

    public McpKeys(McpKeyStore store, Access access) {
        this.store = store;
        this.access = access;
    }

    /** A key that may do what the caller may, and no more. */
    public McpKey.Issued issue(Caller caller, String name, @Nullable String description) {
        refuseAgents(caller);
        ApiKey.Issued issued = access.issue(
                caller,
                new IssueKey(name, CredentialKind.MCP_KEY, caller.scopes(), null),
                new Binding(null, description, McpKey.OF_USER));
        return new McpKey.Issued(find(caller, issued.key().id()), issued.secret());
    }

    /** A first key for whoever has none that works; empty when there is one. */
    public Optional<McpKey.Issued> ensureDefault(Caller caller) {
        refuseAgents(caller);
        boolean has = store.list(caller).stream()
                .anyMatch(key -> key.active()
                        && key.reach().equals(McpKey.OF_USER)
                        && key.user().equals(caller.user().name()));
        return has
                ? Optional.empty()
                : Optional.of(issue(caller, "Default MCP Key", "Auto-generated key for MCP access"));
    }

    /**
     * The key that an agent has from its creation on, in the caller's transaction. The agent of the house has one that
     * acts as its owner, who is the administrator.
     */
    public ApiKey.Issued issueForAgent(Agent agent, User owner) {
        boolean isSystem = agent.isSystem();
        IssueKey order = new IssueKey(
                "Key of the agent",
                CredentialKind.MCP_KEY,
                isSystem ? EnumSet.allOf(Scope.class) : SCOPES_OF_AGENTS,
                null);
        Binding binding =
                isSystem ? new Binding(null, agent.slug(), OF_SYSTEM) : new Binding(agent.id(), null, OF_AGENT);
        return access.issue(owner, order, binding);
    }

    /** To be called when no transaction is open: nothing is left of what the agent could show to come in. */
    public void revokeOf(AgentId agent) {
        access.deleteKeysOf(agent);
    }

    public List<McpKey> list(Caller caller) {
        refuseAgents(caller);
        access.noteUses();
        return store.list(caller);
    }

    public McpKey find(Caller caller, CredentialId id) {
        refuseAgents(caller);
        access.noteUses();
        return store.find(caller, id)
                .orElseThrow(() -> new Refused(new Problem.NotFound(Problem.Thing.KEY, id.toString())));
    }

    /** From the next request on it is unknown. */
    public void revoke(Caller caller, CredentialId id) {
        access.revokeAny(caller, id, find(caller, id).name());
    }

    public void delete(Caller caller, CredentialId id) {
        access.delete(caller, id, find(caller, id).name());
    }

    /** The key of that secret; refused when the secret is of no good one. */
    public McpKey validate(String secret) {
        Caller holder = access.identify(secret);
        CredentialId id = holder.credential();
        if (id == null || holder.kind() != CredentialKind.MCP_KEY) {
            throw new Refused(new Problem.Unauthenticated("the credential is no MCP key"));
        }
        return store.find(holder, id)
                .orElseThrow(() -> new Refused(new Problem.Unauthenticated("the key was deleted just now")));
    }

    private static void refuseAgents(Caller caller) {
        if (caller.agent() != null) {
            throw new Refused(new Problem.Forbidden("Keys are people's business, not their agents'"));
        }
    }
}
