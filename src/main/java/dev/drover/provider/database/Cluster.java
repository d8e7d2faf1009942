package dev.drover.provider.database;

import dev.drover.core.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/** Makes a new, empty database folder; renamed into place last, so that a crash leaves a whole one or none. */
record Cluster(Account account, Path programs, Path data) {

    void create(String owner, String password) {
        Path fresh = data.resolveSibling("db.new");
        try {
            PostgresBinaries.delete(fresh);
            var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
            Files.createDirectory(fresh, ownerOnly);
            account.own(fresh);
            initialise(fresh, password);
            admit(fresh, owner, password);
            Files.move(fresh, data, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new StartFailure("cannot make the database in %s: %s".formatted(data, e), e);
        }
    }

    /** The password travels in a file, because a command line can be read by everybody. */
    private void initialise(Path fresh, String password) throws IOException {
        Path secret = data.resolveSibling("db.new.password");
        Files.deleteIfExists(secret);
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        Files.createFile(secret, ownerOnly);
        try {
            Files.writeString(secret, password);
            account.own(secret);
            check(Command.run(
                    account.command(
                            programs.resolve("initdb").toString(),
                            "--pgdata=" + fresh,
                            "--username=postgres",
                            "--pwfile=" + secret,
                            "--auth=scram-sha-256",
                            "--encoding=UTF8",
                            "--locale=C",
                            "--locale-provider=builtin",
                            "--builtin-locale=C.UTF-8",
                            "--data-checksums",
                            "--sync-method=syncfs"),
                    ""));
        } finally {
            Files.deleteIfExists(secret);
        }
    }

    /**
     * The server's own role owns its database and nothing more: a hole in some SQL must not open the machine. One round
     * of hashing will do, since nobody guesses 256 random bits, and each connection waits for all rounds.
     */
    private void admit(Path fresh, String owner, String password) {
        String statements = """
                create role %1$s login password '%2$s';
                create database %1$s owner %1$s;
                """.formatted(owner, password);
        String postgres = programs.resolve("postgres").toString();
        check(Command.run(
                account.command(
                        postgres,
                        "--single",
                        "-D",
                        fresh.toString(),
                        "-c",
                        "exit_on_error=on",
                        "-c",
                        "scram_iterations=1",
                        "postgres"),
                statements));
    }

    private void check(Command done) {
        if (!done.worked()) {
            throw new StartFailure("cannot make the database in %s: %s".formatted(data, done.output()));
        }
    }
}
