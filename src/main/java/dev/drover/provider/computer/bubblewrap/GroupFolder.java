package dev.drover.provider.computer.bubblewrap;

import dev.drover.core.computer.Uninterrupted;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** One folder of a control group hierarchy and its files. */
record GroupFolder(Path path) {
    private static final Duration PACE = Duration.ofMillis(2);
    private static final int TRIES = 1000;

    GroupFolder below(String name) {
        return new GroupFolder(path.resolve(name));
    }

    GroupFolder make() throws IOException {
        Files.createDirectories(path);
        if (!Files.isWritable(path)) {
            throw new IOException("control group " + path + " belongs to somebody else");
        }
        return this;
    }

    boolean has(String file) {
        return Files.exists(path.resolve(file));
    }

    String read(String file) throws IOException {
        return Files.readString(path.resolve(file)).strip();
    }

    long number(String file) throws IOException {
        return Long.parseLong(read(file));
    }

    /** The number behind a word in a file of lines such as {@code usage_usec 1234}. */
    long number(String file, String word) throws IOException {
        return read(file)
                .lines()
                .filter(line -> line.startsWith(word + " "))
                .mapToLong(line -> Long.parseLong(line.substring(word.length() + 1)))
                .findFirst()
                .orElse(0);
    }

    /** The cache of files in a group's memory, which goes as soon as somebody needs the room. */
    long cache(String prefix) throws IOException {
        return number("memory.stat", prefix + "active_file") + number("memory.stat", prefix + "inactive_file");
    }

    boolean holds(long pid) throws IOException {
        return read("cgroup.procs").lines().anyMatch(Long.toString(pid)::equals);
    }

    /** Whether a file of words, if there is one, has all of these. */
    boolean lists(String file, Set<String> words) throws IOException {
        return has(file) && List.of(read(file).split(" ", -1)).containsAll(words);
    }

    /** In one write, as the kernel wants it; the kernel makes these files, only a tree in a test is without them. */
    void write(String file, String value) throws IOException {
        Files.write(
                path.resolve(file),
                value.getBytes(StandardCharsets.UTF_8),
                StandardOpenOption.WRITE,
                StandardOpenOption.CREATE);
    }

    /** Names of the groups in it. */
    Set<String> names() throws IOException {
        Set<String> names = new TreeSet<>();
        if (Files.isDirectory(path)) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(path, Files::isDirectory)) {
                entries.forEach(entry -> names.add(entry.getFileName().toString()));
            }
        }
        return names;
    }

    boolean removeIfEmpty() {
        return path.toFile().delete();
    }

    /** Kills whoever is in it and removes it; a group stays busy for some milliseconds after its last process. */
    void remove() throws IOException {
        for (int i = 0; i < TRIES && Files.isDirectory(path); i++) {
            if (has("cgroup.procs")) {
                read("cgroup.procs").lines().forEach(pid -> HostUids.kill(Long.parseLong(pid)));
            }
            if (removeIfEmpty()) {
                return;
            }
            Uninterrupted.pause(PACE);
        }
        if (Files.isDirectory(path)) {
            throw new IOException("control group " + path + " could not be removed; its processes survive KILL");
        }
    }
}
