package dev.drover.provider.database;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Brings a database to the schema of this version, with the numbered SQL files on the class path. */
public final class Migrations {
    private static final String FOLDER = "classpath:db/migration";

    private Migrations() {}

    public static void run(PostgresDatabase database) {
        run(database.joining(), FOLDER);
    }

    static void run(DataSource database, String... folders) {
        Flyway.configure().dataSource(database).locations(folders).load().migrate();
    }
}
