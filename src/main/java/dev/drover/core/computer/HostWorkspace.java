package dev.drover.core.computer;

import static dev.drover.core.computer.WorkspaceWalk.LastLink.FOLLOW;
import static dev.drover.core.computer.WorkspaceWalk.LastLink.KEEP;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A workspace that is a folder of this host, with an agent at work in it who may mean ill. */
public final class HostWorkspace implements Workspace {
    private static final Set<PosixFilePermission> NEW_FILE = PosixFilePermissions.fromString("rw-r--r--");
    private static final Set<PosixFilePermission> PROGRAM = PosixFilePermissions.fromString("rwxr-xr-x");
    private static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rw-------");
    private static final int MOST_COUNTED = 1_000_000;
    private static final int SET_GROUP = 02000;

    private final Home home;
    private final AgentFolder folder;
    private final Owner owner;
    private final WorkspaceQuota quota;
    private final WriteRule rule;

    public HostWorkspace(AgentFolder folder, Owner owner, WorkspaceQuota quota) {
        this(new Home(folder, owner, Layout.OF_RUN, quota, List.of()), WriteRule.ALL);
    }

    HostWorkspace(Home home, WriteRule rule) {
        this.home = home;
        this.folder = home.folder();
        this.owner = home.owner();
        this.quota = home.quota();
        this.rule = rule;
    }

    @Override
    public Workspace guarded(WriteRule added) {
        return new HostWorkspace(home, path -> {
            rule.judge(path);
            added.judge(path);
        });
    }

    @Override
    public Content read(String path, int limit) throws PathRefused, IOException {
        return at(path, FOLLOW, null, walk -> {
            FileHandle file = existing(walk, path);
            BasicFileAttributes attributes = regular(file, path);
            try (InputStream input = Files.newInputStream(file.path())) {
                return new Content(input.readNBytes(limit), attributes.size());
            }
        });
    }

    @Override
    public void read(String path, Reading reading) throws PathRefused, IOException {
        at(path, KEEP, null, walk -> {
            FileHandle file = existing(walk, path);
            regular(file, path);
            try (InputStream input = Files.newInputStream(file.path())) {
                reading.read(input);
            }
            return path;
        });
    }

    @Override
    public Stat stat(String path) throws PathRefused, IOException {
        return at(path, FOLLOW, null, walk -> stat(walk, existing(walk, path).attributes()));
    }

    @Override
    public Opened open(String path) throws PathRefused, IOException {
        return at(path, FOLLOW, null, walk -> {
            FileHandle file = existing(walk, path);
            Stat stat = stat(walk, regular(file, path));
            return new Opened(stat, FileChannel.open(file.path()));
        });
    }

    @Override
    public Tree tree(String path, Bounds bounds) throws PathRefused, IOException {
        return at(path, FOLLOW, null, walk -> {
            FileHandle listed = existing(walk, path);
            PosixFileAttributes attributes = listed.attributes();
            if (!attributes.isDirectory()) {
                throw new WrongKind("'" + path + "' is " + kind(attributes) + ", not a folder");
            }
            return new WorkspaceTree(this, home.elsewhere(), bounds).below(listed, stat(walk, attributes));
        });
    }

