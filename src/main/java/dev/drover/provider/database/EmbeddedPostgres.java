package dev.drover.provider.database;

import dev.drover.core.SecretFile;
import dev.drover.core.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** The PostgreSQL that comes along, run as a child process over the folder {@code db} of the data folder. */
public final class EmbeddedPostgres implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(EmbeddedPostgres.class.getName());
    private static final String NAME = "drover";
    private static final Duration LOOK = Duration.ofMillis(500);

    private final PostmasterControl control;
    private final String password;
    private final int port;
    private final ReentrantLock lock = new ReentrantLock();
    private final Thread guard;

    private EmbeddedPostgres(PostmasterControl control, String password, int port) {
        this.control = control;
        this.password = password;
        this.port = port;
        this.guard = Thread.ofVirtual().name("database-guard").unstarted(this::keepRunning);
    }

    /**
     * Ready to accept connections when it returns. A database that an earlier server left running is taken over, since
     * starting it anew would cost its open pages and gain nothing.
     */
    public static EmbeddedPostgres start(DataFolder folder) {
        Path data = folder.path().resolve("db");
        Path secret = folder.path().resolve("database.password");
        boolean fresh = Files.notExists(data);
        if (!fresh && Files.notExists(secret)) {
            throw new StartFailure("%s is missing, and the database in %s opens with nothing else: restore it"
                    .formatted(secret, data));
        }
        Path programs = PostgresBinaries.unpacked(folder.path()).resolve("bin");
        Account account = account(programs, data);
        String password = SecretFile.keep(secret, SecretFile::random);
        if (fresh) {
            new Cluster(account, programs, data).create(NAME, password);
        }
        refuseOtherVersion(data);
        Path log = folder.path().resolve("postgres.log");
        PostmasterControl control = new PostmasterControl(account, programs, data, log);
        Postmaster running = control.adopt().orElseGet(() -> control.launch(PostmasterControl::freePort));
        EmbeddedPostgres started = new EmbeddedPostgres(control, password, running.port());
        started.guard.start();
        return started;
    }

    /** The database of the server, as its owner, who is no superuser. */
    public DatabaseAddress address() {
        return address(NAME, NAME);
    }

    /** Any database here as any of its users: the owner {@code drover}, or {@code postgres}, who may do everything. */
    public DatabaseAddress address(String database, String user) {
        return new DatabaseAddress("jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database), user, password);
    }

    /** Ends open transactions, writes everything out and waits for the end. */
    @Override
    public void close() {
        lock.lock();
        try {
            guard.interrupt();
            control.stop();
        } finally {
            lock.unlock();
        }
    }

    /** What becomes of it when the server dies: nobody looks after it, and it runs on. */
    void abandon() {
        guard.interrupt();
    }

    /** PostgreSQL mends itself when a child dies; when the parent is killed, somebody has to start it again. */
    private void keepRunning() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                Thread.sleep(LOOK);
                lock.lockInterruptibly();
            } catch (InterruptedException e) {
                return;
            }
            try {
                if (!control.isRunning()) {
                    LOG.log(System.Logger.Level.WARNING, "the database has died and is started again");
                    control.launch(() -> port);
                }
            } catch (StartFailure e) {
                LOG.log(System.Logger.Level.ERROR, e.getMessage());
            } finally {
                lock.unlock();
            }
        }
    }

    private static Account account(Path programs, Path data) {
        String postgres = programs.resolve("postgres").toString();
        return Account.choose(data, account -> Command.run(account.command(postgres, "--version"), ""));
    }

    private static void refuseOtherVersion(Path data) {
        Optional<String> found = version(data);
        if (!found.equals(Optional.of(PostgresBinaries.MAJOR))) {
            throw new StartFailure(
                    ("the database in %s is of PostgreSQL %s, and this Drover brings %s: dump it with the "
                                    + "Drover that wrote it, move %s away and restore the dump")
                            .formatted(data, found.orElse("(no PG_VERSION file)"), PostgresBinaries.MAJOR, data));
        }
    }

    private static Optional<String> version(Path data) {
        try {
            return Optional.of(Files.readString(data.resolve("PG_VERSION")).strip());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
