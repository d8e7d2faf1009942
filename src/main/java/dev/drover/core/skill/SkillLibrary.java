package dev.drover.core.skill;

import dev.drover.core.computer.Workspace;
import dev.drover.core.computer.Workspace.PathRefused;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A folder with a folder for each skill, which its keeper fills. */
public final class SkillLibrary {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,62}");
    private static final int MOST_FILES = 1_000;
    private static final long LARGEST = 10 << 20;

    private final Path folder;

    public SkillLibrary(Path folder) {
        this.folder = folder;
    }

    /** Whether the library has a skill of that name now. */
    boolean has(String skill) {
        return NAME.matcher(skill).matches() && Files.isDirectory(folder.resolve(skill), LinkOption.NOFOLLOW_LINKS);
    }

    public List<String> names() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> entry.getFileName().toString())
                    .filter(this::has)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Copies a skill, over what is there of it, to where runtimes look for skills. */
    void copy(String skill, Workspace workspace) throws IOException {
        Path from = folder.resolve(skill);
        for (Path file : files(from)) {
            String path = ".claude/skills/" + skill + "/" + from.relativize(file);
            try {
                workspace.write(path, Files.readAllBytes(file));
            } catch (PathRefused e) {
                throw new IOException(e.getMessage(), e);
            }
        }
    }

    private static List<Path> files(Path from) throws IOException {
        try (Stream<Path> below = Files.walk(from)) {
            List<Path> files = below.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .limit(MOST_FILES + 1)
                    .toList();
            long size = 0;
            for (Path file : files) {
                size += Files.size(file);
            }
            if (files.size() > MOST_FILES || size > LARGEST) {
                throw new IOException("a skill has at most " + MOST_FILES + " files and " + LARGEST + " bytes");
            }
            return files;
        }
    }
}
