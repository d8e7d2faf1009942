package dev.drover;

import dev.drover.core.StartFailure;
import dev.drover.core.backup.BackupFile;
import dev.drover.provider.archive.TarFiles;
import dev.drover.provider.database.DataFolder;
import dev.drover.provider.database.DatabaseAddress;
import dev.drover.provider.database.EmbeddedPostgres;
import dev.drover.provider.database.Migrations;
import dev.drover.provider.database.PostgresDatabase;
import dev.drover.provider.database.TableLoad;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Puts a backup into an empty data folder and an empty database. Nothing is changed before everything was looked at;
 * files come first and the tables in one transaction behind them, so that a folder which was finished has both.
 */
final class Restoring {
    /** What a fresh file system brings along. */
    private static final String NOTHING = "lost+found";

    private Restoring() {}

    /** And brings it to the schema of this version. */
    static void restore(Settings settings, BackupFile backup) {
        restore(settings.reach(), settings.databaseUrl(), backup, true);
    }

    /** @param upToDate whether to migrate what was restored; a server that starts does so as well */
    static void restore(Path data, Settings.@Nullable Secret url, BackupFile backup, boolean upToDate) {
        Migrations.refuseNewer(backup.manifest().schema(), backup.manifest().drover());
        refuseUsed(data);
        if (url != null) {
            new TableLoad(DatabaseAddress.parse(url.text())).requireEmpty();
        }
        backup.verify();
        try (Closing closing = new Closing()) {
            DataFolder folder = closing.with(DataFolder.open(data));
            UnfinishedRestore.begin(folder.path());
            try (InputStream files = backup.files()) {
                new TarFiles(folder.path()).unpack(files);
            }
            DatabaseAddress address = url == null
                    ? closing.with(EmbeddedPostgres.start(folder)).address()
                    : DatabaseAddress.parse(url.text());
            new TableLoad(address).load(backup);
            if (upToDate) {
                migrate(address);
            }
            UnfinishedRestore.end(folder.path());
        } catch (IOException e) {
            throw new StartFailure("cannot restore into %s: %s".formatted(data, e.getMessage()), e);
        }
    }

    private static void migrate(DatabaseAddress address) {
        try (PostgresDatabase database = new PostgresDatabase(address, 2)) {
            Migrations.run(database);
        }
    }

    private static void refuseUsed(Path data) {
        try (Stream<Path> found = Files.exists(data) ? Files.list(data) : Stream.empty()) {
            Optional<Path> one =
                    found.filter(path -> !path.endsWith(NOTHING)).sorted().findFirst();
            if (one.isPresent()) {
                throw new StartFailure(
                        ("the data folder %s is not empty, it holds %s: name another with --data, or move "
                                        + "what is in it away")
                                .formatted(data, one.get().getFileName()));
            }
        } catch (IOException e) {
            throw new StartFailure("cannot look into the data folder %s: %s".formatted(data, e.getMessage()), e);
        }
    }
}
