package dev.drover.core.access;

import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.audit.Audit;
import dev.drover.core.id.Ids;
import dev.drover.core.id.SessionId;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;

/**
 * Logins that last at a browser. Its secret, which no script sees, is good for one thing alone: tokens that are over
 * before a thief has got far with one. It stays the same all along, since two tabs may ask at the same moment.
 */
public final class Sessions {
    /** How long a session lasts that nobody uses. */
    public static final Duration LASTS = Duration.ofDays(7);

    private static final Duration TOKEN_LASTS = Duration.ofMinutes(15);
    private static final int MOST = 50;
    private static final int SECRET_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SessionStore store;
    private final WaysIn ways;
    private final Audit audit;
    private final Ids ids;
    private final Clock clock;

    public Sessions(SessionStore store, WaysIn ways, Audit audit, Ids ids, Clock clock) {
        this.store = store;
        this.ways = ways;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    /** Checks a password, as slowly and as seldom as {@link Login} does. */
    public Opened byPassword(String name, String password, Visitor from) {
        return open(ways.byPassword(name, password, from), "admin", from);
    }

    /** Checks a code that was mailed. */
    public Opened byCode(String email, String code, Visitor from) {
        return open(ways.byCode(email, code), "email", from);
    }

    /** For somebody who has proved who they are, and how. */
    Opened open(User user, String mode, Visitor from) {
        ways.welcome(user, mode);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        String secret = secret();
        Session session = new Session(new SessionId(ids.next()), mode, from, now, now, now.plus(LASTS));
        store.insert(session, user.id(), Secrets.hash(secret), MOST);
        return opened(session.id(), secret, user, mode);
    }

    /** A new token; the session lasts on from now. */
    public Opened refresh(String secret, Visitor from) {
        Instant now = clock.instant();
        SessionStore.Continued found = store.use(Secrets.hash(secret), from, now, now.plus(LASTS))
                .orElseThrow(() -> new Refused(new Problem.Unauthenticated("the session is over; log in again")));
        return opened(found.id(), secret, found.user(), found.mode());
    }

    /** Ends the session of that secret, if there is one, and with it the tokens that it gave out. */
    public void end(String secret) {
        store.delete(Secrets.hash(secret)).ifPresent(name -> audit.record("user:" + name, "logout", "user", ""));
    }

    /** The caller's own, last used first. */
    public List<Session> list(Caller caller) {
        return store.of(caller.user().id(), clock.instant());
    }

    /** Ends one of the caller's own, and with it the tokens that it gave out. */
    public void end(Caller caller, SessionId id) {
        if (!store.delete(id, caller.user().id())) {
            throw new Refused(new Problem.NotFound(Problem.Thing.LOGIN_SESSION, id.toString()));
        }
        audit.record(caller.actor(), "session.end", id.toString(), "");
    }

    private Opened opened(SessionId id, String secret, User user, String mode) {
        String token = ways.login().token(user, mode, id, clock.instant().plus(TOKEN_LASTS));
        return new Opened(id, secret, token, TOKEN_LASTS, user, mode);
    }

    private static String secret() {
        byte[] random = new byte[SECRET_BYTES];
        RANDOM.nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    /**
     * A session, and the token to act with for now.
     *
     * @param secret for the browser alone, where no script can read it
     * @param lasts how long the token is good
     */
    public record Opened(SessionId id, String secret, String token, Duration lasts, User user, String mode) {
        @Override
        public String toString() {
            return "session of " + user.name();
        }
    }
}
