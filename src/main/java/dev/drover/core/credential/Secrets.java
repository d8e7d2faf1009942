package dev.drover.core.credential;

import dev.drover.core.Page;
import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.Transactions;
import dev.drover.core.access.Caller;
import dev.drover.core.audit.Audit;
import dev.drover.core.id.UserId;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Keeps the secrets of accounts and lends them to runs. */
public final class Secrets implements SecretLender {
    private static final int MOST = 200;

    private final SecretStore store;
    private final Vault vault;
    private final Transactions transactions;
    private final Audit audit;
    private final Clock clock;

    public Secrets(SecretStore store, Vault vault, Transactions transactions, Audit audit, Clock clock) {
        this.store = store;
        this.vault = vault;
        this.transactions = transactions;
        this.audit = audit;
        this.clock = clock;
    }

    /** Keeps a secret, new or in place of the one of that name. */
    public Kept put(Caller caller, PutSecret order) {
        UserId owner = caller.user().id();
        Sealed sealed = vault.seal(order.value(), context(owner, order.name()));
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return transactions.call(() -> {
            store.lock(owner);
            boolean isNew = store.find(owner, order.name()).isEmpty();
            if (isNew && store.count(owner) >= MOST) {
                throw new Refused(new Problem.LimitReached("secrets", MOST));
            }
            Secret secret = store.put(owner, order, sealed, now);
            audit.record(caller.actor(), "secret.put", order.name(), isNew ? "new" : "replaced");
            return new Kept(secret, isNew);
        });
    }

    public Secret secret(Caller caller, String name) {
        return store.find(caller.user().id(), name).orElseThrow(() -> unknown(name));
    }

    /** By name, after the one given; refused as invalid {@code cursor} when there is none of that name. */
    public Page<Secret> list(Caller caller, int limit, @Nullable String after) {
        UserId owner = caller.user().id();
        if (after != null && store.find(owner, after).isEmpty()) {
            throw new Refused(new Problem.Invalid("cursor", "is not the next_cursor of an earlier page"));
        }
        List<Secret> found = store.list(owner, limit + 1, after == null ? "" : after);
        List<Secret> page = found.subList(0, Math.min(limit, found.size()));
        return new Page<>(page, found.size() > limit ? page.getLast().name() : null);
    }

    public void delete(Caller caller, String name) {
        transactions.run(() -> {
            if (!store.delete(caller.user().id(), name)) {
                throw unknown(name);
            }
            audit.record(caller.actor(), "secret.delete", name, "");
        });
    }

    @Override
    public void refuseUnknown(UserId owner, Collection<String> names) {
        if (names.isEmpty()) {
            return;
        }
        Set<String> known = store.known(owner, names);
        Optional<String> missing =
                names.stream().filter(name -> !known.contains(name)).findFirst();
        if (missing.isPresent()) {
            throw new Refused(new Problem.Invalid(
                    "secrets", "names " + missing.get() + ", which there is not; keep it first, with PUT /secrets"));
        }
    }

    @Override
    public LentSecrets lend(UserId owner, Collection<String> names) {
        if (names.isEmpty()) {
            return LentSecrets.NONE;
        }
        var lent = new TreeMap<String, LentSecrets.Lent>();
        for (SecretStore.Kept kept : store.use(owner, names, clock.instant().truncatedTo(ChronoUnit.MILLIS))) {
            lent.put(
                    kept.name(),
                    new LentSecrets.Lent(vault.open(kept.sealed(), context(owner, kept.name())), kept.hosts()));
        }
        return new LentSecrets(lent);
    }

    private static String context(UserId owner, String name) {
        return "secret/" + owner + "/" + name;
    }

    private static Refused unknown(String name) {
        return new Refused(new Problem.NotFound(Problem.Thing.SECRET, name));
    }

    /** What was kept, and whether its name is new. */
    public record Kept(Secret secret, boolean isNew) {}
}
