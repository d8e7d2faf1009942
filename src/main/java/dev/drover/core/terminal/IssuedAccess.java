package dev.drover.core.terminal;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A way in that was just opened; its secret is told this once.
 *
 * @param port where the agent's computer is reached
 * @param privateKey null for a password, and for a pair of the person's own
 * @param password null for a key
 */
public record IssuedAccess(
        IssueAccess.Method method,
        int port,
        String comment,
        @Nullable String privateKey,
        @Nullable String password,
        Duration time,
        Instant expiresAt) {
    @Override
    public String toString() {
        return "access " + comment + " until " + expiresAt;
    }
}
