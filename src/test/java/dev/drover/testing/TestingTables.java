package dev.drover.testing;

import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Jdbi;

/** What a database holds, in a few letters: of each table how many rows, and a checksum of all of them. */
public final class TestingTables {
    private TestingTables() {}

    public static Map<String, String> of(TestingDatabase database) {
        return of(database.database().jdbi());
    }

    public static Map<String, String> of(Jdbi jdbi) {
        return jdbi.withHandle(handle -> {
            Map<String, String> tables = new TreeMap<>();
            for (String table : handle.createQuery("select tablename from pg_tables where schemaname = 'public'"
                            + " and tablename not like 'flyway%' order by 1")
                    .mapTo(String.class)
                    .list()) {
                tables.put(
                        table,
                        handle.createQuery("select count(*) || ' ' || coalesce(md5(string_agg(md5(t::text), ''"
                                        + " order by md5(t::text))), '') from " + table + " t")
                                .mapTo(String.class)
                                .one());
            }
            return tables;
        });
    }
}
