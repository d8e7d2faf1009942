package dev.drover.core.access;

import dev.drover.core.id.Ids;
import dev.drover.core.id.UserId;
import java.time.Clock;
import java.util.List;

/** The people of this server. */
public final class Members {
    private final AccessStore store;
    private final AccountStore accounts;
    private final Ids ids;
    private final Clock clock;

    public Members(AccessStore store, AccountStore accounts, Ids ids, Clock clock) {
        this.store = store;
        this.accounts = accounts;
        this.ids = ids;
        this.clock = clock;
    }

    public List<User> list(Caller caller) {
        caller.needAdmin();
        return accounts.users();
    }

    /** The same one, an administrator from now on. */
    User promote(User user) {
        store.makeAdmin(user.id());
        return store.user(user.name()).orElseThrow();
    }

    /** Whoever has the address; made now, by the name of the address, when nobody has it. */
    User of(String address) {
        return accounts.member(new UserId(ids.next()), address, clock.instant());
    }
}
