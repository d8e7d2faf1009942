package dev.drover.core.setting;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** The table {@code setting}. */
public final class SettingStore {
    private final Jdbi jdbi;

    public SettingStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    Optional<Setting> find(String key) {
        return jdbi.withHandle(handle -> handle.createQuery("select * from setting where key = :key")
                .bind("key", key)
                .map((row, context) -> setting(row))
                .findOne());
    }

    List<Setting> all() {
        return jdbi.withHandle(handle -> handle.createQuery("select * from setting order by key")
                .map((row, context) -> setting(row))
                .list());
    }

    private static Setting setting(ResultSet row) throws SQLException {
        return new Setting(
                row.getString("key"),
                row.getString("value"),
                row.getTimestamp("changed_at").toInstant());
    }

    void put(String key, String value, Instant at) {
        jdbi.useHandle(handle -> handle.execute(
                "insert into setting (key, value, changed_at) values (?, ?, ?)"
                        + " on conflict (key) do update set value = excluded.value, changed_at = excluded.changed_at",
                key,
                value,
                at));
    }

    boolean delete(String key) {
        return jdbi.withHandle(handle -> handle.execute("delete from setting where key = ?", key)) == 1;
    }
}
