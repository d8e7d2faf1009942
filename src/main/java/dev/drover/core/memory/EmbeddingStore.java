package dev.drover.core.memory;

import dev.drover.core.id.MemoryId;
import dev.drover.core.id.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** The tables {@code memory_embedding} and {@code embedding_model}, and who is at work on which vectors. */
public final class EmbeddingStore {
    private static final int BATCH = 500;

    private final Jdbi jdbi;

    public EmbeddingStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** From now on the pools hold vectors of this model; those of another are owed anew. In one transaction. */
    void adopt(String model) {
        jdbi.useHandle(handle -> {
            int changed = handle.execute("""
                    insert into embedding_model (name) values (?)
                    on conflict (only_one) do update set name = excluded.name
                    where embedding_model.name <> excluded.name
                    """, model);
            if (changed > 0) {
                handle.execute(
                        "update memory set embedded_by = null, claimed_until = null where embedded_by <> ?", model);
            }
        });
    }

    Optional<String> model() {
        return jdbi.withHandle(handle -> handle.createQuery("select name from embedding_model")
                .mapTo(String.class)
                .findOne());
    }

    /**
     * Some memories whose vectors are owed and that nobody works on; they are the caller's until the time given. None
     * when another model's vectors are the ones to keep.
     */
    List<Owed> claim(String model, @Nullable UserId user, int most, Instant now, Instant until) {
        String mine = user == null ? "" : "and user_id = :user";
        return jdbi.withHandle(handle -> {
            var query = handle.createQuery("""
                            update memory set claimed_until = :until where id in (
                                select id from memory where embedded_by is null and deleted_at is null
                                    and (claimed_until is null or claimed_until < :now) %s
                                    and exists (select 1 from embedding_model where name = :model)
                                order by id desc limit :most for update skip locked)
                            returning id, user_id, version, key, value
                            """.formatted(mine))
                    .bind("model", model)
                    .bind("until", until)
                    .bind("now", now)
                    .bind("most", most);
            return (user == null ? query : query.bind("user", user.value()))
                    .map((row, context) -> new Owed(
                            new MemoryId(row.getObject("id", UUID.class)),
                            new UserId(row.getObject("user_id", UUID.class)),
                            row.getInt("version"),
                            row.getString("key"),
                            row.getString("value")))
                    .list();
        });
    }

    boolean owes(UserId user) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select exists (select 1 from memory
                            where user_id = :user and embedded_by is null and deleted_at is null)
                        """)
                .bind("user", user.value())
                .mapTo(Boolean.class)
                .one());
    }

    /** Gives back what was claimed and not done. */
    void release(List<Owed> owed) {
        jdbi.useHandle(handle -> handle.createUpdate("update memory set claimed_until = null where id = any(:ids)")
                .bindArray(
                        "ids",
                        UUID.class,
                        owed.stream().map(each -> each.id().value()).toList())
                .execute());
    }

    /** Stores the vectors unless the memory says something else by now. */
    void store(Owed owed, String model, List<Vector> vectors, long revision) {
        jdbi.useHandle(handle -> {
            int current = handle.execute("""
                    update memory set embedded_by = ?, claimed_until = null, revision = ?
                    where id = ? and version = ? and deleted_at is null
                    """, model, revision, owed.id().value(), owed.version());
            if (current == 1) {
                handle.execute("""
                        insert into memory_embedding (memory_id, version, vectors) values (?, ?, ?)
                        on conflict (memory_id) do update set version = excluded.version, vectors = excluded.vectors
                        """, owed.id().value(), owed.version(), Vector.stored(vectors));
            }
        });
    }

    /** Everything of a user that changed behind a revision, the newest change first, for as long as it is wanted. */
    void changed(UserId user, long since, Predicate<Remembered> wanted) {
        String sql = """
                select m.*, case when m.embedded_by is not null then e.vectors end as vectors
                from memory m left join memory_embedding e on e.memory_id = m.id and e.version = m.version
                where m.user_id = :user and m.revision > :since %s order by m.revision desc
                """.formatted(since == 0 ? "and m.deleted_at is null" : "");
        // The driver reads in batches only inside a transaction.
        jdbi.useTransaction(handle -> {
            try (var rows = handle.createQuery(sql)
                    .bind("user", user.value())
                    .bind("since", since)
                    .setFetchSize(BATCH)
                    .map(EmbeddingStore::remembered)
                    .iterator()) {
                boolean more = true;
                while (more && rows.hasNext()) {
                    more = wanted.test(rows.next());
                }
            }
        });
    }

    private static Remembered remembered(ResultSet row, StatementContext context) throws SQLException {
        var expiresAt = row.getTimestamp("expires_at");
        byte[] vectors = row.getBytes("vectors");
        return new Remembered(
                row.getObject("id", UUID.class),
                row.getString("namespace"),
                row.getString("key"),
                row.getString("value"),
                List.of((String[]) row.getArray("tags").getArray()),
                row.getInt("importance"),
                row.getTimestamp("updated_at").toInstant(),
                expiresAt == null ? null : expiresAt.toInstant(),
                row.getTimestamp("deleted_at") != null,
                row.getLong("revision"),
                vectors == null ? List.of() : Vector.read(vectors));
    }

    /** A memory that has no vectors yet. */
    record Owed(MemoryId id, UserId user, int version, String key, String value) {}
}
