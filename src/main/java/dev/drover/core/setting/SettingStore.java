package dev.drover.core.setting;

import java.time.Instant;
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
                .map((row, context) -> new Setting(
                        row.getString("key"),
                        row.getString("value"),
                        row.getTimestamp("changed_at").toInstant()))
                .findOne());
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
