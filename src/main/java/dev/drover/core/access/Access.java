package dev.drover.core.access;

import dev.drover.core.Page;
import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.audit.Audit;
import dev.drover.core.id.AgentId;
import dev.drover.core.id.CredentialId;
import dev.drover.core.id.Ids;
import dev.drover.core.id.RunId;
import dev.drover.core.id.UserId;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells who is calling, and issues and revokes keys. */
public final class Access {
    private static final int MOST_KEYS = 100;

    /** What an agent may do that may not make agents (Jettson contract, section 3). */
    private static final Set<Scope> SCOPES_OF_AGENTS =
            EnumSet.of(Scope.AGENTS_READ, Scope.MEMORY_READ, Scope.MEMORY_WRITE);

    private final AccessStore store;
    private final KeyUses uses;
    private final Tokens tokens;
    private final Audit audit;
    private final SpawnRate plan;
    private final Ids ids;
    private final Clock clock;

    /** @param plan how often keys may spawn unless an administrator grants more */
    public Access(AccessStore store, Tokens tokens, Audit audit, SpawnRate plan, Ids ids, Clock clock) {
        this.store = store;
        this.uses = new KeyUses(store);
        this.tokens = tokens;
        this.audit = audit;
        this.plan = plan;
        this.ids = ids;
        this.clock = clock;
    }

    /** The caller behind a credential as it came; refused when it is unknown, expired or revoked. */
    public Caller identify(String credential) {
        Instant now = clock.instant();
        Optional<Caller> caller = credential.indexOf('.') > 0 ? signed(credential) : stored(credential, now);
        return caller.orElseThrow(
                () -> new Refused(new Problem.Unauthenticated("the credential is unknown, expired or revoked")));
    }

    /** The user is read anew, so that a change of role acts at once. */
    private Optional<Caller> signed(String token) {
        return tokens.read(token).flatMap(claims -> switch (claims) {
            case Claims.OfUser user ->
                store.active(user)
                        .map(found ->
                                new Caller(found, CredentialKind.USER_TOKEN, null, null, EnumSet.allOf(Scope.class)));
            case Claims.OfRun run ->
                store.active(run.owner())
                        .filter(_ -> store.isPassOpen(run.run(), run.agent()))
                        .map(found -> new Caller(
                                found,
                                CredentialKind.RUN_TOKEN,
                                null,
                                run.agent(),
                                SCOPES_OF_AGENTS,
                                SpawnRate.OF_THE_PLAN,
                                run.run(),
                                null));
        });
    }

    /** A token for a run, good until it expires or {@link #endPass} is called; joins the caller's transaction. */
    public String pass(Claims.OfRun claims) {
        store.openPass(claims.run(), claims.agent(), claims.expiresAt());
        return tokens.sign(claims);
    }

    /** The run is over, and its token good for nothing; joins the caller's transaction. */
    public void endPass(RunId run) {
        store.endPass(run);
    }

    private Optional<Caller> stored(String secret, Instant now) {
        Optional<AccessStore.Held> held = store.holder(Secrets.hash(secret), now);
        held.ifPresent(found -> uses.note(found, now));
        return held.map(AccessStore.Held::caller);
    }

    /** Makes a key; the secret is in the answer and nowhere else. Nobody grants a scope that they lack. */
    public ApiKey.Issued issue(Caller caller, IssueKey order) {
        return issue(caller, order, Binding.NONE);
    }

    public ApiKey.Issued issue(Caller caller, IssueKey order, Binding binding) {
        order.scopes().forEach(caller::need);
        order.rate().refuseAbove(plan, caller.user());
        if (order.kind() == CredentialKind.OPERATOR_KEY && caller.user().role() == Role.USER) {
            throw new Refused(new Problem.Forbidden("Operator access required"));
        }
        User owner = order.kind() == CredentialKind.TEST_KEY ? sandboxOf(caller.user()) : caller.user();
        ApiKey.Issued issued = made(order);
        byte[] hash = Secrets.hash(issued.secret());
        if (!store.insert(issued.key(), owner.id(), hash, binding, caller.user(), MOST_KEYS)) {
            throw new Refused(new Problem.LimitReached("unrevoked keys", MOST_KEYS));
        }
        audit.record(caller.actor(), "key.create", issued.key().id().toString(), order.name());
        return issued;
    }

    /** A key that nobody asked for by a request, such as the operator's or an agent's own; it is not counted. */
    public ApiKey.Issued issue(User owner, IssueKey order, Binding binding) {
        ApiKey.Issued issued = made(order);
        store.insert(issued.key(), owner.id(), Secrets.hash(issued.secret()), binding);
        return issued;
    }

