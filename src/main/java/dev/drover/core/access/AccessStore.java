package dev.drover.core.access;

import dev.drover.core.id.AgentId;
import dev.drover.core.id.CredentialId;
import dev.drover.core.id.RunId;
import dev.drover.core.id.SessionId;
import dev.drover.core.id.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The table {@code credential}, and who is who in {@code app_user}. */
public final class AccessStore {
    /** The keys that agents have for themselves are not their owner's. */
    private static final String OF_ACCOUNT =
            "agent_id is null and user_id in (select u.id from app_user u where u.id = :user or u.name = :sandbox)";

    private final Jdbi jdbi;
    private final @Nullable KnownHolders known;

    /** @param alone whether no other server writes to the database */
    public AccessStore(Jdbi jdbi, boolean alone) {
        this.jdbi = jdbi;
        this.known = alone ? new KnownHolders() : null;
    }

    /** Keeps the user that is there under that name; whether it was made now. */
    boolean insert(UserId id, String name, Role role, Instant at) {
        return jdbi.withHandle(handle -> handle.execute(
                        "insert into app_user (id, name, role, created_at) values (?, ?, ?, ?) on conflict do nothing",
                        id.value(),
                        name,
                        word(role),
                        at))
                == 1;
    }

    Optional<User> user(String name) {
        return jdbi.withHandle(handle -> handle.createQuery("select * from app_user where name = :name")
                .bind("name", name)
                .map((row, context) -> user(row))
                .findOne());
    }

