package dev.drover.provider.database;

import dev.drover.core.StartFailure;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationVersion;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.generic.GenericType;

/** Brings a database to the schema of this version, with the numbered SQL files on the class path. */
public final class Migrations {
    private static final String FOLDER = "db/migration";
    private static final int OLDEST = 15;

    private Migrations() {}

    /** Flyway is asked only when there may be something to do: waking it costs a quarter of a second. */
    public static void run(PostgresDatabase database) {
        refuseOld(version(database));
        if (!isCurrent(database)) {
            migrate(database.joining(), FOLDER);
        }
    }

    /** Brings an empty database to an earlier schema, to be filled with what was in one. */
    static void runTo(PostgresDatabase database, String schema) {
        refuseOld(version(database));
        migrate(database.joining(), FOLDER, MigrationVersion.fromVersion(schema));
    }

    /** Refuses a schema that this version does not know. */
    public static void refuseNewer(String schema, String drover) {
        try {
            MigrationVersion newest = MigrationFiles.checksums(FOLDER).keySet().stream()
                    .map(name -> MigrationVersion.fromVersion(name.substring(1, name.indexOf("__"))))
                    .max(Comparator.naturalOrder())
                    .orElse(MigrationVersion.EMPTY);
            if (MigrationVersion.fromVersion(schema).isNewerThan(newest)) {
                throw new StartFailure(("the backup is of schema %s, of Drover %s, and this one knows schemas up to "
                                + "%s: restore it with that Drover or a later one")
                        .formatted(schema, drover, newest));
            }
        } catch (IOException e) {
            throw new StartFailure("the migrations that come along cannot be read: " + e.getMessage(), e);
        }
    }

    private static int version(PostgresDatabase database) {
        try {
            return database.jdbi()
                    .withHandle(handle -> handle.getConnection().getMetaData().getDatabaseMajorVersion());
        } catch (SQLException e) {
            throw new StartFailure("the database does not say its version: " + e.getMessage(), e);
        }
    }

    static void refuseOld(int version) {
        if (version < OLDEST) {
            throw new StartFailure(("the database is PostgreSQL %d, and Drover needs %d or later: upgrade it, or "
                            + "name another with DROVER_DATABASE_URL")
                    .formatted(version, OLDEST));
        }
    }

    /** Whether the history lists exactly the files that there are, by Flyway's own checksums. */
    static boolean isCurrent(PostgresDatabase database) {
        try {
            Map<String, Integer> files = MigrationFiles.checksums(FOLDER);
            return !files.isEmpty() && files.equals(applied(database));
        } catch (JdbiException | IOException e) {
            return false;
        }
    }

    static void migrate(DataSource database, String folder) {
        migrate(database, folder, MigrationVersion.LATEST);
    }

    private static void migrate(DataSource database, String folder, MigrationVersion target) {
        LibraryLogs.quiet();
        try {
            Flyway.configure()
                    .dataSource(database)
                    .locations("classpath:" + folder)
                    .target(target)
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw new StartFailure("cannot bring the database to the schema of this version: " + e.getMessage(), e);
        }
    }

    private static Map<String, Integer> applied(PostgresDatabase database) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(
                                "select script, checksum from flyway_schema_history where success and type = 'SQL'")
                        .setMapKeyColumn("script")
                        .setMapValueColumn("checksum")
                        .collectInto(new GenericType<Map<String, Integer>>() {}));
    }
}
