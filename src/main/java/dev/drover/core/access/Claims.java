package dev.drover.core.access;

import dev.drover.core.id.AgentId;
import dev.drover.core.id.RunId;
import dev.drover.core.id.SessionId;
import dev.drover.core.id.SquadId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a signed token says. */
public sealed interface Claims {
    Instant expiresAt();

    /**
     * Of a login.
     *
     * @param mode how the user logged in: {@code admin} by password, {@code email} or {@code oidc}
     * @param generation of the user's tokens; a changed password begins the next
     * @param session with which it ends; null for one that only time ends
     */
    record OfUser(
            String name,
            String mode,
            int generation,
            @Nullable SessionId session,
            Instant expiresAt) implements Claims {
        /** One of a user who never changed a password. */
        public OfUser(String name, String mode, Instant expiresAt) {
            this(name, mode, 0, null, expiresAt);
        }
    }

    /**
     * Of one run, for its agent.
     *
     * @param squad whose key signs it; null for an agent without a squad
     */
    record OfRun(
            String owner,
            AgentId agent,
            @Nullable SquadId squad,
            String adapter,
            RunId run,
            Instant issuedAt,
            Instant expiresAt)
            implements Claims {}
}