    private ApiKey.Issued made(IssueKey order) {
        String secret = Secrets.make(order.kind());
        ApiKey key = new ApiKey(
                new CredentialId(ids.next()),
                order.name(),
                order.kind(),
                Secrets.shown(order.kind(), secret),
                order.scopes(),
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                order.expiresAt(),
                null,
                null,
                order.rate());
        return new ApiKey.Issued(key, secret);
    }

    /** Test keys act as an account beside the live one (Jettson contract, section 3). */
    private User sandboxOf(User user) {
        String name = user.sandbox();
        store.insert(new UserId(ids.next()), name, Role.USER, clock.instant());
        return store.user(name).orElseThrow();
    }

    /** The keys of the caller's account and its sandbox, newest first, after the one given. */
    public Page<ApiKey> keys(Caller caller, boolean revokedToo, int limit, @Nullable CredentialId after) {
        List<ApiKey> found = store.keys(caller.user(), revokedToo, limit + 1, after);
        List<ApiKey> page = found.subList(0, Math.min(limit, found.size()));
        return new Page<>(page, found.size() > limit ? page.getLast().id().toString() : null);
    }

    public ApiKey key(Caller caller, CredentialId id) {
        return store.key(caller.user(), id)
                .orElseThrow(() -> new Refused(new Problem.NotFound(Problem.Thing.KEY, id.toString())));
    }

    /** Effective on the very next request. Nobody grants a scope that they lack; a revoked key stays as it is. */
    public ApiKey change(Caller caller, CredentialId id, ChangeKey wish) {
        ApiKey key = key(caller, id);
        if (wish.scopes() != null) {
            wish.scopes().forEach(caller::need);
        }
        if (wish.rate() != null) {
            wish.rate().refuseAbove(plan, caller.user());
        }
        store.change(id, wish);
        audit.record(caller.actor(), "key.change", id.toString(), key.name());
        return key(caller, id);
    }

    /** From the next request on the key is unknown; a revoked one stays as it is. */
    public void revoke(Caller caller, CredentialId id) {
        ApiKey key = key(caller, id);
        if (key.revokedAt() == null) {
            store.revoke(id, clock.instant());
            audit.record(caller.actor(), "key.revoke", id.toString(), key.name());
        }
    }

    /** The same for any key, by a caller whose right to it was judged already. */
    public void revokeAny(Caller caller, CredentialId id, String name) {
        store.revoke(id, clock.instant());
        audit.record(caller.actor(), "key.revoke", id.toString(), name);
    }

    /** Nothing is left of the key, by a caller whose right to it was judged already. */
    public void delete(Caller caller, CredentialId id, String name) {
        store.delete(id);
        audit.record(caller.actor(), "key.delete", id.toString(), name);
    }

    /** A key with which an agent comes in by itself; joins the caller's transaction. */
    public ApiKey.Issued issueForAgent(UserId owner, AgentId agent, String name, @Nullable Instant expiresAt) {
        ApiKey.Issued issued = made(new IssueKey(name, CredentialKind.AGENT_KEY, SCOPES_OF_AGENTS, expiresAt));
        store.insert(issued.key(), owner, Secrets.hash(issued.secret()), new Binding(agent, null, null));
        return issued;
    }

    /** The keys that were made for an agent, newest first, revoked ones too. */
    public List<ApiKey> keysOf(AgentId agent) {
        noteUses();
        return store.keysOf(agent, CredentialKind.AGENT_KEY);
    }

    /** Joins the caller's transaction; in force when {@link #forgetHolders} is called after that. */
    public void revokeKeyOfAgent(CredentialId key) {
        store.revokeJoining(key, clock.instant().truncatedTo(ChronoUnit.MILLIS));
    }

    /** The same for all that an agent could show to come in, keys and tokens of its runs. */
    public void revokeAllOf(AgentId agent) {
        store.revokeAllOf(agent, clock.instant().truncatedTo(ChronoUnit.MILLIS));
    }

    /** Whoever comes from now on is looked up anew; to be called when a transaction that revoked keys is kept. */
    public void forgetHolders() {
        store.forgetHolders();
    }

    /** Nothing is left of an agent's own keys; to be called when no transaction is open. */
    public void deleteKeysOf(AgentId agent) {
        store.deleteOf(agent);
    }

    /** Writes down what keys were used since it was last written, so that a list of them is true. */
    public void noteUses() {
        uses.write();
    }
}
