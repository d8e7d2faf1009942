package dev.drover.core.computer;

import dev.drover.core.computer.Workspace.PathRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The way from a workspace's root to one path, a step at a time: every folder is held open and every symbolic link is
 * read and followed by us, so that whatever the agent puts in the way meanwhile, no step leaves the workspace.
 */
final class WorkspaceWalk implements AutoCloseable {
    private static final int MOST_LINKS = 40;
    private static final int MOST_FOLDERS = 200;

    /** What to do about a link at the end of the path. */
    enum LastLink {
        FOLLOW,
        KEEP
    }

    /** Makes a missing folder, on the way to what is to be at the path from the workspace. */
    @FunctionalInterface
    interface Maker {
        void make(Path folder, String way) throws IOException;
    }

    private final String path;
    private final List<String> roots;
    private final Map<String, Path> elsewhere;
    private final Deque<FileHandle> folders = new ArrayDeque<>();
    private final Deque<String> names = new ArrayDeque<>();
    private final Deque<String> ahead = new ArrayDeque<>();
    private int links;
    private String name = "";
    private @Nullable FileHandle found;

    /** A way not yet gone. */
    WorkspaceWalk(String path, Home home) throws PathRefused {
        this.path = path;
        this.roots = home.roots();
        this.elsewhere = home.elsewhere();
        if (path.isEmpty() || path.indexOf('\0') >= 0) {
            throw new PathRefused("path '" + path.replace("\0", "\\0") + "' is empty or has a NUL in it");
        }
        lookAhead(path);
    }

    /** Goes from the root to the end; missing folders on the way are made when there is a maker. */
    WorkspaceWalk go(Path root, LastLink lastLink, @Nullable Maker maker) throws PathRefused, IOException {
        folders.push(FileHandle.of(root));
        while (!ahead.isEmpty()) {
            String part = ahead.pop();
            if (part.equals("..")) {
                up();
                continue;
            }
            boolean last = ahead.isEmpty();
            FileHandle entry = open(part, last ? null : maker);
            if (entry == null) {
                if (!last) {
                    throw new NoSuchFileException(path);
                }
                name = part;
            } else {
                step(part, entry, last && lastLink == LastLink.KEEP);
            }
        }
        return this;
    }

    /** The folder in which the path's last part is or would be. */
    FileHandle parent() {
        return folders.element();
    }

    /** The last part; empty when the path leads to the root or, by "..", back to a folder. */
    String name() {
        return name;
    }

    /** From the workspace to where the path has led, links followed; {@code .} for the workspace itself. */
    String way() {
        List<String> parts = new ArrayList<>(names.reversed());
        if (!name.isEmpty()) {
            parts.add(name);
        }
        return parts.isEmpty() ? "." : String.join("/", parts);
    }

    /** What is there; null when nothing is. */
    @Nullable FileHandle found() {
        return name.isEmpty() ? parent() : found;
    }

    @Override
    public void close() {
        if (found != null) {
            found.close();
        }
        folders.forEach(FileHandle::close);
        folders.clear();
    }

    private @Nullable FileHandle open(String part, @Nullable Maker maker) throws IOException {
        Path mounted = elsewhere.isEmpty() ? null : elsewhere.get(below(part));
        if (mounted != null && Files.isDirectory(mounted, LinkOption.NOFOLLOW_LINKS)) {
            return FileHandle.of(mounted);
        }
        try {
            return parent().entry(part);
        } catch (NoSuchFileException e) {
            if (maker == null) {
                return null;
            }
            List<String> parts = new ArrayList<>(names.reversed());
            parts.add(part);
            parts.addAll(ahead);
            maker.make(parent().path().resolve(part), String.join("/", parts));
            return parent().entry(part);
        }
    }

    private String below(String part) {
        return names.isEmpty() ? part : String.join("/", names.reversed()) + "/" + part;
    }

    private void step(String part, FileHandle entry, boolean keepLink) throws PathRefused, IOException {
        PosixFileAttributes attributes;
        try {
            attributes = entry.attributes();
        } catch (IOException e) {
            entry.close();
            throw e;
        }
        if (attributes.isSymbolicLink() && !keepLink) {
            entry.close();
            follow(Files.readSymbolicLink(parent().path().resolve(part)).toString());
        } else if (ahead.isEmpty()) {
            name = part;
            found = entry;
        } else if (attributes.isDirectory()) {
            folders.push(entry);
            names.push(part);
            if (folders.size() > MOST_FOLDERS) {
                throw new PathRefused("path '" + path + "' is more than " + MOST_FOLDERS + " folders deep");
            }
        } else {
            entry.close();
            throw new NotDirectoryException(part);
        }
    }

    private void follow(String target) throws PathRefused {
        if (++links > MOST_LINKS) {
            throw new PathRefused("path '" + path + "' has more than " + MOST_LINKS + " symbolic links");
        }
        lookAhead(target);
    }

    private void lookAhead(String way) throws PathRefused {
        String relative = way.startsWith("/") ? fromRoot(way) : way;
        List<String> parts = List.of(relative.split("/"));
        for (String part : parts.reversed()) {
            if (!part.isEmpty() && !part.equals(".")) {
                ahead.push(part);
            }
        }
    }

    private String fromRoot(String absolute) throws PathRefused {
        for (String root : roots) {
            if (absolute.equals(root) || absolute.startsWith(root + "/")) {
                while (folders.size() > 1) {
                    leave();
                }
                return absolute.substring(root.length());
            }
        }
        throw outside(absolute);
    }

    private void up() throws PathRefused {
        if (folders.size() == 1) {
            throw outside("..");
        }
        leave();
    }

    private void leave() {
        folders.pop().close();
        names.pop();
    }

    private PathRefused outside(String where) {
        String through = where.equals(path) ? "" : " (through '" + where + "')";
        return new PathRefused("path '" + path + "' leads outside of /workspace" + through);
    }
}
