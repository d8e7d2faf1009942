package dev.drover.core.computer;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Looks for regular files in a folder that an agent may change meanwhile, as deep and as full as it likes. */
final class WorkspaceSearch {
    private static final int DEEPEST = 100;

    private final Predicate<String> wanted;
    private final List<Workspace.Entry> found = new ArrayList<>();
    private int left;

    WorkspaceSearch(Predicate<String> wanted, int most) {
        this.wanted = wanted;
        this.left = most;
    }

    List<Workspace.Entry> below(FileHandle folder, String path) {
        look(folder, path.equals(".") ? "" : path + "/", 0);
        return found;
    }

    private void look(FileHandle folder, String prefix, int depth) {
        for (String name : names(folder)) {
            try (FileHandle entry = folder.entry(name)) {
                PosixFileAttributes attributes = entry.attributes();
                if (attributes.isDirectory() && depth < DEEPEST) {
                    look(entry, prefix + name + "/", depth + 1);
                } else if (attributes.isRegularFile() && wanted.test(prefix + name)) {
                    found.add(new Workspace.Entry(prefix + name, attributes.size(), false));
                }
            } catch (IOException | InvalidPathException e) {
                // Gone since, or closed to us.
            }
        }
    }

    private Set<String> names(FileHandle folder) {
        Set<String> names = new TreeSet<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder.path())) {
            for (Path entry : entries) {
                if (left-- <= 0) {
                    break;
                }
                names.add(entry.getFileName().toString());
            }
        } catch (IOException | DirectoryIteratorException e) {
            // A folder that cannot be read has nothing for us.
        }
        return names;
    }
}
