package dev.drover.core.terminal;

import dev.drover.core.Problem;
import dev.drover.core.Refused;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The wish for a way in.
 *
 * @param hours how long it is to last; brought into bounds
 * @param publicKey of the person's own pair; null for a fresh one, of which the person gets the private key
 */
public record IssueAccess(
        double hours, Method method, @Nullable String publicKey) {
    private static final double LEAST_HOURS = 0.1;

    /** How whoever comes shows that it is the one. */
    public enum Method {
        KEY,
        PASSWORD;

        public static Method of(String word) {
            for (Method method : values()) {
                if (method.word().equals(word.toLowerCase(Locale.ROOT))) {
                    return method;
                }
            }
            throw new Refused(
                    new Problem.Unacceptable("auth_method must be 'key' or 'password', but is '" + word + "'"));
        }

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** As long as wished, but no longer than the server allows and no shorter than of use. */
    Duration time(double mostHours) {
        double bounded = Math.max(LEAST_HOURS, Math.min(mostHours, hours));
        return Duration.ofMillis(Math.round(bounded * Duration.ofHours(1).toMillis()));
    }
}
