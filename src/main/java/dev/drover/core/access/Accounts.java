package dev.drover.core.access;

import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.audit.Audit;
import dev.drover.core.id.Ids;
import dev.drover.core.id.UserId;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/** People as administrators keep them. */
public final class Accounts {
    private final AccountStore store;
    private final PasswordChanges passwords;
    private final LoginEmails emails;
    private final Audit audit;
    private final Ids ids;
    private final Clock clock;

    public Accounts(
            AccountStore store, PasswordChanges passwords, LoginEmails emails, Audit audit, Ids ids, Clock clock) {
        this.store = store;
        this.passwords = passwords;
        this.emails = emails;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    /** Everybody, oldest first. */
    public List<Account> list(Caller caller) {
        caller.needAdmin();
        return store.accounts().stream()
                .filter(account -> !account.user().isSandbox())
                .toList();
    }

    /** Makes a user; one with an address may log in by mail from now on. */
    public Account create(Caller caller, NewAccount wish) {
        caller.needAdmin();
        if (!store.insert(new UserId(ids.next()), wish, now())) {
            throw new Refused(new Problem.Taken("There is a user " + wish.name()
                    + (wish.email() == null ? "" : ", or one of the address " + wish.email())
                    + " already; choose another name"));
        }
        Account made = account(wish.name());
        if (wish.password() != null) {
            passwords.set(made.user(), wish.password());
        }
        if (wish.email() != null) {
            emails.addAccount(caller, wish.email());
        }
        audit.record(caller.actor(), "user.create", made.user().id().toString(), wish.name());
        return account(wish.name());
    }

    /** In force from the next request on. */
    public Account change(Caller caller, String name, ChangeAccount wish) {
        caller.needAdmin();
        Account account = account(name);
        User user = account.user();
        Role role = wish.role();
        if (role != null && role != user.role()) {
            refuseUnless(store.role(user, role), name, "made less");
            record(caller, user, "user.role", word(user.role()) + " to " + word(role));
        }
        Boolean disabled = wish.disabled();
        if (disabled != null && disabled != (account.disabledAt() != null)) {
            refuseUnless(store.disable(user, disabled ? now() : null), name, "disabled");
            record(caller, user, disabled ? "user.disable" : "user.enable", name);
        }
        if (wish.password() != null) {
            passwords.set(user, wish.password());
            record(caller, user, "user.password", name);
        }
        return account(name);
    }

    private Account account(String name) {
        return store.account(name)
                .filter(found -> !found.user().isSandbox())
                .orElseThrow(() -> new Refused(new Problem.NotFound(Problem.Thing.USER, name)));
    }

    private static void refuseUnless(boolean done, String name, String deed) {
        if (!done) {
            throw new Refused(new Problem.WrongState(
                    name + " is the last administrator and cannot be " + deed + "; make somebody else one first"));
        }
    }

    private void record(Caller caller, User user, String action, String detail) {
        audit.record(caller.actor(), action, user.id().toString(), detail);
    }

    private static String word(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
