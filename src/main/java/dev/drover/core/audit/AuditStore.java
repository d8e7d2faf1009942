package dev.drover.core.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The table {@code audit}, which is only ever added to, until what is old goes. */
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

    boolean has(UUID id) {
        return jdbi.withHandle(handle -> handle.createQuery("select exists (select 1 from audit where id = :id)")
                .bind("id", id)
                .mapTo(Boolean.class)
                .one());
    }

    /** Newest first. */
    List<AuditEntry> list(AuditFilter filter, int limit, @Nullable UUID after) {
        return jdbi.withHandle(handle -> {
            var query = handle.createQuery(
                            "select * from audit" + where(filter, after) + " order by at desc, id desc limit :limit")
                    .bind("limit", limit);
            // Only what is asked for: the planner then sees which index serves.
            bind(query::bind, "actor", filter.actor());
            bind(query::bind, "action", filter.action());
            bind(query::bind, "target", filter.target());
            if (filter.since() != null) {
                query.bind("since", filter.since());
            }
            if (filter.until() != null) {
                query.bind("until", filter.until());
            }
            if (after != null) {
                query.bind("after", after);
            }
            return query.map((row, context) -> entry(row)).list();
        });
    }

    private static void bind(TextBinding query, String name, @Nullable String value) {
        if (value != null) {
            query.bind(name, value);
        }
    }

    private interface TextBinding {
        Object bind(String name, String value);
    }

    private static String where(AuditFilter filter, @Nullable UUID after) {
        List<String> terms = new ArrayList<>();
        if (filter.actor() != null) {
            terms.add("(actor = :actor or starts_with(actor, :actor || ' ')"
                    + " or right(actor, length(:actor) + 1) = ' ' || :actor)");
        }
        if (filter.action() != null) {
            terms.add("(action = :action or starts_with(action, :action || '.'))");
        }
        if (filter.target() != null) {
            terms.add("target = :target");
        }
        if (filter.since() != null) {
            terms.add("at >= :since");
        }
        if (filter.until() != null) {
            terms.add("at < :until");
        }
        if (after != null) {
            terms.add("(at, id) < (select at, id from audit where id = :after)");
        }
        return terms.isEmpty() ? "" : " where " + String.join(" and ", terms);
    }

    /** Takes out at most so many from before then, the oldest first; how many there were. */
    public int prune(Instant before, int most) {
        return jdbi.withHandle(handle -> handle.execute(
                "delete from audit where id in (select id from audit where at < ? order by at, id limit ?)",
                before,
                most));
    }

    private static AuditEntry entry(ResultSet row) throws SQLException {
        return new AuditEntry(
                row.getObject("id", UUID.class),
                row.getTimestamp("at").toInstant(),
                row.getString("actor"),
                row.getString("action"),
                row.getString("target"),
                row.getString("detail"));
    }
}
