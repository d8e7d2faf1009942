package dev.drover.core.access;

import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.audit.Audit;
import org.jspecify.annotations.Nullable;

/** Sets passwords anew; with each change all logins of that user are over. */
public final class PasswordChanges {
    private final AccessStore store;
    private final Login login;
    private final Passwords passwords;
    private final Audit audit;

    public PasswordChanges(AccessStore store, Login login, Passwords passwords, Audit audit) {
        this.store = store;
        this.login = login;
        this.passwords = passwords;
        this.audit = audit;
    }

    /**
     * The caller's own.
     *
     * @param current null for somebody who has none yet, having come in by mail or by a provider of identities
     */
    public void own(Caller caller, @Nullable String current, String next, Visitor from) {
        Setup.refuseShort(next);
        User user = caller.user();
        if (store.passwordHash(user.id()).isPresent()) {
            prove(user, current == null ? "" : current, from);
        }
        set(user, next);
        audit.record(caller.actor(), "user.password", user.id().toString(), "own");
    }

    /** Counted like any try to log in, so that a stolen token is no way to guess the password behind it. */
    private void prove(User user, String current, Visitor from) {
        try {
            login.prove(user.name(), current, from.address());
        } catch (Refused e) {
            if (e.problem() instanceof Problem.Unauthenticated) {
                throw new Refused(new Problem.Unacceptable("The current password is not right"));
            }
            throw e;
        }
    }

    void set(User user, String next) {
        store.passwordHash(user.id(), passwords.hash(next));
    }
}
