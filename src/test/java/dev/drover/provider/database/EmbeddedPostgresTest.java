package dev.drover.provider.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.drover.core.Refused;
import dev.drover.core.StartFailure;
import dev.drover.testing.TestingFolders;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class EmbeddedPostgresTest {
    /** One folder for all, so that the programs are unpacked once; each test makes its own database in it. */
    private static final Path PATH = TestingFolders.create();

    private static final Path PROGRAMS =
            PATH.resolve("postgres-" + PostgresBinaries.VERSION).resolve("bin");
    private static final DataFolder FOLDER = DataFolder.open(PATH);
    private EmbeddedPostgres postgres = EmbeddedPostgres.start(FOLDER);

    @AfterEach
    void stop() throws IOException {
        postgres.close();
        PostgresBinaries.delete(data());
        Files.deleteIfExists(PATH.resolve("database.password"));
    }

    @AfterAll
    static void remove() {
        FOLDER.close();
        TestingFolders.delete(PATH);
    }

    @Test
    void flushesEveryCommit() {
        for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes", "data_checksums")) {
            assertThat(one("show " + setting)).as(setting).isEqualTo("on");
        }
        assertThat(one("show password_encryption")).isEqualTo("scram-sha-256");
        assertThat(one("show listen_addresses")).isEqualTo("127.0.0.1");
        assertThat(one("show server_encoding")).isEqualTo("UTF8");
        assertThat(one("show server_version")).isEqualTo(PostgresBinaries.VERSION.replaceAll("\\.0$", ""));
    }

    @Test
    void letsNobodyInWithoutThePassword() {
        var stranger = new DatabaseAddress(postgres.address().url(), "drover", "guess");

        assertThatThrownBy(() -> one(stranger, "select 1")).hasStackTraceContaining("password authentication failed");
        assertThat(one("select rolsuper::text from pg_roles where rolname = current_user"))
                .isEqualTo("false");
    }

    @Test
    void keepsItsDataOverARestart() {
        execute("create table kept as select 'yes' as word");

        postgres.close();
        assertThat(Postmaster.in(data())).isEmpty();
        postgres = EmbeddedPostgres.start(FOLDER);

        assertThat(one("select word from kept")).isEqualTo("yes");
    }

    @Test
    void takesOverTheDatabaseOfAServerThatDied() {
        long pid = running().pid();

        EmbeddedPostgres dropped = postgres;
        dropped.abandon();
        postgres = EmbeddedPostgres.start(FOLDER);

        assertThat(running().pid()).isEqualTo(pid);
        assertThat(postgres.address()).isEqualTo(dropped.address());
        assertThat(one("select 'here'")).isEqualTo("here");
    }

    @Test
    void recoversFromACrashWithAStalePidFile() throws Exception {
        execute("create table kept as select 'yes' as word");

        postgres.abandon();
        kill(running().pid());
        assertThat(Postmaster.file(data())).exists();
        postgres = EmbeddedPostgres.start(FOLDER);

        assertThat(one("select word from kept")).isEqualTo("yes");
    }

    @Test
    void startsItselfAgainWhenItIsKilled() throws Exception {
        try (PostgresDatabase database = new PostgresDatabase(postgres.address(), 2);
                Clockwork clockwork = new Clockwork(database, "node")) {
            Migrations.run(database);
            CountDownLatch afterwards = new CountDownLatch(1);
            AtomicBoolean killed = new AtomicBoolean();
            clockwork.every("look", Duration.ofMillis(100), () -> {
                if (killed.get()) {
                    afterwards.countDown();
                }
            });
            clockwork.start();

            kill(running().pid());
            TestingOutage.waitOut(() -> database.run(
                    () -> database.jdbi().useHandle(handle -> handle.execute("create table kept (word text)"))));
            killed.set(true);

            assertThat(afterwards.await(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void isAnOutageWhenItIsStopped() {
        try (PostgresDatabase database = new PostgresDatabase(postgres.address(), 2)) {
            postgres.close();

            Runnable select = () -> database.jdbi().useHandle(handle -> handle.execute("select 1"));
            assertThatThrownBy(() -> database.run(select)).isInstanceOfSatisfying(Refused.class, TestingOutage::check);
            assertThatThrownBy(select::run).isInstanceOfSatisfying(Refused.class, TestingOutage::check);
        }
    }

    @Test
    void startsAlthoughTheOldPidBelongsToAStrangerNow() throws Exception {
        String content = Files.readString(Postmaster.file(data()));
        postgres.close();
        String stranger = content.replaceFirst(
                "\\d+", String.valueOf(ProcessHandle.current().pid()));
        Files.writeString(Postmaster.file(data()), stranger);

        postgres = EmbeddedPostgres.start(FOLDER);

        assertThat(one("select 'here'")).isEqualTo("here");
    }

    @Test
    void replacesARunningDatabaseThatIsSetOtherwise() throws Exception {
        postgres.close();
        Account account = Account.candidates(data()).getFirst();
        Process other = Command.bare(account.command(
                        program("postgres"),
                        "-D",
                        data().toString(),
                        "-p",
                        String.valueOf(freePort()),
                        "-c",
                        "unix_socket_directories="))
                .start();
        while (Postmaster.in(data()).isEmpty() && other.isAlive()) {
            Thread.sleep(5);
        }

        postgres = EmbeddedPostgres.start(FOLDER);

        assertThat(other.waitFor()).isZero();
        assertThat(one("show synchronous_commit")).isEqualTo("on");
    }

    @Test
    void runsAsAnybodyThatRootMayBecome() throws Exception {
        assumeTrue(Account.isRoot(), "needs root: others run it as themselves");
        postgres.close();
        PostgresBinaries.delete(data());
        int ran = 0;
        for (Account account : Account.candidates(data())) {
            if (Command.run(account.command(program("postgres"), "--version"), "")
                    .worked()) {
                new Cluster(account, PROGRAMS, data()).create("drover", "s3cret");
                assertThat(Account.candidates(data()).getFirst().uid()).isEqualTo(account.uid());
                PostmasterControl control = new PostmasterControl(account, PROGRAMS, data(), PATH.resolve("log"));
                control.launch(PostmasterControl::freePort);
                control.stop();
                assertThat(control.isRunning()).isFalse();
                PostgresBinaries.delete(data());
                ran++;
            }
        }
        assertThat(ran).isPositive();
    }

    @Test
    void saysAsWhomItDoesNotRun() {
        assertThatThrownBy(() -> Account.choose(Path.of("/none"), any -> new Command(127, "ld-linux: not found")))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("ld-linux: not found")
                .hasMessageContaining("DROVER_DATABASE_URL");
    }

    @Test
    void refusesTheDataOfAnotherVersion() throws Exception {
        postgres.close();
        Files.writeString(data().resolve("PG_VERSION"), "17\n");

        assertThatThrownBy(() -> EmbeddedPostgres.start(FOLDER))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("PostgreSQL 17")
                .hasMessageContaining("dump");
    }

    @Test
    void saysWhichFileIsMissingWhenThePasswordIsGone() throws Exception {
        postgres.close();
        Files.delete(PATH.resolve("database.password"));

        assertThatThrownBy(() -> EmbeddedPostgres.start(FOLDER))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("database.password");
    }

    private static String program(String name) {
        return PROGRAMS.resolve(name).toString();
    }

    private Path data() {
        return PATH.resolve("db");
    }

    private Postmaster running() {
        return Postmaster.in(data()).orElseThrow();
    }

    private void execute(String sql) {
        DatabaseAddress at = postgres.address();
        Jdbi.create(at.url(), at.user(), at.password()).useHandle(handle -> handle.execute(sql));
    }

    private String one(String sql) {
        return one(postgres.address(), sql);
    }

    private static String one(DatabaseAddress at, String sql) {
        return Jdbi.create(at.url(), at.user(), at.password())
                .withHandle(
                        handle -> handle.createQuery(sql).mapTo(String.class).one());
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0)) {
            return probe.getLocalPort();
        }
    }

    private static void kill(long pid) throws IOException, InterruptedException {
        ProcessHandle postmaster = ProcessHandle.of(pid).orElseThrow();
        postmaster.destroyForcibly();
        postmaster.onExit().join();
    }
}
