package dev.drover.provider.archive;

import dev.drover.core.backup.DataFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The files of a data folder as GNU tar packs them, since it knows what agents can put in its way: links, holes, access
 * lists, names in any letters, files that change or vanish while they are read.
 */
public final class TarFiles implements DataFiles {
    /** What every server makes anew, and what belongs to its database or its process. */
    private static final List<String> NOT_KEPT = List.of(
            "db",
            "db.new*",
            "database.password",
            "postgres-*",
            "postgres.log",
            "drover.lock",
            "server.url*",
            "native",
            "restore.unfinished",
            "computers/system",
            "computers/*/run",
            "computers/*/staging");

    private final Path folder;

    public TarFiles(Path folder) {
        this.folder = folder;
    }

    /** What is missing here for packing files; null when nothing is. */
    public static @Nullable String lack() {
        try {
            Tar.requireGnu();
            return null;
        } catch (IOException e) {
            return e.getMessage();
        }
    }

    @Override
    public List<String> pack(OutputStream out) throws IOException {
        List<String> words = new ArrayList<>(List.of(
                "--create",
                "--format=posix",
                "--numeric-owner",
                "--acls",
                "--xattrs",
                "--sparse",
                "--one-file-system",
                "--ignore-failed-read",
                "--warning=no-file-ignored",
                "--directory=" + folder,
                "--anchored",
                "--wildcards",
                "--no-wildcards-match-slash"));
        NOT_KEPT.forEach(pattern -> words.add("--exclude=" + pattern));
        words.addAll(List.of("--null", "--verbatim-files-from", "--files-from=-"));
        try (Tar tar = Tar.start(words)) {
            tar.give(names());
            tar.output().transferTo(out);
            return tar.complaints();
        }
    }

    /** Puts all of them back, with their owners where this user may give files away. */
    public void unpack(InputStream archive) throws IOException {
        List<String> words = List.of(
                "--extract",
                "--numeric-owner",
                "--preserve-permissions",
                "--acls",
                "--xattrs",
                "--delay-directory-restore",
                "--directory=" + folder);
        try (Tar tar = Tar.start(words)) {
            tar.give(archive);
            tar.complaints();
        }
    }

    /** Each named by itself, so that one which is a mounted volume is gone into as well. */
    private byte[] names() throws IOException {
        StringBuilder names = new StringBuilder();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                names.append(entry.getFileName()).append('\0');
            }
        }
        return names.toString().getBytes(StandardCharsets.UTF_8);
    }
}
