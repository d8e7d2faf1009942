package dev.drover.core.access;

import java.time.Instant;

/**
 * An address whose owner may log in by mail.
 *
 * @param source {@code manual}, or {@code agent_sharing} when it came with a share
 */
public record LoginEmail(long id, String email, String addedBy, String source, Instant addedAt) {}
