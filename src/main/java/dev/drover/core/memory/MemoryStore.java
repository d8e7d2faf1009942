package dev.drover.core.memory;

import dev.drover.core.id.MemoryId;
import dev.drover.core.id.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** The tables {@code memory_pool}, {@code memory} and {@code memory_version}. */
public final class MemoryStore {
    private static final int KEPT_VERSIONS = 50;
    private static final String LIVE = "deleted_at is null and (expires_at is null or expires_at > :now)";

    private final Jdbi jdbi;

    public MemoryStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Locks the user's pool until the end of the transaction and gives the next revision. */
    long nextRevision(UserId user) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        insert into memory_pool (user_id, revision) values (:user, 1)
                        on conflict (user_id) do update set revision = memory_pool.revision + 1 returning revision
                        """)
                .bind("user", user.value())
                .mapTo(Long.class)
                .one());
    }

    /** Of the last change; 0 when there never was one. */
    long revision(UserId user) {
        return jdbi.withHandle(handle -> handle.createQuery("select revision from memory_pool where user_id = :user")
                .bind("user", user.value())
                .mapTo(Long.class)
                .findOne()
                .orElse(0L));
    }

    int live(UserId user, Instant now) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select count(*) from memory where user_id = :user and " + LIVE)
                        .bind("user", user.value())
                        .bind("now", now)
                        .mapTo(Integer.class)
                        .one());
    }

    boolean hasAny(UserId user, Instant now) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select exists (select 1 from memory where user_id = :user and " + LIVE + ")")
                .bind("user", user.value())
                .bind("now", now)
                .mapTo(Boolean.class)
                .one());
    }

    /** The row of that name, live or not. */
    Optional<Row> row(UserId user, MemoryKey name) {
        return jdbi.withHandle(handle -> named(
                        handle.createQuery(
                                "select * from memory where user_id = :user and namespace = :namespace and key = :key"),
                        user,
                        name)
                .map((row, context) -> new Row(memory(row, context), row.getTimestamp("deleted_at") != null))
                .findOne());
    }

    private static Query named(Query query, UserId user, MemoryKey name) {
        return query.bind("user", user.value())
                .bind("namespace", name.namespace())
                .bind("key", name.key());
    }

    /** The live one, which is counted as looked at. */
    Optional<Memory> access(UserId user, MemoryKey name, Instant now) {
        return jdbi.withHandle(handle -> named(handle.createQuery("""
                                update memory set access_count = access_count + 1
                                where user_id = :user and namespace = :namespace and key = :key and %s returning *
                                """.formatted(LIVE)), user, name)
                .bind("now", now)
                .map(MemoryStore::memory)
                .findOne());
    }

    void insert(UserId user, Memory memory, long revision) {
        jdbi.useHandle(handle -> handle.execute(
                """
                insert into memory (id, user_id, namespace, key, value, tags, importance, source, created_at,
                    updated_at, expires_at, version, revision)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                memory.id().value(),
                user.value(),
                memory.namespace(),
                memory.key(),
                memory.value(),
                memory.tags().toArray(String[]::new),
                memory.importance(),
                memory.source().word(),
                memory.createdAt(),
                memory.updatedAt(),
                memory.expiresAt(),
                memory.version(),
                revision));
    }

    /** Writes over the row what it says now; what it said before becomes an old version when that is another. */
    void replace(Memory memory, long revision) {
        jdbi.useHandle(handle -> {
            handle.execute("""
                    insert into memory_version
                    select id, version, value, tags, importance, source, ?, deleted_at from memory
                    where id = ? and version < ?
                    """, memory.updatedAt(), memory.id().value(), memory.version());
            handle.execute(
                    "delete from memory_version where memory_id = ? and version < ?",
                    memory.id().value(),
                    memory.version() - KEPT_VERSIONS);
            handle.execute(
                    """
                    update memory set value = ?, tags = ?, importance = ?, source = ?, created_at = ?, updated_at = ?,
                        expires_at = ?, access_count = ?, deleted_at = null, revision = ?, claimed_until = null,
                        embedded_by = case when version = ? then embedded_by end, version = ?
                    where id = ?
                    """,
                    memory.value(),
                    memory.tags().toArray(String[]::new),
                    memory.importance(),
                    memory.source().word(),
                    memory.createdAt(),
                    memory.updatedAt(),
                    memory.expiresAt(),
                    memory.accessCount(),
                    revision,
                    memory.version(),
                    memory.version(),
                    memory.id().value());
        });
    }

    /** False when there is no live one of that version. */
    boolean delete(MemoryId id, int version, Instant now, long revision) {
        return jdbi.withHandle(handle -> handle.createUpdate("""
                        update memory set deleted_at = :now, revision = :revision
                        where id = :id and version = :version and %s
                        """.formatted(LIVE))
                        .bind("id", id.value())
                        .bind("version", version)
                        .bind("now", now)
                        .bind("revision", revision)
                        .execute())
                == 1;
    }

    void remove(MemoryId id) {
        jdbi.useHandle(handle -> handle.execute("delete from memory where id = ?", id.value()));
    }

    /** Ends for good what was over before that time. */
    void purge(Instant before) {
        jdbi.useHandle(handle -> {
            handle.execute("delete from memory where deleted_at < ? or expires_at < ?", before, before);
            handle.execute("delete from memory_version where deleted_at < ?", before);
        });
    }

    /** Newest first; identities ascend with time, so the identity alone gives order and place. */
    List<Memory> list(UserId user, FindMemories wanted, Instant now) {
        String namespace = wanted.namespace();
        Source source = wanted.source();
        MemoryId after = wanted.after();
        String sql = "select * from memory where user_id = :user and " + LIVE
                + (namespace == null ? "" : " and namespace = :namespace")
                + (source == null ? "" : " and source = :source")
                + (wanted.tags().isEmpty() ? "" : " and tags @> cast(:tags as text[])")
                + (after == null ? "" : " and id < :after")
                + " order by id desc limit :limit";
        return jdbi.withHandle(handle -> {
            Query query = handle.createQuery(sql)
                    .bind("user", user.value())
                    .bind("now", now)
                    .bind("limit", wanted.limit());
            bind(query, "namespace", namespace);
            bind(query, "source", source == null ? null : source.word());
            if (!wanted.tags().isEmpty()) {
                query.bindArray("tags", String.class, wanted.tags());
            }
            bind(query, "after", after == null ? null : after.value());
            return query.map(MemoryStore::memory).list();
        });
    }

    private static void bind(Query query, String name, @Nullable Object value) {
        if (value != null) {
            query.bind(name, value);
        }
    }

    /** Whether it is, or was, one of the user's. */
    boolean owns(UserId user, MemoryId id) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select exists (select 1 from memory where id = :id and user_id = :user)")
                        .bind("id", id.value())
                        .bind("user", user.value())
                        .mapTo(Boolean.class)
                        .one());
    }

    /** The live ones among these, in any order. */
    List<Memory> live(UserId user, Collection<UUID> ids, Instant now) {
        return ids.isEmpty()
                ? List.of()
                : jdbi.withHandle(handle -> handle.createQuery(
                                "select * from memory where user_id = :user and id = any(:ids) and " + LIVE)
                        .bind("user", user.value())
                        .bindArray("ids", UUID.class, List.copyOf(ids))
                        .bind("now", now)
                        .map(MemoryStore::memory)
                        .list());
    }

    private static Memory memory(ResultSet row, StatementContext context) throws SQLException {
        Timestamp expiresAt = row.getTimestamp("expires_at");
        return new Memory(
                new MemoryId(row.getObject("id", UUID.class)),
                row.getString("namespace"),
                row.getString("key"),
                row.getString("value"),
                List.of((String[]) row.getArray("tags").getArray()),
                row.getInt("importance"),
                Source.valueOf(row.getString("source").toUpperCase(Locale.ROOT)),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("updated_at").toInstant(),
                expiresAt == null ? null : expiresAt.toInstant(),
                row.getLong("access_count"),
                row.getInt("version"));
    }

    /** A memory as it is stored, which may have been deleted. */
    record Row(Memory memory, boolean deleted) {}
}
