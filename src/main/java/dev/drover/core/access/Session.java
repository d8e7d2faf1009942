package dev.drover.core.access;

import dev.drover.core.id.SessionId;
import java.time.Instant;

/**
 * Somebody's login at a browser.
 *
 * @param mode how the user logged in
 * @param from where it was last used from
 */
public record Session(SessionId id, String mode, Visitor from, Instant createdAt, Instant usedAt, Instant expiresAt) {}
