package dev.drover.core.credential;

import dev.drover.core.StartFailure;
import java.time.Clock;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Keys of the servers themselves, such as the one that login tokens are signed with: the same on all servers that share
 * a database, so that what one of them gave out is good at the others.
 */
public final class ServerKeys {
    private final Vault vault;
    private final ServerKeyStore store;
    private final BooleanSupplier othersLive;
    private final Clock clock;

    /** @param othersLive whether another server works on this database just now */
    public ServerKeys(Vault vault, ServerKeyStore store, BooleanSupplier othersLive, Clock clock) {
        this.vault = vault;
        this.store = store;
        this.othersLive = othersLive;
        this.clock = clock;
    }

    /** The key of that name in the database; of two servers that make one at the same moment, one makes it for both. */
    public String kept(String name, Supplier<String> maker) {
        Optional<String> known = find(name);
        if (known.isPresent()) {
            return known.get();
        }
        store.keep(name, vault.seal(maker.get(), name), clock.instant());
        return find(name).orElseThrow();
    }

    private Optional<String> find(String name) {
        return store.sealed(name).filter(vault::opens).map(known -> vault.open(known, name));
    }

    /**
     * Says which key is in force here.
     *
     * @param print tells it apart from others
     * @param remedy how to give this server the right one
     * @throws StartFailure when other servers that live have another one in force
     */
    public void agree(String name, String print, String remedy) {
        String agreed = store.agreed(name, print, clock.instant());
        if (agreed.equals(print)) {
            return;
        }
        if (othersLive.getAsBoolean()) {
            throw new StartFailure(("this server's %s is %s, but other servers at work on this database have %s: %s,"
                            + " or stop the others first")
                    .formatted(name, print, agreed, remedy));
        }
        store.change(name, print);
    }
}
