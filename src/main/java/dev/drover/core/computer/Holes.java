package dev.drover.core.computer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What can be written of a home that can only be read, as it is at the moment when its computer opens. No link is
 * followed on the way: an agent could have led it anywhere.
 *
 * @param folders from the home, without slashes at their ends; all of them are there
 * @param files from the home
 */
public record Holes(Set<String> folders, Set<String> files) {
    /** The mounts are told in one breath by the shell that finds itself among them. */
    private static final int LONGEST_PATH = 500;

    /** Of a home that is open anyway. */
    public static final Holes NONE = new Holes(Set.of(), Set.of());

    /** Looks for them and makes the folders that are missing; what is a link instead stays closed. */
    public static Holes make(Layout layout, AgentFolder folder, Owner owner) throws IOException {
        Set<String> folders = new TreeSet<>();
        Set<String> files = new TreeSet<>();
        for (String each : layout.writable()) {
            String path = String.join("/", parts(each));
            boolean isFolder = each.endsWith("/");
            if (path.isEmpty() || path.length() > LONGEST_PATH) {
                continue;
            }
            if (isFolder && makeFolder(folder.workspace(), path, owner)) {
                folders.add(path);
            } else if (!isFolder && isFile(folder.workspace(), path)) {
                files.add(path);
            }
        }
        files.removeIf(file -> folders.stream().anyMatch(open -> file.startsWith(open + "/")));
        return new Holes(folders, files);
    }

    /** Makes a folder and those above it below another; false when something else is in the place of one of them. */
    public static boolean makeFolder(Path root, String path, Owner owner) throws IOException {
        try (Descent descent = new Descent(root)) {
            for (String part : parts(path)) {
                if (!descent.enter(part)) {
                    Path made = descent.folder().path().resolve(part);
                    if (Files.exists(made, LinkOption.NOFOLLOW_LINKS)) {
                        return false;
                    }
                    Files.createDirectory(made);
                    owner.own(made);
                    if (!descent.enter(part)) {
                        return false;
                    }
                }
            }
            return !parts(path).isEmpty();
        }
    }

    /** Whether there is a regular file, with nothing but folders above it. */
    public static boolean isFile(Path root, String path) throws IOException {
        return is(root, path, PosixFileAttributes::isRegularFile);
    }

    /** Whether there is a folder, with nothing but folders above it. */
    public static boolean isFolder(Path root, String path) throws IOException {
        return is(root, path, PosixFileAttributes::isDirectory);
    }

    private static boolean is(Path root, String path, Predicate<PosixFileAttributes> kind) throws IOException {
        List<String> parts = parts(path);
        try (Descent descent = new Descent(root)) {
            for (String part : parts.subList(0, Math.max(0, parts.size() - 1))) {
                if (!descent.enter(part)) {
                    return false;
                }
            }
            if (parts.isEmpty()) {
                return false;
            }
            try (FileHandle found = descent.folder().entry(parts.getLast())) {
                return kind.test(found.attributes());
            } catch (NoSuchFileException e) {
                return false;
            }
        }
    }

    /** Of a path that could lead upwards, none. */
    private static List<String> parts(String path) {
        List<String> parts = new ArrayList<>(List.of(path.split("/")));
        parts.removeIf(part -> part.isEmpty() || part.equals("."));
        return parts.contains("..") ? List.of() : parts;
    }

    /** A way down through folders, each held open. */
    private static final class Descent implements AutoCloseable {
        private final Deque<FileHandle> folders = new ArrayDeque<>();

        Descent(Path root) throws IOException {
            folders.push(FileHandle.of(root));
        }

        FileHandle folder() {
            return folders.element();
        }

        boolean enter(String name) throws IOException {
            FileHandle entry;
            try {
                entry = folder().entry(name);
            } catch (NoSuchFileException e) {
                return false;
            }
            folders.push(entry);
            if (entry.attributes().isDirectory()) {
                return true;
            }
            folders.pop().close();
            return false;
        }

        @Override
        public void close() {
            folders.forEach(FileHandle::close);
        }
    }
}