    @Override
    public List<Entry> find(String start, Predicate<String> wanted, int most) throws IOException {
        try {
            return at(start, KEEP, null, walk -> {
                FileHandle found = walk.found();
                WorkspaceSearch search = new WorkspaceSearch(wanted, most);
                return found == null || !found.attributes().isDirectory() ? List.of() : search.below(found, start);
            });
        } catch (PathRefused e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public void write(String path, InputStream content, long size) throws PathRefused, IOException {
        write(path, content, size, null);
    }

    @Override
    public void writePrivate(String path, byte[] content) throws PathRefused, IOException {
        write(path, new ByteArrayInputStream(content), content.length, PRIVATE);
    }

    @Override
    public void writeProgram(String path, InputStream content, long size) throws PathRefused, IOException {
        write(path, content, size, PROGRAM);
    }

    private void write(String path, InputStream content, long size, @Nullable Set<PosixFilePermission> mode)
            throws PathRefused, IOException {
        quota.admit(size);
        at(path, FOLLOW, this::makeFolder, walk -> {
            FileHandle old = walk.found();
            if (old != null && old.attributes().isDirectory()) {
                throw new WrongKind("'" + path + "' is a folder, not a file");
            }
            rule.judge(walk.way());
            boolean replaces = old != null && old.attributes().isRegularFile();
            Set<PosixFilePermission> kept =
                    replaces && old != null ? old.attributes().permissions() : NEW_FILE;
            Path staged = stage(content, mode == null ? kept : mode);
            try {
                if (!PRIVATE.equals(mode)) {
                    ownLike(walk.parent().path(), staged);
                }
                Files.move(staged, walk.parent().path().resolve(walk.name()), StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(staged);
            }
            return path;
        });
    }

    @Override
    public Listing list(String path, int limit) throws PathRefused, IOException {
        return at(path, FOLLOW, null, walk -> {
            FileHandle listed = existing(walk, path);
            if (!listed.attributes().isDirectory()) {
                throw new WrongKind("'" + path + "' is " + kind(listed.attributes()) + ", not a folder");
            }
            return list(listed.path(), limit);
        });
    }

    @Override
    public void delete(String path) throws PathRefused, IOException {
        at(path, KEEP, null, walk -> {
            FileHandle doomed = existing(walk, path);
            if (doomed.attributes().isDirectory()) {
                throw new WrongKind("'" + path + "' is a folder; only files are deleted here (rmdir in the shell)");
            }
            rule.judge(walk.way());
            Files.delete(walk.parent().path().resolve(walk.name()));
            return path;
        });
    }

    @Override
    public Removed remove(String path) throws PathRefused, IOException {
        return at(path, KEEP, null, walk -> {
            boolean isFolder = existing(walk, path).attributes().isDirectory();
            rule.judge(walk.way());
            if (walk.name().isEmpty() || isShared(walk.way())) {
                throw new WriteRefused("'" + path + "' is a folder that is needed: the home, one on the way to itself,"
                        + " or one that agents share");
            }
            Path doomed = walk.parent().path().resolve(walk.name());
            if (!isFolder) {
                Files.delete(doomed);
                return new Removed(walk.way(), false, 1);
            }
            return new Removed(walk.way(), true, clear(doomed));
        });
    }

    private boolean isShared(String way) {
        return home.elsewhere().keySet().stream().anyMatch(mount -> mount.equals(way) || mount.startsWith(way + "/"));
    }

    /** Out of the agent's reach first, since it might put links in the way of whoever deletes there. */
    private int clear(Path doomed) throws IOException {
        Path bin = Files.createTempDirectory(folder.staging(), "removed");
        try {
            Path moved = Files.move(doomed, bin.resolve("folder"), StandardCopyOption.ATOMIC_MOVE);
            AtomicInteger files = new AtomicInteger();
            try (FileHandle handle = FileHandle.of(moved)) {
                new WorkspaceSearch(file -> files.incrementAndGet() < 0, MOST_COUNTED).below(handle, ".");
            }
            return files.get();
        } finally {
            FolderRemoval.remove(bin);
        }
    }

    /** What is done at the end of a way. */
    @FunctionalInterface
    private interface Work<T> {
        T at(WorkspaceWalk walk) throws IOException;
    }

    private <T> T at(String path, WorkspaceWalk.LastLink link, WorkspaceWalk.@Nullable Maker maker, Work<T> work)
            throws PathRefused, IOException {
        try (WorkspaceWalk walk = new WorkspaceWalk(path, home)) {
            return work.at(walk.go(folder.workspace(), link, maker));
        } catch (NoSuchFileException e) {
            throw new Missing("there is no '" + path + "' in the workspace", e);
        } catch (NotDirectoryException e) {
            throw new Missing("'" + path + "': '" + e.getFile() + "' is not a folder", e);
        } catch (AccessDeniedException e) {
            throw new IOException("'" + path + "' is closed to everybody by its mode (chmod it in the shell)", e);
        } catch (FileSystemException e) {
            // Its own message would tell a path of the host.
            throw new IOException("'" + path + "': " + e.getReason(), e);
        } catch (InvalidPathException e) {
            throw new IOException(
                    "'" + path + "' cannot be spelled in this server's locale; start it with LC_ALL=C.UTF-8", e);
        }
    }

    private static FileHandle existing(WorkspaceWalk walk, String path) throws IOException {
        FileHandle found = walk.found();
        if (found == null) {
            throw new NoSuchFileException(path);
        }
        return found;
    }

    private static PosixFileAttributes regular(FileHandle file, String path) throws IOException {
        PosixFileAttributes attributes = file.attributes();
        if (!attributes.isRegularFile()) {
            throw new WrongKind("'" + path + "' is " + kind(attributes) + ", not a file");
        }
        return attributes;
    }

    private static Stat stat(WorkspaceWalk walk, BasicFileAttributes attributes) {
        boolean isFolder = attributes.isDirectory();
        return new Stat(
                walk.way(),
                isFolder,
                isFolder ? 0 : attributes.size(),
                attributes.lastModifiedTime().toInstant());
    }

    private Listing list(Path listed, int limit) throws IOException {
        TreeMap<String, Path> names = new TreeMap<>();
        boolean truncated = false;
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(listed)) {
            for (Path entry : entries) {
                names.put(entry.getFileName().toString(), entry);
                if (names.size() > limit) {
                    names.pollLastEntry();
                    truncated = true;
                }
            }
        }
        List<Entry> result = new ArrayList<>();
        for (Map.Entry<String, Path> each : names.entrySet()) {
            try {
                BasicFileAttributes attributes =
                        Files.readAttributes(each.getValue(), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                boolean isFolder = attributes.isDirectory();
                result.add(new Entry(each.getKey(), isFolder ? 0 : attributes.size(), isFolder));
            } catch (NoSuchFileException e) {
                // Deleted since it was listed.
            }
        }
        return new Listing(result, truncated);
    }

    private void makeFolder(Path made, String way) throws IOException {
        rule.judge(way);
        try {
            Files.createDirectory(made);
            ownLike(made.resolveSibling(""), made);
        } catch (FileAlreadyExistsException e) {
            // The agent was quicker.
        }
    }

    private Path stage(InputStream content, Set<PosixFilePermission> permissions) throws IOException {
        Path staged = Files.createTempFile(folder.staging(), "write", null);
        try {
            Files.copy(content, staged, StandardCopyOption.REPLACE_EXISTING);
            Files.setPosixFilePermissions(staged, permissions);
            owner.own(staged);
            return staged;
        } catch (IOException e) {
            Files.deleteIfExists(staged);
            throw new IOException("the file could not be stored on the host: " + e.getMessage(), e);
        }
    }

    /** In a folder in common, what is made belongs to that folder's group as if somebody inside had made it. */
    private void ownLike(Path parent, Path made) throws IOException {
        owner.own(made);
        int mode = (Integer) Files.getAttribute(parent, "unix:mode");
        if ((mode & SET_GROUP) != 0) {
            Files.setAttribute(made, "unix:gid", Files.getAttribute(parent, "unix:gid"), LinkOption.NOFOLLOW_LINKS);
            boolean isFolder = Files.isDirectory(made, LinkOption.NOFOLLOW_LINKS);
            int own = (Integer) Files.getAttribute(made, "unix:mode") & 0777;
            Files.setAttribute(made, "unix:mode", isFolder ? SET_GROUP | 0770 : own | (own & 0600) >> 3);
        }
    }

    private static String kind(BasicFileAttributes attributes) {
        return attributes.isDirectory() ? "a folder" : attributes.isRegularFile() ? "a file" : "a pipe or device";
    }
}
