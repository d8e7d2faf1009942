package dev.drover.core.computer;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lists a folder that an agent may change meanwhile, as deep and as full as it likes. */
final class WorkspaceTree {
    private static final int DEEPEST = 100;

    /** So many names are looked at, of which a part is shown: to know which come first, one has to see all. */
    private static final int MOST_LOOKS = 200_000;

    private static final Comparator<Found> ORDER = Comparator.comparing((Found found) -> !found.folder)
            .thenComparing(Found::lowered)
            .thenComparing(Found::name);

    private final Workspace workspace;
    private final Map<String, Path> elsewhere;
    private final Workspace.Bounds bounds;
    private int looks = MOST_LOOKS;
    private int room;
    private boolean truncated;

    /** @param elsewhere what lies in other folders of this host, by its path in the workspace */
    WorkspaceTree(Workspace workspace, Map<String, Path> elsewhere, Workspace.Bounds bounds) {
        this.workspace = workspace;
        this.elsewhere = elsewhere;
        this.bounds = bounds;
        this.room = bounds.entries();
    }

    Workspace.Tree below(FileHandle folder, Workspace.Stat stat) {
        List<Workspace.Node> children = nodes(folder, stat.path().equals(".") ? "" : stat.path() + "/", 1);
        return new Workspace.Tree(stat, children, truncated);
    }

    /** A folder's own entries take their places before anything that is further down. */
    private List<Workspace.Node> nodes(FileHandle folder, String prefix, int depth) {
        List<Found> found = found(folder, prefix);
        found.sort(ORDER);
        if (found.size() > room) {
            truncated = true;
            found = found.subList(0, room);
        }
        room -= found.size();
        List<Workspace.Node> nodes = new ArrayList<>(found.size());
        for (Found each : found) {
            List<Workspace.Node> children = each.entered ? children(folder, each.name, prefix, depth) : List.of();
            nodes.add(
                    new Workspace.Node(each.name, prefix + each.name, each.folder, each.size, each.modified, children));
        }
        return nodes;
    }

    private List<Workspace.Node> children(FileHandle folder, String name, String prefix, int depth) {
        if (depth >= bounds.depth()) {
            return List.of();
        }
        if (depth >= DEEPEST || room <= 0) {
            truncated = true;
            return List.of();
        }
        Path mounted = elsewhere.get(prefix + name);
        try (FileHandle child = mounted == null ? folder.entry(name) : FileHandle.of(mounted)) {
            return nodes(child, prefix + name + "/", depth + 1);
        } catch (IOException e) {
            return List.of(); // Gone since, or closed to us.
        }
    }

    private List<Found> found(FileHandle folder, String prefix) {
        List<Found> all = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder.path())) {
            for (Path entry : entries) {
                if (looks-- <= 0) {
                    truncated = true;
                    break;
                }
                Found found =
                        found(attributes(entries, entry), entry.getFileName().toString(), prefix);
                if (found != null) {
                    all.add(found);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // A folder that cannot be read has nothing for us.
        }
        return all;
    }

    /** By the folder that is held open, if it can be: to walk to each of many entries anew would take its time. */
    private static BasicFileAttributeView attributes(DirectoryStream<Path> entries, Path entry) {
        return entries instanceof SecureDirectoryStream<Path> open
                ? open.getFileAttributeView(
                        entry.getFileName(), BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                : Files.getFileAttributeView(entry, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    }

    private @Nullable Found found(BasicFileAttributeView view, String name, String prefix) {
        if (!bounds.hidden() && name.startsWith(".")) {
            return null;
        }
        try {
            BasicFileAttributes attributes = view.readAttributes();
            boolean isFolder = attributes.isDirectory();
            Instant modified = attributes.lastModifiedTime().toInstant();
            String lowered = name.toLowerCase(Locale.ROOT);
            if (isFolder || attributes.isRegularFile()) {
                return new Found(name, lowered, isFolder, isFolder, isFolder ? 0 : attributes.size(), modified);
            }
            if (attributes.isSymbolicLink()) {
                Workspace.Stat end = workspace.stat(prefix + name);
                return new Found(name, lowered, end.folder(), false, end.size(), end.modified());
            }
        } catch (IOException | InvalidPathException | Workspace.PathRefused e) {
            // Gone since, closed to us, or a link that leads nowhere or outside.
        }
        return null;
    }

    /** One entry of a folder; a link counts as what it leads to, but is not entered. */
    private record Found(String name, String lowered, boolean folder, boolean entered, long size, Instant modified) {}
}
