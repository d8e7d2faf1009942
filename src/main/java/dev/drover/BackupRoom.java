package dev.drover;

import dev.drover.api.ConsoleRoutes;
import dev.drover.api.console.ConsoleBackup;
import dev.drover.api.http.Route;
import dev.drover.core.StartFailure;
import dev.drover.core.backup.BackupSource;
import dev.drover.core.backup.Backups;
import dev.drover.provider.archive.TarFiles;
import dev.drover.provider.database.DataFolder;
import dev.drover.provider.database.DatabaseAddress;
import dev.drover.provider.database.EmbeddedPostgres;
import dev.drover.provider.database.PostgresTables;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** Backups, taken by a server that runs or in the place of one. */
final class BackupRoom {
    private BackupRoom() {}

    static List<Route> routes(Core core) {
        BackupSource source = source(
                core.ground().address(),
                core.ground().folder().path(),
                core.book().clock());
        return ConsoleRoutes.backup(
                new ConsoleBackup(new Backups(source, core.book().audit())));
    }

    /** While no server works on the data folder; others may work on the database. */
    static void write(Settings settings, OutputStream out) throws IOException {
        Settings.Secret url = settings.databaseUrl();
        Path data = settings.reach();
        if (Files.notExists(url == null ? data.resolve("db") : data)) {
            throw new StartFailure(
                    "there is nothing to back up in %s: name the data folder of a server with --data".formatted(data));
        }
        try (Closing closing = new Closing()) {
            DataFolder folder = closing.with(DataFolder.open(data));
            UnfinishedRestore.refuse(folder.path());
            DatabaseAddress address = url == null
                    ? closing.with(EmbeddedPostgres.start(folder)).address()
                    : DatabaseAddress.parse(url.text());
            source(address, folder.path(), Clock.systemUTC()).write(out);
        }
    }

    private static BackupSource source(DatabaseAddress address, Path folder, Clock clock) {
        return new BackupSource(new PostgresTables(address), new TarFiles(folder), AdminRoom.version(), clock);
    }
}