    /** Whoever may act: nobody disabled. */
    Optional<User> active(String name) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select * from app_user where name = :name and disabled_at is null")
                        .bind("name", name)
                        .map((row, context) -> user(row))
                        .findOne());
    }

    /** The same by a token, which must be of the present generation, and its session not over. */
    Optional<User> active(Claims.OfUser claims) {
        SessionId session = claims.session();
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select * from app_user u where name = :name and disabled_at is null
                            and generation = :generation and (cast(:session as uuid) is null or exists
                                (select 1 from console_session s
                                    where s.id = cast(:session as uuid) and s.user_id = u.id))
                        """)
                .bind("name", claims.name())
                .bind("generation", claims.generation())
                .bind("session", session == null ? null : session.value())
                .map((row, context) -> user(row))
                .findOne());
    }

    Optional<String> passwordHash(UserId user) {
        return jdbi.withHandle(handle -> handle.createQuery("select password_hash from app_user where id = :id")
                .bind("id", user.value())
                .mapTo(String.class)
                .findOne());
    }

    /** Whoever came in by the password before is out with it. */
    void passwordHash(UserId user, String hash) {
        jdbi.useTransaction(handle -> {
            handle.execute(
                    "update app_user set password_hash = ?, generation = generation"
                            + " + case when password_hash is null then 0 else 1 end where id = ?",
                    hash,
                    user.value());
            handle.execute("delete from console_session where user_id = ?", user.value());
        });
    }

    /** Only where there is none yet; whether it was stored. */
    boolean firstPasswordHash(UserId user, String hash) {
        return jdbi.withHandle(handle -> handle.execute(
                        "update app_user set password_hash = ? where id = ? and password_hash is null",
                        hash,
                        user.value()))
                == 1;
    }

    void makeAdmin(UserId user) {
        change("update app_user set role = 'admin' where id = ? and role <> 'admin'", user.value());
    }

    void insert(ApiKey key, UserId user, byte[] hash, Binding binding) {
        AgentId agent = binding.agent();
        jdbi.useHandle(handle -> handle.execute(
                """
                insert into credential (id, hash, kind, user_id, name, prefix, scopes, created_at, expires_at,
                    spawns_per_minute, spawns_per_hour, agent_id, description, reach)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                key.id().value(),
                hash,
                word(key.kind()),
                user.value(),
                key.name(),
                key.prefix(),
                words(key.scopes()),
                key.createdAt(),
                key.expiresAt(),
                key.rate().perMinute(),
                key.rate().perHour(),
                agent == null ? null : agent.value(),
                binding.description(),
                binding.reach()));
    }

    /** The same unless the account has that many unrevoked keys; keys made at the same moment count one another. */
    boolean insert(ApiKey key, UserId user, byte[] hash, Binding binding, User account, int most) {
        return jdbi.inTransaction(handle -> {
            handle.execute(
                    "select 1 from app_user where id = ? for update",
                    account.id().value());
            boolean isFull = keys(account, false, most, null).size() == most;
            if (!isFull) {
                insert(key, user, hash, binding);
            }
            return !isFull;
        });
    }

    /** What is null in the wish stays as it is. */
    void change(CredentialId id, ChangeKey wish) {
        SpawnRate rate = wish.rate();
        change(
                """
                update credential set name = coalesce(?, name), scopes = coalesce(cast(? as text[]), scopes),
                    spawns_per_minute = case when ? then cast(? as int) else spawns_per_minute end,
                    spawns_per_hour = case when ? then cast(? as int) else spawns_per_hour end
                where id = ?
                """,
                wish.name(),
                wish.scopes() == null ? null : words(wish.scopes()),
                rate != null,
                rate == null ? null : rate.perMinute(),
                rate != null,
                rate == null ? null : rate.perHour(),
                id.value());
    }

    private static String[] words(Set<Scope> scopes) {
        return scopes.stream().map(Scope::word).toArray(String[]::new);
    }

    /** Who holds the secret of that hash; empty when revoked, expired or unknown. */
    Optional<Held> holder(byte[] hash, Instant now) {
        return known == null ? lookUp(hash, now) : known.find(hash, now, () -> lookUp(hash, now));
    }

    private Optional<Held> lookUp(byte[] hash, Instant now) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select c.id as credential, c.kind, c.agent_id, c.scopes, c.last_used_at, c.expires_at,
                            c.spawns_per_minute, c.spawns_per_hour, u.id, u.name, u.role, u.team, u.email
                        from credential c join app_user u on u.id = c.user_id
                        where c.hash = :hash and c.revoked_at is null and (c.expires_at is null or c.expires_at > :now)
                            and u.disabled_at is null
                        """)
                .bind("hash", hash)
                .bind("now", now)
                .map((row, context) -> new Held(caller(row), instant(row, "last_used_at"), instant(row, "expires_at")))
                .findOne());
    }

    void used(CredentialId id, Instant at, long times) {
        change("update credential set last_used_at = ?, uses = uses + ? where id = ?", at, times, id.value());
    }

    /** The user's keys and those of the sandbox, newest first. */
    List<ApiKey> keys(User user, boolean revokedToo, int limit, @Nullable CredentialId after) {
        String filter = (revokedToo ? "" : " and revoked_at is null") + (after == null ? "" : " and id < :after");
        return jdbi.withHandle(handle -> {
            var query = handle.createQuery(
                            "select * from credential where " + OF_ACCOUNT + filter + " order by id desc limit :limit")
                    .bind("user", user.id().value())
                    .bind("sandbox", user.sandbox())
                    .bind("limit", limit);
            return (after == null ? query : query.bind("after", after.value()))
                    .map((row, context) -> key(row))
                    .list();
        });
    }

    Optional<ApiKey> key(User user, CredentialId id) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select * from credential where " + OF_ACCOUNT + " and id = :id")
                        .bind("user", user.id().value())
                        .bind("sandbox", user.sandbox())
                        .bind("id", id.value())
                        .map((row, context) -> key(row))
                        .findOne());
    }

    void revoke(CredentialId id, Instant at) {
        change("update credential set revoked_at = ? where id = ? and revoked_at is null", at, id.value());
    }

    void delete(CredentialId id) {
        change("delete from credential where id = ?", id.value());
    }

    void openPass(RunId run, AgentId agent, Instant expiresAt) {
        jdbi.useHandle(handle -> {
            handle.execute("delete from run_pass where expires_at < now() - interval '1 day'");
            handle.execute(
                    "insert into run_pass (run_id, agent_id, expires_at) values (?, ?, ?)",
                    run.value(),
                    agent.value(),
                    expiresAt);
        });
    }

    void endPass(RunId run) {
        jdbi.useHandle(handle -> handle.execute("delete from run_pass where run_id = ?", run.value()));
    }

    boolean isPassOpen(RunId run, AgentId agent) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select exists (select from run_pass where run_id = :run and agent_id = :agent)")
                .bind("run", run.value())
                .bind("agent", agent.value())
                .mapTo(Boolean.class)
                .one());
    }

    /** Whatever that agent could show to come in. */
    void deleteOf(AgentId agent) {
        change("delete from credential where agent_id = ?", agent.value());
    }

    /** The keys of that kind that an agent has for itself, newest first. */
    List<ApiKey> keysOf(AgentId agent, CredentialKind kind) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select * from credential where agent_id = :agent and kind = :kind order by id desc")
                .bind("agent", agent.value())
                .bind("kind", word(kind))
                .map((row, context) -> key(row))
                .list());
    }

    /** Joins a transaction, after which {@link #forgetHolders} is due. */
    void revokeJoining(CredentialId key, Instant at) {
        jdbi.useHandle(handle -> handle.execute("update credential set revoked_at = ? where id = ?", at, key.value()));
    }

    /** Whatever the agent could show to come in, tokens of its runs too; joins a transaction as well. */
    void revokeAllOf(AgentId agent, Instant at) {
        jdbi.useHandle(handle -> {
            handle.execute(
                    "update credential set revoked_at = ? where agent_id = ? and revoked_at is null",
                    at,
                    agent.value());
            handle.execute("delete from run_pass where agent_id = ?", agent.value());
        });
    }

    void forgetHolders() {
        if (known != null) {
            known.forgetAll();
        }
    }

    /** Every change of what {@link #holder} finds goes through here, and stands by itself: never in a transaction. */
    private void change(String sql, @Nullable Object... values) {
        jdbi.useHandle(handle -> handle.execute(sql, values));
        forgetHolders();
    }

    private static Caller caller(ResultSet row) throws SQLException {
        UUID agent = row.getObject("agent_id", UUID.class);
        return new Caller(
                user(row),
                constant(CredentialKind.class, row.getString("kind")),
                new CredentialId(row.getObject("credential", UUID.class)),
                agent == null ? null : new AgentId(agent),
                scopes(row),
                rate(row),
                null,
                null);
    }

    static User user(ResultSet row) throws SQLException {
        return new User(
                new UserId(row.getObject("id", UUID.class)),
                row.getString("name"),
                constant(Role.class, row.getString("role")),
                row.getInt("team"),
                row.getString("email"));
    }

    private static ApiKey key(ResultSet row) throws SQLException {
        Timestamp created = row.getTimestamp("created_at");
        return new ApiKey(
                new CredentialId(row.getObject("id", UUID.class)),
                row.getString("name"),
                constant(CredentialKind.class, row.getString("kind")),
                row.getString("prefix"),
                scopes(row),
                created.toInstant(),
                instant(row, "expires_at"),
                instant(row, "last_used_at"),
                instant(row, "revoked_at"),
                rate(row));
    }

    private static SpawnRate rate(ResultSet row) throws SQLException {
        return new SpawnRate(
                row.getObject("spawns_per_minute", Integer.class), row.getObject("spawns_per_hour", Integer.class));
    }

    private static Set<Scope> scopes(ResultSet row) throws SQLException {
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        Arrays.stream((String[]) row.getArray("scopes").getArray())
                .flatMap(word -> Scope.of(word).stream())
                .forEach(scopes::add);
        return scopes;
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp at = row.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String word) {
        return Enum.valueOf(type, word.toUpperCase(Locale.ROOT));
    }

    /** A caller, and when the credential was last marked as used. */
    record Held(
            Caller caller,
            @Nullable Instant lastUsedAt,
            @Nullable Instant expiresAt) {
        boolean isGoodAt(Instant now) {
            return expiresAt == null || expiresAt.isAfter(now);
        }
    }
}
