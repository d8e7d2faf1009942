package dev.drover.provider.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.core.StartFailure;
import dev.drover.core.backup.BackupFile;
import dev.drover.core.backup.BackupSource;
import dev.drover.testing.TestingDatabase;
import dev.drover.testing.TestingTables;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All tables of one database, copied out of it and into another. */
final class TableLoadTest {
    private final TestingDatabase from = TestingDatabase.create();
    private final TestingDatabase to = TestingDatabase.blank();

    @TempDir
    Path folder;

    @AfterEach
    void drop() {
        from.close();
        to.close();
    }

    private BackupFile backup() throws IOException {
        Path file = folder.resolve("a.zip");
        try (OutputStream out = Files.newOutputStream(file)) {
            new BackupSource(new PostgresTables(from.address()), _ -> List.of(), "0.9", Clock.systemUTC()).write(out);
        }
        return BackupFile.open(file);
    }

    private void load() throws IOException {
        try (BackupFile backup = backup()) {
            new TableLoad(to.address()).load(backup);
        }
    }

    private static void user(Handle handle, String id, String name) {
        handle.execute(
                "insert into app_user (id, name, role, created_at) values (?::uuid, ?, 'user', now())", id, name);
    }

    private static void agent(Handle handle, int number, int parent) {
        handle.execute("""
                insert into agent (id, owner_id, name, slug, origin, profile, parent_id, created_at)
                values (md5(?::text)::uuid, '00000000-0000-0000-0000-000000000001', 'x', ?, 'jettson', 'p',
                    case when ? = 0 then null else md5(?::text)::uuid end, now())
                """, number, "slug-" + number, parent, parent);
    }

    @Test
    void everyTableIsTheSameAfterwards() throws IOException {
        from.database().jdbi().useHandle(handle -> {
            user(handle, "00000000-0000-0000-0000-000000000001", "tab\there, \\N, Ünï\nline");
            agent(handle, 2, 0);
            agent(handle, 1, 2);
            handle.execute(
                    "insert into run_event values (md5('r')::uuid, 1, null, now(), 'k', 'l'," + " '{\"a\":\"\\\\\"}')");
            handle.execute("insert into artifact_piece values (md5('a')::uuid, 1,"
                    + " decode(repeat('00ff5c0a', 5000000), 'hex'))");
        });

        load();

        assertThat(TestingTables.of(to)).isEqualTo(TestingTables.of(from));
        assertThat(TestingTables.of(to).get("agent")).startsWith("2 ");
    }

    @Test
    void sequencesGoOnWhereTheyWere() throws IOException {
        from.database().jdbi().useHandle(handle -> {
            for (int i = 1; i <= 3; i++) {
                user(handle, "00000000-0000-0000-0000-00000000000" + i, "user " + i);
            }
            handle.execute("delete from app_user where team = 3");
        });

        load();

        int team = to.database().jdbi().withHandle(handle -> {
            user(handle, "00000000-0000-0000-0000-000000000009", "new");
            return handle.createQuery("select team from app_user where name = 'new'")
                    .mapTo(Integer.class)
                    .one();
        });
        assertThat(team).isEqualTo(4);
    }

    @Test
    void triggersAreInForceAgainAfterwards() throws IOException {
        load();
        to.database()
                .jdbi()
                .useHandle(handle -> assertThat(handle.createQuery(
                                        "select count(*) from pg_trigger where not tgisinternal and tgenabled <> 'O'")
                                .mapTo(Integer.class)
                                .one())
                        .isZero());
    }

    @Test
    void isOfOneMomentHoweverMuchIsWrittenMeanwhile() throws Exception {
        from.database().jdbi().useHandle(handle -> user(handle, "00000000-0000-0000-0000-000000000001", "one"));
        AtomicBoolean over = new AtomicBoolean();
        Thread writer = Thread.ofVirtual()
                .start(() -> from.database().jdbi().useHandle(handle -> {
                    for (int i = 1; !over.get(); i++) {
                        int number = i;
                        handle.useTransaction(each -> {
                            agent(each, number, 0);
                            each.execute(
                                    "insert into artifact values"
                                            + " (md5(?::text)::uuid, md5(?::text)::uuid, 'p', 1, 't', 's', now())",
                                    number,
                                    number);
                        });
                    }
                }));
        try {
            for (int round = 0; round < 5; round++) {
                try (BackupFile backup = backup()) {
                    long agents = rows(backup, "agent");
                    assertThat(rows(backup, "artifact")).isEqualTo(agents);
                }
            }
        } finally {
            over.set(true);
            writer.join();
        }
    }

    private static long rows(BackupFile backup, String table) {
        return backup.manifest().tables().stream()
                .filter(part -> part.table().equals(table))
                .findFirst()
                .orElseThrow()
                .rows();
    }

    @Test
    void refusesADatabaseThatHoldsSomething() {
        assertThatThrownBy(() -> new TableLoad(from.address()).requireEmpty())
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("is not empty")
                .hasMessageContaining("create database");
        new TableLoad(to.address()).requireEmpty();
    }

    @Test
    void whatCannotBeLoadedLeavesNoRow() throws IOException {
        from.database().jdbi().useHandle(handle -> {
            user(handle, "00000000-0000-0000-0000-000000000001", "one");
            // No migration knows it.
            handle.execute("create table stranger (id int)");
        });

        assertThatThrownBy(this::load).isInstanceOf(StartFailure.class).hasMessageContaining("no table stranger");

        assertThat(TestingTables.of(to).get("app_user")).startsWith("0 ");
    }

    @Test
    void aDatabaseOfSomebodyElseIsNotBackedUp() {
        assertThatThrownBy(() -> new PostgresTables(to.address()).moment())
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("holds nothing of Drover");
    }

    @Test
    void aSchemaFromTheFutureIsRefused() {
        assertThatThrownBy(() -> Migrations.refuseNewer("999", "7.0"))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("schema 999, of Drover 7.0");
        Migrations.refuseNewer("001", "0.1");
    }

    @Test
    void tablesComeBehindWhatTheyReferTo() {
        assertThat(TableLoad.inOrder(List.of("a", "b", "c"), List.of("a", "b", "b", "c")))
                .containsExactly("c", "b", "a");
        assertThatThrownBy(() -> TableLoad.inOrder(List.of("a", "b"), List.of("a", "b", "b", "a")))
                .hasMessageContaining("in a circle");
    }
}
