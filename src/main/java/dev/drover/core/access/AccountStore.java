package dev.drover.core.access;

import dev.drover.core.id.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The people in {@code app_user}, what administrators decide about them, and the table {@code failed_login}. */
public final class AccountStore {
    private static final String ACCOUNTS =
            "select u.*, (select max(used_at) from console_session where user_id = u.id) as seen_at from app_user u";

    private final Jdbi jdbi;
    private final AccessStore credentials;

    /** @param credentials whose holders change with the people */
    public AccountStore(Jdbi jdbi, AccessStore credentials) {
        this.jdbi = jdbi;
        this.credentials = credentials;
    }

    /** The one of that address, made now when nobody has it; one whose name is the address has it from now on. */
    User member(UserId fresh, String email, Instant at) {
        jdbi.useHandle(handle -> {
            handle.execute(
                    "update app_user set email = ? where name = ? and email is null"
                            + " and not exists (select 1 from app_user where email = ?)",
                    email,
                    email,
                    email);
            handle.execute(
                    "insert into app_user (id, name, role, created_at, email) values (?, ?, 'user', ?, ?)"
                            + " on conflict do nothing",
                    fresh.value(),
                    email,
                    at,
                    email);
        });
        return jdbi.withHandle(handle -> handle.createQuery("select * from app_user where email = :email")
                .bind("email", email)
                .map((row, context) -> AccessStore.user(row))
                .one());
    }

    /** Oldest first. */
    List<User> users() {
        return jdbi.withHandle(handle -> handle.createQuery("select * from app_user order by created_at, name")
                .map((row, context) -> AccessStore.user(row))
                .list());
    }

    /** Oldest first. */
    List<Account> accounts() {
        return jdbi.withHandle(handle -> handle.createQuery(ACCOUNTS + " order by created_at, name")
                .map((row, context) -> account(row))
                .list());
    }

    Optional<Account> account(String name) {
        return jdbi.withHandle(handle -> handle.createQuery(ACCOUNTS + " where name = :name")
                .bind("name", name)
                .map((row, context) -> account(row))
                .findOne());
    }

    /** The number that a token of that user has to carry. */
    int generation(UserId user) {
        return jdbi.withHandle(handle -> handle.createQuery("select generation from app_user where id = :id")
                .bind("id", user.value())
                .mapTo(Integer.class)
                .one());
    }

    /** False when the name or the address is somebody's already. */
    boolean insert(UserId id, NewAccount wish, Instant at) {
        return jdbi.withHandle(handle -> handle.execute(
                        "insert into app_user (id, name, role, email, created_at) values (?, ?, ?, ?, ?)"
                                + " on conflict do nothing",
                        id.value(),
                        wish.name(),
                        AccessStore.word(wish.role()),
                        wish.email(),
                        at))
                == 1;
    }

    /** False, and nothing changed, when no administrator would be left. */
    boolean role(User user, Role role) {
        return changed(
                role != Role.ADMIN,
                user,
                handle -> handle.execute(
                        "update app_user set role = ? where id = ?",
                        AccessStore.word(role),
                        user.id().value()));
    }

    /**
     * Whoever is disabled is out at once, with the account that test keys act as.
     *
     * @return false, and nothing changed, when no administrator would be left
     */
    boolean disable(User user, @Nullable Instant at) {
        return changed(at != null, user, handle -> {
            handle.execute(
                    "update app_user set disabled_at = ?, generation = generation + 1 where id = ? or name = ?",
                    at,
                    user.id().value(),
                    user.sandbox());
            handle.execute(
                    "delete from console_session where user_id = ?", user.id().value());
        });
    }

    /** Administrators who go at the same moment wait for one another. */
    private boolean changed(boolean takesAway, User user, Consumer<Handle> change) {
        boolean done = jdbi.inTransaction(handle -> {
            if (takesAway && isLastAdmin(handle, user)) {
                return false;
            }
            change.accept(handle);
            return true;
        });
        credentials.forgetHolders();
        return done;
    }

    private static boolean isLastAdmin(Handle handle, User user) {
        return handle.createQuery(
                        "select id from app_user where role = 'admin' and disabled_at is null order by id for update")
                .mapTo(UUID.class)
                .list()
                .equals(List.of(user.id().value()));
    }

    /**
     * Notes a try to log in as failed until it succeeds, unless there were too many since then; tries at the same
     * moment count one another.
     *
     * @return the moments of those before it, oldest first
     */
    List<Instant> loginTried(String address, Instant at, Instant since, int most) {
        return jdbi.inTransaction(handle -> {
            handle.execute("select pg_advisory_xact_lock(hashtextextended(?, 5))", address);
            List<Instant> before = handle.createQuery(
                            "select at from failed_login where address = :address and at > :since order by at")
                    .bind("address", address)
                    .bind("since", since)
                    .mapTo(Instant.class)
                    .list();
            if (before.size() < most) {
                handle.execute("insert into failed_login (address, at) values (?, ?)", address, at);
            }
            return before;
        });
    }

    void forgetFailedLogins(String address, Instant before) {
        jdbi.useHandle(
                handle -> handle.execute("delete from failed_login where address = ? or at < ?", address, before));
    }

    private static Account account(ResultSet row) throws SQLException {
        return new Account(
                AccessStore.user(row),
                row.getTimestamp("created_at").toInstant(),
                AccessStore.instant(row, "disabled_at"),
                AccessStore.instant(row, "seen_at"),
                row.getString("password_hash") != null);
    }
}
