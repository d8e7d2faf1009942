package dev.drover.testing;

import dev.drover.core.computer.FolderRemoval;
import dev.drover.core.computer.Workspace;
import dev.drover.core.computer.WriteRule;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A folder as a workspace, checked by its path alone. */
final class TestingWorkspace implements Workspace {
    private final Path root;
    private final WriteRule rule;

    TestingWorkspace(Path root) {
        this(root, WriteRule.ALL);
    }

    private TestingWorkspace(Path root, WriteRule rule) {
        this.root = root;
        this.rule = rule;
    }

    @Override
    public Content read(String path, int limit) throws PathRefused, IOException {
        Path file = inside(path);
        try (InputStream in = Files.newInputStream(file)) {
            return new Content(in.readNBytes(limit), Files.size(file));
        }
    }

    @Override
    public void read(String path, Reading reading) throws PathRefused, IOException {
        try (InputStream in = Files.newInputStream(inside(path))) {
            reading.read(in);
        }
    }

    @Override
    public void write(String path, InputStream content, long size) throws PathRefused, IOException {
        Path file = inside(path);
        rule.judge(root.relativize(file).toString());
        Files.createDirectories(file.resolveSibling("."));
        Files.copy(content, file, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public List<Entry> find(String folder, Predicate<String> wanted, int most) throws IOException {
        try (Stream<Path> files = Files.walk(root.resolve(folder))) {
            return files.filter(Files::isRegularFile)
                    .map(file -> new Entry(
                            root.relativize(file).toString(), file.toFile().length(), false))
                    .filter(entry -> wanted.test(entry.name()))
                    .limit(most)
                    .toList();
        }
    }

    @Override
    public Listing list(String path, int limit) throws PathRefused, IOException {
        try (Stream<Path> files = Files.list(inside(path))) {
            List<Entry> all = files.sorted()
                    .limit(limit + 1L)
                    .map(TestingWorkspace::entry)
                    .toList();
            return new Listing(all.subList(0, Math.min(limit, all.size())), all.size() > limit);
        }
    }

    @Override
    public void delete(String path) throws PathRefused, IOException {
        Path file = inside(path);
        if (Files.isDirectory(file)) {
            throw new PathRefused("'" + path + "' is a folder");
        }
        rule.judge(root.relativize(file).toString());
        Files.delete(file);
    }

    @Override
    public Stat stat(String path) throws PathRefused, IOException {
        Path file = inside(path);
        boolean folder = Files.isDirectory(file);
        String relative = root.relativize(file).toString();
        return new Stat(
                relative.isEmpty() ? "." : relative,
                folder,
                folder ? 0 : Files.size(file),
                Files.getLastModifiedTime(file).toInstant());
    }

    @Override
    public Opened open(String path) throws PathRefused, IOException {
        return new Opened(stat(path), FileChannel.open(inside(path)));
    }

    @Override
    public Tree tree(String path, Bounds bounds) throws PathRefused, IOException {
        List<Node> nodes = new ArrayList<>();
        for (Entry entry : list(path, bounds.entries()).entries()) {
            Stat stat = stat(path + "/" + entry.name());
            nodes.add(new Node(entry.name(), stat.path(), stat.folder(), stat.size(), stat.modified(), List.of()));
        }
        return new Tree(stat(path), nodes, false);
    }

    @Override
    public Removed remove(String path) throws PathRefused, IOException {
        Stat stat = stat(path);
        rule.judge(stat.path());
        FolderRemoval.remove(inside(path));
        return new Removed(stat.path(), stat.folder(), 1);
    }

    @Override
    public void writePrivate(String path, byte[] content) throws PathRefused, IOException {
        write(path, content);
        Files.setPosixFilePermissions(inside(path), PosixFilePermissions.fromString("rw-------"));
    }

    @Override
    public void writeProgram(String path, InputStream content, long size) throws PathRefused, IOException {
        write(path, content, size);
        Files.setPosixFilePermissions(inside(path), PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Override
    public Workspace guarded(WriteRule added) {
        return new TestingWorkspace(root, added);
    }

    private static Entry entry(Path file) {
        boolean folder = Files.isDirectory(file);
        return new Entry(
                String.valueOf(file.getFileName()), folder ? 0 : file.toFile().length(), folder);
    }

    private Path inside(String path) throws PathRefused {
        try {
            Path resolved = root.resolve(path.replaceFirst("^/workspace/", "")).normalize();
            if (!path.isEmpty() && resolved.startsWith(root)) {
                return resolved;
            }
        } catch (InvalidPathException e) {
            // Falls through: no path at all.
        }
        throw new PathRefused("'" + path + "' is outside of /workspace");
    }
}
