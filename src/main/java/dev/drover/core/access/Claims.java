package dev.drover.core.access;

import dev.drover.core.id.AgentId;
import dev.drover.core.id.RunId;
import java.time.Instant;

/** What a signed token says. */
public sealed interface Claims {
    Instant expiresAt();

    /** Of a login; the mode says how the user logged in: {@code admin} by password, or {@code email}. */
    record OfUser(String name, String mode, Instant expiresAt) implements Claims {}

    /** Of one run, for its agent. */
    record OfRun(String owner, AgentId agent, RunId run, Instant expiresAt) implements Claims {}
}
