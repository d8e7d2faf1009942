package dev.drover.provider.database;

import dev.drover.core.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The user that PostgreSQL runs as, and the words before a command that make it so; none when we are not root. */
record Account(int uid, int gid, List<String> prefix) {
    private static final Path SELF = Path.of("/proc/self");

    static boolean isRoot() {
        return uid(SELF) == 0;
    }

    /**
     * Whoever owns the data already, else a system user. PostgreSQL refuses root, so root has to become somebody; where
     * it may not, a user namespace at least makes it look so.
     */
    static Account choose(Path data, Predicate<Account> runs) {
        if (!isRoot()) {
            return owning(data);
        }
        List<int[]> ids = Files.exists(data)
                ? List.of(new int[] {uid(data), gid(data)})
                : Stream.of("postgres", "nobody")
                        .flatMap(name -> ids(name).stream())
                        .toList();
        return ids.stream()
                .filter(id -> id[0] != 0)
                .flatMap(id -> Stream.of(switched(id[0], id[1]), runuser(id[0], id[1])))
                .filter(runs)
                .findFirst()
                .or(() -> unshared(data).filter(runs))
                .orElseThrow(() -> new StartFailure(("PostgreSQL refuses to run as root, and no other user could be "
                                + "used for it (tried %s by setpriv, runuser and unshare): start Drover as another "
                                + "user, or give it a database with DROVER_DATABASE_URL")
                        .formatted(ids.stream().map(id -> id[0]).toList())));
    }

    List<String> command(String... words) {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(words));
        return command;
    }

    void own(Path file) throws IOException {
        if (isRoot() && uid != 0) {
            Files.setAttribute(file, "unix:uid", uid);
            Files.setAttribute(file, "unix:gid", gid);
        }
    }

    static int uid(Path file) {
        return number(file, "unix:uid");
    }

    private static int gid(Path file) {
        return number(file, "unix:gid");
    }

    private static Account owning(Path data) {
        int self = uid(SELF);
        if (Files.exists(data) && uid(data) != self) {
            throw new StartFailure("the database in %s belongs to user %d, and this is user %d: start as that user"
                    .formatted(data, uid(data), self));
        }
        return new Account(self, gid(SELF), List.of());
    }

    private static Account switched(int uid, int gid) {
        return new Account(
                uid,
                gid,
                List.of("setpriv", "--reuid=" + uid, "--regid=" + gid, "--clear-groups", "--no-new-privs", "--"));
    }

    private static Account runuser(int uid, int gid) {
        String name = name(uid).orElse(String.valueOf(uid));
        return new Account(uid, gid, List.of("runuser", "-u", name, "--"));
    }

    /** Without a map of users, the kernel shows root inside as nobody, and root's own files as nobody's. */
    private static Optional<Account> unshared(Path data) {
        boolean possible = Files.notExists(data) || uid(data) == 0;
        return possible ? Optional.of(new Account(0, 0, List.of("unshare", "-U", "--"))) : Optional.empty();
    }

    private static Optional<int[]> ids(String name) {
        return users().filter(fields -> fields[0].equals(name))
                .map(fields -> new int[] {Integer.parseInt(fields[2]), Integer.parseInt(fields[3])})
                .findFirst();
    }

    private static Optional<String> name(int uid) {
        return users().filter(fields -> fields[2].equals(String.valueOf(uid)))
                .map(fields -> fields[0])
                .findFirst();
    }

    private static Stream<String[]> users() {
        try {
            return Files.readAllLines(Path.of("/etc/passwd")).stream()
                    .map(line -> line.split(":", -1))
                    .filter(fields -> fields.length >= 4);
        } catch (IOException e) {
            return Stream.empty();
        }
    }

    private static int number(Path file, String attribute) {
        try {
            return (Integer) Objects.requireNonNull(Files.getAttribute(file, attribute));
        } catch (IOException e) {
            throw new StartFailure("cannot read the owner of %s: %s".formatted(file, e.getMessage()), e);
        }
    }
}
