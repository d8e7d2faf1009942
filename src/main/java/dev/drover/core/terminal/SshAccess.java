package dev.drover.core.terminal;

import dev.drover.core.id.AccessId;
import dev.drover.core.id.AgentId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Leave to come into one agent's computer for a while, by a key or by a password.
 *
 * @param publicKey as OpenSSH writes it, without a comment; null for a password
 * @param password its SHA-256; null for a key
 * @param comment what it is called where keys are listed
 * @param createdBy as the audit names it
 */
record SshAccess(
        AccessId id,
        AgentId agent,
        @Nullable String publicKey,
        byte @Nullable [] password,
        String comment,
        String createdBy,
        Instant createdAt,
        Instant expiresAt) {}
