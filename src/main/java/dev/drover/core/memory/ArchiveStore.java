package dev.drover.core.memory;

import dev.drover.core.id.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;

/** The table {@code memory_version}, and where the memories of {@code memory} lie. */
public final class ArchiveStore {
    private static final String LIVE =
            "m.user_id = :user and m.deleted_at is null and (m.expires_at is null or m.expires_at > :now)";

    private final Jdbi jdbi;

    public ArchiveStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Whether there is a live memory of that name. */
    boolean lives(UserId user, MemoryKey name, Instant now) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select exists (select 1 from memory m where m.namespace = :namespace and m.key = :key and "
                                + LIVE + ")")
                .bind("user", user.value())
                .bind("namespace", name.namespace())
                .bind("key", name.key())
                .bind("now", now)
                .mapTo(Boolean.class)
                .one());
    }

    /** Of a live memory, the newest first. */
    List<PastVersion> versions(UserId user, MemoryKey name, Instant now) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select v.* from memory_version v join memory m on m.id = v.memory_id
                        where m.namespace = :namespace and m.key = :key and %s order by v.version desc
                        """.formatted(LIVE))
                .bind("user", user.value())
                .bind("namespace", name.namespace())
                .bind("key", name.key())
                .bind("now", now)
                .map(ArchiveStore::version)
                .list());
    }

    private static PastVersion version(ResultSet row, StatementContext context) throws SQLException {
        return new PastVersion(
                row.getInt("version"),
                row.getString("value"),
                List.of((String[]) row.getArray("tags").getArray()),
                row.getInt("importance"),
                Source.valueOf(row.getString("source").toUpperCase(Locale.ROOT)),
                row.getTimestamp("replaced_at").toInstant());
    }

    /** Those with live memories, by their names. */
    List<Namespace> namespaces(UserId user, Instant now) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select m.namespace, count(*) as memories from memory m where " + LIVE
                                + " group by 1 order by 1")
                        .bind("user", user.value())
                        .bind("now", now)
                        .map((row, context) -> new Namespace(row.getString("namespace"), row.getInt("memories")))
                        .list());
    }
}
