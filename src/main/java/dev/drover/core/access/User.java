package dev.drover.core.access;

import dev.drover.core.id.UserId;
import org.jspecify.annotations.Nullable;

/**
 * A person, or an account, that owns agents; the name is what it logs in with.
 *
 * @param team the number of its team, and of its organization; the first account's is 1 (Make contract, section 1)
 * @param email in lower case; null when none is known
 */
public record User(
        UserId id,
        String name,
        Role role,
        int team,
        @Nullable String email) {
    private static final String SANDBOX = "+test";

    /** One of whom no email address is known. */
    public User(UserId id, String name, Role role, int team) {
        this(id, name, role, team, null);
    }

    /** Whether it is the account that somebody's test keys act as. */
    boolean isSandbox() {
        return name.endsWith(SANDBOX);
    }

    /** The name of the account beside this one that test keys act as; a sandbox is its own. */
    String sandbox() {
        return isSandbox() ? name : name + SANDBOX;
    }
}
