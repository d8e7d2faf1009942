package dev.drover.core.access;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** The tables {@code login_email} and {@code login_code}. */
public final class MailLoginStore {
    private final Jdbi jdbi;

    public MailLoginStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** False when it is there already. */
    boolean add(String email, String addedBy, String source, Instant at) {
        return jdbi.withHandle(handle -> handle.execute(
                        "insert into login_email (email, added_by, source, added_at) values (?, ?, ?, ?)"
                                + " on conflict do nothing",
                        email,
                        addedBy,
                        source,
                        at))
                == 1;
    }

    boolean remove(String email) {
        return jdbi.withHandle(handle -> handle.execute("delete from login_email where email = ?", email)) == 1;
    }

    /** Newest first. */
    List<LoginEmail> emails() {
        return jdbi.withHandle(handle -> handle.createQuery("select * from login_email order by id desc")
                .map((row, context) -> new LoginEmail(
                        row.getLong("id"),
                        row.getString("email"),
                        row.getString("added_by"),
                        row.getString("source"),
                        row.getTimestamp("added_at").toInstant()))
                .list());
    }

    boolean has(String email) {
        return jdbi.withHandle(handle -> handle.createQuery("select 1 from login_email where email = :email")
                .bind("email", email)
                .mapTo(Integer.class)
                .findOne()
                .isPresent());
    }

    /**
     * Keeps a code unless the address had so many since then; requests at the same moment count one another.
     *
     * @return the moments of those before it, oldest first
     */
    List<Instant> asked(Code code, Instant since, int most) {
        return jdbi.inTransaction(handle -> {
            handle.execute("select pg_advisory_xact_lock(hashtextextended(?, 17))", code.email);
            handle.execute("delete from login_code where made_at < ?", since);
            List<Instant> before = handle.createQuery(
                            "select made_at from login_code where email = :email order by made_at")
                    .bind("email", code.email)
                    .mapTo(Instant.class)
                    .list();
            if (before.size() < most) {
                handle.execute(
                        "insert into login_code (email, hash, made_at, expires_at) values (?, ?, ?, ?)",
                        code.email,
                        code.hash,
                        code.madeAt,
                        code.expiresAt);
            }
            return before;
        });
    }

    /** Counts a try against the newest code of an address; empty when that one is good for nothing any more. */
    Optional<Tried> tried(String email, Instant now, int most) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        update login_code set tries = tries + 1
                        where id = (select max(id) from login_code where email = :email)
                            and used_at is null and expires_at > :now and tries < :most
                        returning id, hash
                        """)
                .bind("email", email)
                .bind("now", now)
                .bind("most", most)
                .map((row, context) -> new Tried(row.getLong("id"), row.getString("hash")))
                .findOne());
    }

    /** Whether this call used it up, and no other. */
    boolean use(long code, Instant at) {
        return jdbi.withHandle(handle ->
                        handle.execute("update login_code set used_at = ? where id = ? and used_at is null", at, code))
                == 1;
    }

    record Code(String email, String hash, Instant madeAt, Instant expiresAt) {}

    record Tried(long id, String hash) {}
}
