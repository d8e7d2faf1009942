package dev.drover.core.access;

import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.audit.Audit;
import dev.drover.core.id.SessionId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Logs people in by password (Trinity contract, section 3.2). */
public final class Login {
    private static final Duration LASTS = Duration.ofDays(7);
    private static final Duration WINDOW = Duration.ofMinutes(10);
    private static final int TRIES = 5;

    private final AccessStore store;
    private final AccountStore accounts;
    private final Passwords passwords;
    private final Tokens tokens;
    private final Audit audit;
    private final Clock clock;

    public Login(
            AccessStore store, AccountStore accounts, Passwords passwords, Tokens tokens, Audit audit, Clock clock) {
        this.store = store;
        this.accounts = accounts;
        this.passwords = passwords;
        this.tokens = tokens;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Checks a password and answers a signed token. Five failed tries from one address in ten minutes close the door
     * to that address before the password is looked at.
     */
    public String login(String name, String password, String address) {
        return enter(prove(name, password, address), "admin");
    }

    /** Whoever has that password; counts and refuses as {@link #login} does. */
    User prove(String name, String password, String address) {
        Instant now = clock.instant();
        List<Instant> failed = accounts.loginTried(address, now, now.minus(WINDOW), TRIES);
        if (failed.size() >= TRIES) {
            Instant open = failed.get(failed.size() - TRIES).plus(WINDOW);
            throw new Refused(new Problem.TooManyLogins(Duration.between(now, open)));
        }
        // No name has a NUL in it, and the database would not even look for one.
        Optional<User> user = name.indexOf('\0') >= 0 ? Optional.empty() : store.user(name);
        Optional<String> hash = user.flatMap(found -> store.passwordHash(found.id()));
        // Hashing for nobody takes as long as comparing, so that time does not tell which names exist.
        boolean isRight = hash.isPresent()
                ? passwords.matches(password, hash.get())
                : passwords.hash(password).isEmpty();
        if (user.isEmpty() || !isRight) {
            audit.record("address:" + address, "login.failed", "user", "");
            throw new Refused(new Problem.Unauthenticated("incorrect user name or password"));
        }
        accounts.forgetFailedLogins(address, now.minus(WINDOW));
        return user.get();
    }

    /** A signed token for somebody who has proved who they are, and how. */
    String enter(User user, String mode) {
        welcome(user, mode);
        return token(user, mode, null, clock.instant().plus(LASTS));
    }

    /** Writes down that somebody came in; refuses those whom an administrator keeps out. */
    void welcome(User user, String mode) {
        if (store.active(user.name()).isEmpty()) {
            audit.record("user:" + user.name(), "login.failed", user.id().toString(), "disabled");
            throw new Refused(new Problem.Unauthenticated(
                    "the account " + user.name() + " is disabled; an administrator can enable it"));
        }
        audit.record("user:" + user.name(), "login", user.id().toString(), mode);
    }

    /** @param session with which it ends; null for one that only time ends */
    String token(User user, String mode, @Nullable SessionId session, Instant expiresAt) {
        int generation = accounts.generation(user.id());
        return tokens.sign(new Claims.OfUser(user.name(), mode, generation, session, expiresAt));
    }
}
