package dev.drover.core.access;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A user as administrators see one.
 *
 * @param disabledAt null for one who may act
 * @param seenAt when a login at a browser was last used; null when there is none
 * @param hasPassword whether there is a way in by password
 */
public record Account(
        User user,
        Instant createdAt,
        @Nullable Instant disabledAt,
        @Nullable Instant seenAt,
        boolean hasPassword) {}
