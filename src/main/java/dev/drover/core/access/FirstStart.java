package dev.drover.core.access;

import dev.drover.core.id.Ids;
import dev.drover.core.id.UserId;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.EnumSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes an administrator and the operator key, so that a fresh server has somebody to obey. */
public final class FirstStart {
    /** What the administrator is called unless somebody says otherwise. */
    public static final String ADMIN = "admin";

    private static final String LETTERS = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private static final int LENGTH = 20;

    private final AccessStore store;
    private final Access access;
    private final Passwords passwords;
    private final Ids ids;
    private final Clock clock;
    private final String name;

    /** @param name of the administrator */
    public FirstStart(AccessStore store, Access access, Passwords passwords, Ids ids, Clock clock, String name) {
        this.store = store;
        this.access = access;
        this.passwords = passwords;
        this.ids = ids;
        this.clock = clock;
        this.name = name;
    }

    /**
     * Makes sure that there is an admin. A password that is given overwrites the stored one (Trinity contract, section
     * 3.1).
     *
     * @return the random password made now, to be shown once; empty when one was given or there was one already
     */
    public Optional<String> admin(@Nullable String given) {
        User admin = adminWithoutPassword();
        Optional<String> stored = store.passwordHash(admin.id());
        if (given != null) {
            if (stored.isEmpty() || !passwords.matches(given, stored.get())) {
                store.passwordHash(admin.id(), passwords.hash(given));
            }
            return Optional.empty();
        }
        if (stored.isPresent()) {
            return Optional.empty();
        }
        // Of servers that start beside each other for the first time, one alone may show a password: the one that
        // holds.
        String random = random();
        return store.firstPasswordHash(admin.id(), passwords.hash(random)) ? Optional.of(random) : Optional.empty();
    }

    /** Makes sure that there is an admin, and leaves the password to whoever sets the server up. */
    public User adminWithoutPassword() {
        store.insert(new UserId(ids.next()), name, Role.ADMIN, clock.instant());
        User admin = store.user(name).orElseThrow();
        store.makeAdmin(admin.id());
        return admin;
    }

    /** Whether the secret is that of a good operator key. */
    public boolean isOperatorKey(String secret) {
        return store.holder(Secrets.hash(secret), clock.instant())
                .filter(held -> held.caller().kind() == CredentialKind.OPERATOR_KEY)
                .isPresent();
    }

    /** A new operator key, which acts as admin; its secret. */
    public String operatorKey() {
        User admin = store.user(name).orElseThrow();
        IssueKey order = new IssueKey(
                "operator key of the data folder", CredentialKind.OPERATOR_KEY, EnumSet.allOf(Scope.class), null);
        return access.issue(admin, order, Binding.NONE).secret();
    }

    private static String random() {
        SecureRandom random = new SecureRandom();
        StringBuilder password = new StringBuilder(LENGTH);
        random.ints(LENGTH, 0, LETTERS.length()).forEach(i -> password.append(LETTERS.charAt(i)));
        return password.toString();
    }
}
