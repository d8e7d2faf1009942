package dev.drover.core.connection;

import dev.drover.core.credential.Sealed;
import dev.drover.core.id.ConnectionId;
import dev.drover.core.id.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;

/** The table {@code connection}. */
public final class ConnectionStore {
    private final Jdbi jdbi;

    public ConnectionStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Until the transaction ends nobody else adds connections to the account, so that they can be counted. */
    void lock(UserId owner) {
        jdbi.useHandle(
                handle -> handle.createQuery("select pg_advisory_xact_lock(hashtextextended(:owner, 10)) is null")
                        .bind("owner", owner.toString())
                        .mapTo(Boolean.class)
                        .one());
    }

    int count(UserId owner) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select count(*) from connection where owner_id = :owner and deleted_at is null")
                .bind("owner", owner.value())
                .mapTo(Integer.class)
                .one());
    }

    /** The number of the next one; it is known before the row, for the values are bound to it. */
    ConnectionId next() {
        return jdbi.withHandle(
                handle -> handle.createQuery("select nextval(pg_get_serial_sequence('connection', 'id'))::int")
                        .mapTo(Integer.class)
                        .map(ConnectionId::new)
                        .one());
    }

    void insert(UserId owner, Row row, Instant now) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        insert into connection (id, owner_id, name, type, models, sealed, key_id, created_at,
                            updated_at)
                        values (:id, :owner, :name, :type, :models, :sealed, :keyId, :now, :now)
                        """)
                .bind("id", row.id().value())
                .bind("owner", owner.value())
                .bind("name", row.name())
                .bind("type", row.type().word())
                .bindArray("models", String.class, row.models())
                .bind("sealed", row.values().bytes())
                .bind("keyId", row.values().keyId())
                .bind("now", now)
                .execute());
    }

    /** False when it was deleted meanwhile. */
    boolean change(Row row, Instant now) {
        return jdbi.withHandle(handle -> handle.createUpdate("""
                                update connection set name = :name, models = :models, sealed = :sealed,
                                    key_id = :keyId, version = version + 1, updated_at = :now
                                where id = :id and version = :version and deleted_at is null
                                """)
                        .bind("id", row.id().value())
                        .bind("version", row.version())
                        .bind("name", row.name())
                        .bindArray("models", String.class, row.models())
                        .bind("sealed", row.values().bytes())
                        .bind("keyId", row.values().keyId())
                        .bind("now", now)
                        .execute())
                == 1;
    }

    /** The values go, the row stays. */
    boolean delete(UserId owner, ConnectionId id, Instant now) {
        return jdbi.withHandle(handle -> handle.execute("""
                                update connection set deleted_at = ?, sealed = null, key_id = null
                                where id = ? and owner_id = ? and deleted_at is null
                                """, now, id.value(), owner.value())) == 1;
    }

    Optional<Row> find(UserId owner, ConnectionId id) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select * from connection where id = :id and owner_id = :owner and deleted_at is null")
                .bind("id", id.value())
                .bind("owner", owner.value())
                .map(ConnectionStore::row)
                .findOne());
    }

    /** The type of one that there is, or was. */
    Optional<ConnectionType> type(UserId owner, ConnectionId id) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select type from connection where id = :id and owner_id = :owner")
                        .bind("id", id.value())
                        .bind("owner", owner.value())
                        .mapTo(String.class)
                        .map(ConnectionType::of)
                        .findOne());
    }

    /** Oldest first. */
    List<Row> list(UserId owner) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select * from connection where owner_id = :owner and deleted_at is null order by id")
                .bind("owner", owner.value())
                .map(ConnectionStore::row)
                .list());
    }

    private static Row row(ResultSet row, StatementContext context) throws SQLException {
        return new Row(
                new ConnectionId(row.getInt("id")),
                row.getInt("version"),
                row.getString("name"),
                ConnectionType.of(row.getString("type")),
                List.of((String[]) row.getArray("models").getArray()),
                new Sealed(row.getBytes("sealed"), row.getString("key_id")));
    }

    /** A connection that there is, its values still sealed. */
    record Row(ConnectionId id, int version, String name, ConnectionType type, List<String> models, Sealed values) {
        Connection shown() {
            return new Connection(id, name, type, type.provider(), models, true);
        }
    }
}
