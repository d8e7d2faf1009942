package dev.drover.core.access;

import dev.drover.core.id.SessionId;
import dev.drover.core.id.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** The table {@code console_session}. */
public final class SessionStore {
    private final Jdbi jdbi;

    public SessionStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Of one user only the last used ones stay, and none that is over. */
    void insert(Session session, UserId user, byte[] hash, int most) {
        jdbi.useTransaction(handle -> {
            handle.execute(
                    """
                    insert into console_session
                        (id, hash, user_id, mode, address, client, created_at, used_at, expires_at)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                    session.id().value(),
                    hash,
                    user.value(),
                    session.mode(),
                    session.from().address(),
                    session.from().client(),
                    session.createdAt(),
                    session.usedAt(),
                    session.expiresAt());
            handle.execute("""
                    delete from console_session where expires_at <= ? or user_id = ? and id in
                        (select id from console_session where user_id = ? order by used_at desc, id desc offset ?)
                    """, session.createdAt(), user.value(), user.value(), most);
        });
    }

    /** Goes on with the session of that secret, and tells whose it is; empty when it is over. */
    Optional<Continued> use(byte[] hash, Visitor from, Instant now, Instant expiresAt) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        update console_session s
                        set used_at = :now, expires_at = :expires, address = :address, client = :client
                        from app_user u
                        where s.hash = :hash and s.expires_at > :now and u.id = s.user_id and u.disabled_at is null
                        returning s.id as session, s.mode, u.*
                        """)
                .bind("hash", hash)
                .bind("now", now)
                .bind("expires", expiresAt)
                .bind("address", from.address())
                .bind("client", from.client())
                .map((row, context) -> new Continued(
                        new SessionId(row.getObject("session", UUID.class)),
                        AccessStore.user(row),
                        row.getString("mode")))
                .findOne());
    }

    /** Whose it was; empty when there is none. */
    Optional<String> delete(byte[] hash) {
        return jdbi.withHandle(handle ->
                handle.createQuery("""
                        delete from console_session s using app_user u
                        where s.hash = :hash and u.id = s.user_id returning u.name
                        """).bind("hash", hash).mapTo(String.class).findOne());
    }

    boolean delete(SessionId id, UserId user) {
        return jdbi.withHandle(handle -> handle.execute(
                        "delete from console_session where id = ? and user_id = ?", id.value(), user.value()))
                == 1;
    }

    /** Last used first. */
    List<Session> of(UserId user, Instant now) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select * from console_session where user_id = :user and expires_at > :now
                        order by used_at desc, id desc
                        """)
                .bind("user", user.value())
                .bind("now", now)
                .map((row, context) -> session(row))
                .list());
    }

    private static Session session(ResultSet row) throws SQLException {
        return new Session(
                new SessionId(row.getObject("id", UUID.class)),
                row.getString("mode"),
                new Visitor(row.getString("address"), row.getString("client")),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("used_at").toInstant(),
                row.getTimestamp("expires_at").toInstant());
    }

    record Continued(SessionId id, User user, String mode) {}
}
