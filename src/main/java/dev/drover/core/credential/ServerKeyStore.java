package dev.drover.core.credential;

import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** The table {@code server_key}. */
public final class ServerKeyStore {
    private final Jdbi jdbi;

    public ServerKeyStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    Optional<Sealed> sealed(String name) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select sealed, key_id from server_key where name = :name and sealed is not null")
                .bind("name", name)
                .map((row, context) -> new Sealed(row.getBytes("sealed"), row.getString("key_id")))
                .findOne());
    }

    /** In the place of none, or of one that a root key sealed which is no more; otherwise nothing happens. */
    void keep(String name, Sealed sealed, Instant at) {
        jdbi.useHandle(handle -> handle.execute("""
                insert into server_key (name, sealed, key_id, since) values (?, ?, ?, ?)
                on conflict (name) do update set sealed = excluded.sealed, key_id = excluded.key_id,
                    since = excluded.since
                where server_key.sealed is null or server_key.key_id <> excluded.key_id
                """, name, sealed.bytes(), sealed.keyId(), at));
    }

    /** The print of the key in force: the one given, unless another came first. */
    String agreed(String name, String print, Instant at) {
        jdbi.useHandle(handle -> handle.execute("""
                insert into server_key (name, print, since) values (?, ?, ?)
                on conflict (name) do update set print = excluded.print where server_key.print is null
                """, name, print, at));
        return jdbi.withHandle(handle -> handle.createQuery("select print from server_key where name = :name")
                .bind("name", name)
                .mapTo(String.class)
                .one());
    }

    void change(String name, String print) {
        jdbi.useHandle(handle -> handle.execute("update server_key set print = ? where name = ?", print, name));
    }
}
