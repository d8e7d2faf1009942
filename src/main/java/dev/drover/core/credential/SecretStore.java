package dev.drover.core.credential;

import dev.drover.core.id.UserId;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** The table {@code secret}. */
public final class SecretStore {
    private final Jdbi jdbi;

    public SecretStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Until the transaction ends nobody else adds secrets to the account, so that they can be counted. */
    void lock(UserId owner) {
        jdbi.useHandle(handle -> handle.createQuery("select pg_advisory_xact_lock(hashtextextended(:owner, 6)) is null")
                .bind("owner", owner.toString())
                .mapTo(Boolean.class)
                .one());
    }

    int count(UserId owner) {
        return jdbi.withHandle(handle -> handle.createQuery("select count(*) from secret where owner_id = :owner")
                .bind("owner", owner.value())
                .mapTo(Integer.class)
                .one());
    }

    Secret put(UserId owner, PutSecret order, Sealed sealed, Instant now) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        insert into secret (owner_id, name, sealed, key_id, description, hosts, created_at, updated_at)
                        values (:owner, :name, :sealed, :keyId, :description, :hosts, :now, :now)
                        on conflict (owner_id, name) do update set sealed = excluded.sealed, key_id = excluded.key_id,
                            description = excluded.description, hosts = excluded.hosts,
                            updated_at = excluded.updated_at
                        returning *
                        """)
                .bind("owner", owner.value())
                .bind("name", order.name())
                .bind("sealed", sealed.bytes())
                .bind("keyId", sealed.keyId())
                .bind("description", order.description())
                .bindArray("hosts", String.class, order.hosts())
                .bind("now", now)
                .map(SecretStore::secret)
                .one());
    }

    Optional<Secret> find(UserId owner, String name) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select * from secret where owner_id = :owner and name = :name")
                        .bind("owner", owner.value())
                        .bind("name", name)
                        .map(SecretStore::secret)
                        .findOne());
    }

    /** By name, behind the one given; the empty name is before all. */
    List<Secret> list(UserId owner, int limit, String after) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select * from secret where owner_id = :owner and name collate "C" > :after
                        order by name collate "C" limit :limit
                        """)
                .bind("owner", owner.value())
                .bind("after", after)
                .bind("limit", limit)
                .map(SecretStore::secret)
                .list());
    }

    boolean delete(UserId owner, String name) {
        return jdbi.withHandle(handle ->
                        handle.execute("delete from secret where owner_id = ? and name = ?", owner.value(), name))
                == 1;
    }

    /** Which of these names there are. */
    Set<String> known(UserId owner, Collection<String> names) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select name from secret where owner_id = :owner and name = any(:names)")
                        .bind("owner", owner.value())
                        .bindArray("names", String.class, List.copyOf(names))
                        .mapTo(String.class)
                        .set());
    }

    /** Takes the secrets of these names out, still sealed, and notes that they were used. */
    List<Kept> use(UserId owner, Collection<String> names, Instant now) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        update secret set last_used_at = :now where owner_id = :owner and name = any(:names)
                        returning *
                        """)
                .bind("owner", owner.value())
                .bindArray("names", String.class, List.copyOf(names))
                .bind("now", now)
                .map((row, context) -> new Kept(
                        row.getString("name"), new Sealed(row.getBytes("sealed"), row.getString("key_id")), hosts(row)))
                .list());
    }

    private static Secret secret(ResultSet row, StatementContext context) throws SQLException {
        Timestamp used = row.getTimestamp("last_used_at");
        return new Secret(
                row.getString("name"),
                row.getString("description"),
                hosts(row),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("updated_at").toInstant(),
                used == null ? null : used.toInstant());
    }

    private static @Nullable List<String> hosts(ResultSet row) throws SQLException {
        Array hosts = row.getArray("hosts");
        return hosts == null ? null : List.of((String[]) hosts.getArray());
    }

    record Kept(String name, Sealed sealed, @Nullable List<String> hosts) {}
}
