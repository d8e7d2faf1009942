package dev.drover.core.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which entries are wanted; what is null is not asked for.
 *
 * @param actor all of it, as {@code user:admin}, or one of its words: {@code user:admin key:<id>} is found by each
 * @param action all of it, as {@code key.create}, or what it begins with before a dot: {@code key}
 * @param since this moment and later
 * @param until before this moment
 */
public record AuditFilter(
        @Nullable String actor,
        @Nullable String action,
        @Nullable String target,
        @Nullable Instant since,
        @Nullable Instant until) {
    public static final AuditFilter ALL = new AuditFilter(null, null, null, null, null);
}
