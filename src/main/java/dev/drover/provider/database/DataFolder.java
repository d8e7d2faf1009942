package dev.drover.provider.database;

import static java.nio.file.attribute.PosixFilePermission.GROUP_EXECUTE;
import static java.nio.file.attribute.PosixFilePermission.OTHERS_EXECUTE;

import dev.drover.core.StartFailure;
import dev.drover.core.computer.Uninterrupted;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where a server keeps everything. One that brings its own database holds the folder alone from opening to closing.
 * Servers of one database may share it: the first holds it alone too, but only until it has made what all of them use.
 */
public final class DataFolder implements AutoCloseable {
    private static final String LOCK = "drover.lock";

    /** Stands behind the pid of a server that never shares. */
    private static final String ALONE = " alone";

    private static final Duration LONGEST_START = Duration.ofMinutes(2);
    private static final Duration PACE = Duration.ofMillis(50);

    /** A POSIX lock does not hold inside one process, and closing a second channel would even let go of it. */
    private static final Map<Path, Hold> HELD_HERE = new HashMap<>();

    private final Path path;
    private final Hold hold;
    private final boolean first;

    private DataFolder(Path path, Hold hold, boolean first) {
        this.path = path;
        this.hold = hold;
        this.first = first;
    }

    /** How this process holds a folder, for as many servers as it runs over it. */
    private static final class Hold {
        private final FileChannel channel;
        private FileLock lock;
        private int servers = 1;

        Hold(FileChannel channel, FileLock lock) {
            this.channel = channel;
            this.lock = lock;
        }
    }

    /** For one server alone. */
    public static DataFolder open(Path wanted) {
        return open(wanted, false);
    }

    /** For a server that shares it once {@link #share} is called; it waits for another that is not so far yet. */
    public static DataFolder openToShare(Path wanted) {
        return open(wanted, true);
    }

    /** Makes the folder when it is missing; a {@link StartFailure} says why it cannot be used. */
    private static DataFolder open(Path wanted, boolean shared) {
        Path absolute = wanted.toAbsolutePath().normalize();
        try {
            refuseImpassable(absolute, absolute.resolveSibling(".").normalize());
            create(absolute);
            Path path = absolute.toRealPath();
            refuseImpassable(path, path);
            return shared ? joined(path) : alone(path);
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

    /** Whether no other server was at work in it when this one opened it. */
    public boolean isFirst() {
        return first;
    }

    /** From now on others may come; there is a moment in which another is the first again, and waited for. */
    public void share() {
        try {
            synchronized (HELD_HERE) {
                if (hold.lock.isShared()) {
                    return;
                }
                hold.lock.release();
                hold.lock = hold.channel.lock(0, Long.MAX_VALUE, true);
            }
        } catch (IOException e) {
            throw new StartFailure("cannot share the data folder " + path + ": " + reason(e), e);
        }
    }

    @Override
    public void close() {
        synchronized (HELD_HERE) {
            if (--hold.servers > 0) {
                return;
            }
            HELD_HERE.remove(path);
            try {
                hold.channel.close();
            } catch (IOException e) {
                throw new IllegalStateException("cannot let go of " + path, e);
            }
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

    private static DataFolder alone(Path path) throws IOException {
        return lock(path, false).orElseThrow(() -> held(path));
    }

    private static DataFolder joined(Path path) throws IOException {
        long deadline = System.nanoTime() + LONGEST_START.toNanos();
        while (System.nanoTime() - deadline < 0) {
            Optional<DataFolder> opened = lock(path, true);
            if (opened.isPresent()) {
                return opened.get();
            }
            if (holder(path).endsWith(ALONE)) {
                throw held(path);
            }
            Uninterrupted.pause(PACE);
        }
        throw held(path);
    }

    /** Empty while somebody else has it alone, or, for a server that wants it alone, at all. */
    private static Optional<DataFolder> lock(Path path, boolean shared) throws IOException {
        synchronized (HELD_HERE) {
            Hold here = HELD_HERE.get(path);
            if (here != null) {
                if (!shared || !here.lock.isShared()) {
                    return Optional.empty();
                }
                here.servers++;
                return Optional.of(new DataFolder(path, here, false));
            }
            FileChannel channel = FileChannel.open(
                    path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock == null && shared) {
                lock = channel.tryLock(0, Long.MAX_VALUE, true);
            }
            if (lock == null) {
                channel.close();
                return Optional.empty();
            }
            if (!lock.isShared()) {
                String holder = ProcessHandle.current().pid() + (shared ? "" : ALONE) + "\n";
                channel.truncate(0);
                channel.write(ByteBuffer.wrap(holder.getBytes(StandardCharsets.UTF_8)));
            }
            Hold made = new Hold(channel, lock);
            HELD_HERE.put(path, made);
            return Optional.of(new DataFolder(path, made, !lock.isShared()));
        }
    }

    private static String holder(Path path) throws IOException {
        return Files.readString(path.resolve(LOCK)).strip();
    }

    private static StartFailure held(Path path) {
        String holder;
        try {
            holder = holder(path).replace(ALONE, "");
        } catch (IOException e) {
            holder = "unknown";
        }
        return new StartFailure(("the data folder %s is in use by another Drover server (pid %s): stop that one, "
                        + "or name another folder with DROVER_DATA; only servers of one DROVER_DATABASE_URL share one")
                .formatted(path, holder));
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
