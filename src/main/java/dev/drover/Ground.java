package dev.drover;

import dev.drover.provider.database.Clockwork;
import dev.drover.provider.database.DataFolder;
import dev.drover.provider.database.DatabaseAddress;
import dev.drover.provider.database.EmbeddedPostgres;
import dev.drover.provider.database.Migrations;
import dev.drover.provider.database.Notifications;
import dev.drover.provider.database.PostgresDatabase;
import java.time.Clock;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.UUID;

/**
 * What a server stands on: its data folder, which it may share with others of the same database, and that.
 *
 * @param alone whether no other server can reach the database, since it came with this one
 */
record Ground(
        UUID node,
        DataFolder folder,
        DatabaseAddress address,
        PostgresDatabase database,
        Notifications notifications,
        Clockwork clockwork,
        boolean alone) {
    /** Servers that share a database go by its time; the one that brings its database has the same as that anyway. */
    Clock clock() {
        return (alone ? InstantSource.system() : clockwork.time()).withZone(ZoneOffset.UTC);
    }

    static Ground open(Settings settings, UUID node, Closing closing) {
        Settings.Secret url = settings.databaseUrl();
        DataFolder folder = closing.with(
                url == null ? DataFolder.open(settings.reach()) : DataFolder.openToShare(settings.reach()));
        UnfinishedRestore.refuse(folder.path());
        DatabaseAddress address = url == null
                ? closing.with(EmbeddedPostgres.start(folder)).address()
                : DatabaseAddress.parse(url.text());
        PostgresDatabase database = closing.with(new PostgresDatabase(address));
        Migrations.run(database);
        return new Ground(
                node,
                folder,
                address,
                database,
                closing.with(new Notifications(address, database)),
                closing.with(new Clockwork(database, node.toString())),
                url == null);
    }
}
