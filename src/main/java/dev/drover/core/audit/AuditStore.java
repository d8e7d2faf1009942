package dev.drover.core.audit;

import java.time.Instant;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** The table {@code audit}, which is only ever added to. */
public final class AuditStore {
    private final Jdbi jdbi;

    public AuditStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    void insert(UUID id, Instant at, String actor, String action, String target, String detail) {
        jdbi.useHandle(handle -> handle.execute(
                "insert into audit (id, at, actor, action, target, detail) values (?, ?, ?, ?, ?, ?)",
                id,
                at,
                actor,
                action,
                target,
                detail));
    }
}
