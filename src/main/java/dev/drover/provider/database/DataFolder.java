package dev.drover.provider.database;

import static java.nio.file.attribute.PosixFilePermission.GROUP_EXECUTE;
import static java.nio.file.attribute.PosixFilePermission.OTHERS_EXECUTE;

import dev.drover.core.StartFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Where one server keeps everything; held for that server alone from opening to closing. */
public final class DataFolder implements AutoCloseable {
    /** A POSIX lock does not hold inside one process, and closing a second channel would even let go of it. */
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final FileChannel lock;

    private DataFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /** Makes the folder when it is missing; a {@link StartFailure} says why it cannot be used. */
    public static DataFolder open(Path wanted) {
        Path absolute = wanted.toAbsolutePath().normalize();
        try {
            refuseImpassable(absolute, absolute.resolveSibling(".").normalize());
            create(absolute);
            Path path = absolute.toRealPath();
            refuseImpassable(path, path);
            return lock(path);
        } catch (IOException e) {
            throw new StartFailure(
                    "cannot use the data folder %s: %s; make it writable, or name another with DROVER_DATA"
                            .formatted(absolute, reason(e)),
                    e);
        }
    }

    public Path path() {
        return path;
    }

    @Override
    public void close() {
        HELD_HERE.remove(path);
        try {
            lock.close();
        } catch (IOException e) {
            throw new IllegalStateException("cannot let go of " + path, e);
        }
    }

    private static void create(Path path) throws IOException {
        if (path.getParent() != null) {
            Files.createDirectories(path.getParent());
        }
        if (Files.notExists(path)) {
            Files.createDirectory(path);
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
        }
        if (Account.isRoot()) {
            Set<PosixFilePermission> mode = Files.getPosixFilePermissions(path);
            mode.addAll(Set.of(GROUP_EXECUTE, OTHERS_EXECUTE));
            Files.setPosixFilePermissions(path, mode);
        }
    }

    /** Root hands the database and the agents' computers to other uids, and these must get as far as here. */
    private static void refuseImpassable(Path folder, Path from) throws IOException {
        if (!Account.isRoot()) {
            return;
        }
        for (Path parent = existing(from); parent != null; parent = parent.getParent()) {
            Set<PosixFilePermission> mode = Files.getPosixFilePermissions(parent);
            if (!mode.contains(OTHERS_EXECUTE)) {
                throw new StartFailure(("the data folder %s lies under %s (%s), which other users cannot pass, but the "
                                + "database and the agents' computers run as other users: set "
                                + "DROVER_DATA=/var/lib/drover, or chmod o+x %s")
                        .formatted(folder, parent, PosixFilePermissions.toString(mode), parent));
            }
        }
    }

    private static Path existing(Path path) throws IOException {
        Path found = path;
        while (found != null && Files.notExists(found)) {
            found = found.getParent();
        }
        return found == null ? path.getRoot() : found.toRealPath();
    }

    private static DataFolder lock(Path path) throws IOException {
        Path file = path.resolve("drover.lock");
        if (!HELD_HERE.add(path)) {
            throw held(path, String.valueOf(ProcessHandle.current().pid()));
        }
        FileChannel channel = null;
        boolean taken = false;
        try {
            channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (channel.tryLock() == null) {
                throw held(path, Files.readString(file).strip());
            }
            String pid = ProcessHandle.current().pid() + "\n";
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.UTF_8)));
            taken = true;
            return new DataFolder(path, channel);
        } finally {
            if (!taken) {
                HELD_HERE.remove(path);
                if (channel != null) {
                    channel.close();
                }
            }
        }
    }

    private static StartFailure held(Path path, String pid) {
        return new StartFailure(("the data folder %s is in use by another Drover server (pid %s): stop that one, "
                        + "or name another folder with DROVER_DATA")
                .formatted(path, pid));
    }

    private static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied (%s)".formatted(e.getMessage());
        }
        return e instanceof FileSystemException failure && failure.getReason() != null
                ? failure.getReason()
                : String.valueOf(e.getMessage());
    }
}
