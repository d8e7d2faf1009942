package dev.drover.testing;

import dev.drover.provider.database.DataFolder;
import dev.drover.provider.database.DatabaseAddress;
import dev.drover.provider.database.EmbeddedPostgres;
import dev.drover.provider.database.Migrations;
import dev.drover.provider.database.PostgresDatabase;
import java.nio.file.Path;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

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
    private final Set<UUID> madeUp = ConcurrentHashMap.newKeySet();
    private @Nullable String notReplayed;

    private TestingDatabase(String name) {
        this.name = name;
        this.database = new PostgresDatabase(address(), CONNECTIONS);
    }

    public static TestingDatabase create() {
        String name = "test_" + NUMBER.incrementAndGet();
        asSuperuser("create database %s template %s owner drover".formatted(name, TEMPLATE));
        return new TestingDatabase(name);
    }

    /** One without a table. */
    public static TestingDatabase blank() {
        String name = "test_" + NUMBER.incrementAndGet();
        asSuperuser("create database %s owner drover".formatted(name));
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

    /** Says that the log of a run is none that any loop has written. */
    public void madeUp(UUID run) {
        madeUp.add(run);
    }

    /** Says why its logs are none that any loop has written: its runs are not held against them at the end. */
    public TestingDatabase withoutReplay(String why) {
        notReplayed = why;
        return this;
    }

    private void replay() {
        String why = notReplayed;
        if (why != null) {
            TestingReplays.leaveOut(why);
            return;
        }
        comeBack();
        try (PostgresDatabase fresh = new PostgresDatabase(address(), 2)) {
            if (holdsRuns(fresh)) {
                TestingReplays.check(fresh, madeUp);
            }
        }
    }

    private static boolean holdsRuns(PostgresDatabase database) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("select to_regclass('run') is not null")
                        .mapTo(Boolean.class)
                        .one());
    }

    /** As it was when it was created; the runs that were in it are replayed before. */
    public void empty() {
        replay();
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

    /** Fails when a run in it comes to something else when it is replayed. */
    @Override
    public void close() {
        try {
            replay();
        } finally {
            database.close();
            asSuperuser("drop database %s with (force)".formatted(name));
        }
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
