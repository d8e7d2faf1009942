package dev.drover.provider.database;

import dev.drover.core.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** The user that PostgreSQL runs as, and the words before a command that make it so; none when we are not root. */
record Account(int uid, int gid, List<String> prefix) {
    private static final Path SELF = Path.of("/proc/self");

    static boolean isRoot() {
        return uid(SELF) == 0;
    }

    /** The first as whom the probe runs. Not tried as root first: the programs may belong to somebody else. */
    static Account choose(Path data, Function<Account, Command> probe) {
        List<Account> candidates = candidates(data);
        String said = "nobody to run it as";
        for (Account candidate : candidates) {
            Command done = probe.apply(candidate);
            if (done.worked()) {
                return candidate;
            }
            said = done.output();
        }
        throw new StartFailure(("the PostgreSQL that comes along does not run here, as any of %s: %s. It needs glibc, "
                        + "and it refuses root: start Drover as another user, or give it a database (15 or later) with "
                        + "DROVER_DATABASE_URL")
                .formatted(candidates.stream().map(Account::name).distinct().toList(), said));
    }

    /**
     * Whoever owns the data already, else a system user. PostgreSQL refuses root, so root has to become somebody; where
     * it may not, a user namespace at least makes it look so.
     */
    static List<Account> candidates(Path data) {
        if (!isRoot()) {
            return List.of(owning(data));
        }
        Stream<Ids> ids = Files.exists(data)
                ? Stream.of(new Ids(uid(data), number(data, "unix:gid")))
                : Stream.of("postgres", "nobody").flatMap(name -> ids(name).stream());
        Stream<Account> others = ids.filter(id -> id.uid != 0).flatMap(id -> Stream.of(switched(id), runuser(id)));
        boolean mayBeOurs = Files.notExists(data) || uid(data) == 0;
        return Stream.concat(others, mayBeOurs ? Stream.of(unshared()) : Stream.empty())
                .toList();
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

    private static Account owning(Path data) {
        int self = uid(SELF);
        if (Files.exists(data) && uid(data) != self) {
            throw new StartFailure("the database in %s belongs to user %d, and this is user %d: start as that user"
                    .formatted(data, uid(data), self));
        }
        return new Account(self, number(SELF, "unix:gid"), List.of());
    }

    private static Account switched(Ids id) {
        String user = "--reuid=" + id.uid;
        String group = "--regid=" + id.gid;
        return new Account(id.uid, id.gid, List.of("setpriv", user, group, "--clear-groups", "--no-new-privs", "--"));
    }

    private static Account runuser(Ids id) {
        return new Account(id.uid, id.gid, List.of("runuser", "-u", name(id.uid), "--"));
    }

    /** Without a map of users, the kernel shows root inside as nobody, and root's own files as nobody's. */
    private static Account unshared() {
        return new Account(0, 0, List.of("unshare", "-U", "--"));
    }

    private static Optional<Ids> ids(String name) {
        return users().filter(fields -> fields[0].equals(name))
                .map(fields -> new Ids(Integer.parseInt(fields[2]), Integer.parseInt(fields[3])))
                .findFirst();
    }

    private String name() {
        return name(uid);
    }

    private static String name(int uid) {
        String number = String.valueOf(uid);
        return users().filter(fields -> fields[2].equals(number))
                .map(fields -> fields[0])
                .findFirst()
                .orElse(number);
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

    private record Ids(int uid, int gid) {}
}
