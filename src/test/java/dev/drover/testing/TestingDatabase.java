package dev.drover.testing;

import dev.drover.provider.database.DataFolder;
import dev.drover.provider.database.DatabaseAddress;
import dev.drover.provider.database.EmbeddedPostgres;
import dev.drover.provider.database.Migrations;
import dev.drover.provider.database.PostgresDatabase;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Jdbi;

/**
 * A migrated, empty database of a test class, on one embedded server a JVM. A copy of a template that was migrated
 * once, so it costs some tens of milliseconds.
 */
public final class TestingDatabase implements AutoCloseable {
    private static final String TEMPLATE = "drover";
    private static final int CONNECTIONS = 8;
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final String name;
    private final PostgresDatabase database;

    private TestingDatabase(String name) {
        this.name = name;
        this.database = new PostgresDatabase(address(), CONNECTIONS);
    }

    public static TestingDatabase create() {
        String name = "test_" + NUMBER.incrementAndGet();
        asSuperuser("create database %s template %s owner drover".formatted(name, TEMPLATE));
        return new TestingDatabase(name);
    }

    public PostgresDatabase database() {
        return database;
    }

    public DatabaseAddress address() {
        return Shared.POSTGRES.address(name, "drover");
    }

    /** As it is written in {@code DROVER_DATABASE_URL}. */
    public String settingsUrl() {
        DatabaseAddress address = address();
        return address.url()
                .replace("jdbc:postgresql://", "postgresql://%s:%s@".formatted(address.user(), address.password()));
    }

    /** As it was when it was created. */
    public void empty() {
        database.jdbi().useHandle(handle -> {
            String tables = handle.createQuery("""
                            select string_agg(quote_ident(tablename), ', ') from pg_tables
                            where schemaname = 'public'
                                and tablename not like 'flyway%' and tablename <> 'scheduled_tasks'
                            """).mapTo(String.class).one();
            handle.execute("truncate " + tables + " restart identity");
        });
    }

    /** Cuts every connection and takes no new one. */
    public void goAway() {
        asSuperuser("alter database %s with allow_connections false".formatted(name));
        cutConnections();
    }

    public void comeBack() {
        asSuperuser("alter database %s with allow_connections true".formatted(name));
    }

    public void cutConnections() {
        asSuperuser("select pg_terminate_backend(pid) from pg_stat_activity where datname = '%s'".formatted(name));
    }

    @Override
    public void close() {
        database.close();
        asSuperuser("drop database %s with (force)".formatted(name));
    }

    private static void asSuperuser(String sql) {
        DatabaseAddress address = Shared.POSTGRES.address("postgres", "postgres");
        Jdbi.create(address.url(), address.user(), address.password()).useHandle(handle -> handle.execute(sql));
    }

    /** Started by the first who asks. */
    private static final class Shared {
        static final EmbeddedPostgres POSTGRES = start();

        private static EmbeddedPostgres start() {
            Path path = TestingFolders.create();
            DataFolder folder = DataFolder.open(path);
            EmbeddedPostgres postgres = EmbeddedPostgres.start(folder);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                postgres.close();
                folder.close();
                TestingFolders.delete(path);
            }));
            try (PostgresDatabase template = new PostgresDatabase(postgres.address(), 2)) {
                Migrations.run(template);
            }
            return postgres;
        }
    }
}
