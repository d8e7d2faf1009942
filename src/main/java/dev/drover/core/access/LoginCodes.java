package dev.drover.core.access;

import dev.drover.core.Problem;
import dev.drover.core.Refused;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Codes of six digits; only the newest of an address is good, for ten minutes, five tries and one use. */
public final class LoginCodes {
    static final Duration LASTS = Duration.ofMinutes(10);

    private static final Duration WINDOW = Duration.ofMinutes(10);
    private static final int REQUESTS = 3;
    private static final int TRIES = 5;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final MailLoginStore store;
    private final Passwords passwords;
    private final Clock clock;

    public LoginCodes(MailLoginStore store, Passwords passwords, Clock clock) {
        this.store = store;
        this.passwords = passwords;
        this.clock = clock;
    }

    String make(String address) {
        Instant now = clock.instant();
        String code = "%06d".formatted(RANDOM.nextInt(1_000_000));
        // Hashed as slowly as a password: there are too few codes for a quick hash to hide one.
        List<Instant> before = store.asked(
                new MailLoginStore.Code(address, passwords.hash(code), now, now.plus(LASTS)),
                now.minus(WINDOW),
                REQUESTS);
        if (before.size() >= REQUESTS) {
            Duration wait =
                    Duration.between(now, before.get(before.size() - REQUESTS).plus(WINDOW));
            throw new Refused(new Problem.RateLimited("", Problem.Window.MINUTE, null, null, wait));
        }
        return code;
    }

    boolean redeem(String address, String code) {
        Instant now = clock.instant();
        return store.tried(address, now, TRIES)
                .filter(tried -> passwords.matches(code, tried.hash()))
                .filter(tried -> store.use(tried.id(), now))
                .isPresent();
    }
}
