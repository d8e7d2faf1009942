package dev.drover.core.access;

import dev.drover.core.id.AgentId;
import dev.drover.core.id.CredentialId;
import dev.drover.core.id.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How rows of {@code app_user} and {@code credential} are read. */
final class AccessRows {
    private AccessRows() {}

    static Caller caller(ResultSet row) throws SQLException {
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

    static ApiKey key(ResultSet row) throws SQLException {
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

    static SpawnRate rate(ResultSet row) throws SQLException {
        return new SpawnRate(
                row.getObject("spawns_per_minute", Integer.class), row.getObject("spawns_per_hour", Integer.class));
    }

    static Set<Scope> scopes(ResultSet row) throws SQLException {
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

    static <E extends Enum<E>> E constant(Class<E> type, String word) {
        return Enum.valueOf(type, word.toUpperCase(Locale.ROOT));
    }
}
