package dev.drover.core.access;

import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.audit.Audit;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The first step of a server: until its administrator has a password, nobody logs in (Trinity contract, 3.1). */
public final class Setup {
    private static final int SHORTEST = 8;

    private final AccessStore store;
    private final Passwords passwords;
    private final Audit audit;
    private final User admin;
    private final Supplier<String> token;
    private volatile boolean completed;

    /** @param token what callers from elsewhere must show */
    public Setup(AccessStore store, Passwords passwords, Audit audit, User admin, Supplier<String> token) {
        this.store = store;
        this.passwords = passwords;
        this.audit = audit;
        this.admin = admin;
        this.token = token;
    }

    public boolean isCompleted() {
        completed = completed || store.passwordHash(admin.id()).isPresent();
        return completed;
    }

    /** Whose password is to be set; null when it is. */
    public @Nullable String awaited() {
        return isCompleted() ? null : admin.name();
    }

    public void refuseUnlessCompleted() {
        if (!isCompleted()) {
            throw new Refused(new Problem.Forbidden("setup_required"));
        }
    }

    /**
     * Refuses whoever may not set the server up, before what they say is read.
     *
     * @param nearby whether the caller is on this machine
     */
    public void refuseUnlessOpen(boolean nearby, @Nullable String shown) {
        if (isCompleted()) {
            throw completedAlready();
        }
        if (!nearby && !isToken(shown)) {
            throw new Refused(new Problem.Forbidden(
                    "From another machine this needs the setup_token, which is in the server's log and in the file"
                            + " setup.token of its data folder"));
        }
    }

    public void adminPassword(String password, String again) {
        refuseShort(password);
        if (!password.equals(again)) {
            throw new Refused(new Problem.Unacceptable("Passwords do not match"));
        }
        // Of two who come at the same moment one sets it.
        if (!store.firstPasswordHash(admin.id(), passwords.hash(password))) {
            throw completedAlready();
        }
        audit.record("user:" + admin.name(), "setup", admin.id().toString(), "");
    }

    static void refuseShort(String password) {
        if (password.length() < SHORTEST) {
            throw new Refused(new Problem.Unacceptable("Password must be at least %d characters".formatted(SHORTEST)));
        }
    }

    private boolean isToken(@Nullable String shown) {
        return shown != null
                && MessageDigest.isEqual(
                        shown.getBytes(StandardCharsets.UTF_8), token.get().getBytes(StandardCharsets.UTF_8));
    }

    private static Refused completedAlready() {
        return new Refused(new Problem.Forbidden("Setup already completed"));
    }
}
