package dev.drover.core.audit;

import java.time.Instant;
import java.util.UUID;

/** One line of the book: who did what to which, and when. */
public record AuditEntry(UUID id, Instant at, String actor, String action, String target, String detail) {}
