package dev.drover.core.backup;

import dev.drover.core.StartFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** A backup that was written; who opens it does not know yet whether it is as it was written. */
public final class BackupFile implements AutoCloseable {
    private final Path path;
    private final ZipFile zip;
    private final BackupManifest manifest;

    private BackupFile(Path path, ZipFile zip, BackupManifest manifest) {
        this.path = path;
        this.zip = zip;
        this.manifest = manifest;
    }

    /** Refuses what is no backup, what is cut, and what only a newer Drover reads. */
    public static BackupFile open(Path path) {
        try {
            ZipFile zip = new ZipFile(path.toFile());
            try {
                return new BackupFile(path, zip, manifest(path, zip));
            } catch (IOException | RuntimeException e) {
                zip.close();
                throw e;
            }
        } catch (NoSuchFileException e) {
            throw new StartFailure("there is no file %s: name the one that drover backup wrote".formatted(path), e);
        } catch (IOException e) {
            throw broken(path, String.valueOf(e.getMessage()), e);
        }
    }

    public BackupManifest manifest() {
        return manifest;
    }

    /** Reads all of it once, and refuses unless every part is as it was written. */
    public void verify() {
        Map<String, BackupPart> parts =
                manifest.parts().stream().collect(Collectors.toMap(BackupPart::name, Function.identity()));
        TreeSet<String> found = zip.stream().map(ZipEntry::getName).collect(Collectors.toCollection(TreeSet::new));
        found.remove(BackupWriter.MANIFEST);
        if (!found.equals(new TreeSet<>(parts.keySet()))) {
            throw broken(path, "it holds " + found + ", and its manifest lists " + parts.keySet(), null);
        }
        manifest.parts().forEach(this::verify);
    }

    private void verify(BackupPart part) {
        try (InputStream content = content(part.name())) {
            Measured measured = new Measured(OutputStream.nullOutputStream());
            content.transferTo(measured);
            if (measured.bytes() != part.bytes() || !measured.sha256().equals(part.sha256())) {
                throw broken(path, part.name() + " is not what was written", null);
            }
        } catch (IOException e) {
            throw broken(path, part.name() + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Every row of a table, below a line with the names of its columns. */
    public InputStream rows(BackupPart table) throws IOException {
        return content(table.name());
    }

    /** The archive of files. */
    public InputStream files() throws IOException {
        return content(BackupWriter.FILES);
    }

    /** What could not be read as it was when the backup was taken, a line each. */
    public String leftOut() throws IOException {
        return text(BackupWriter.LEFT_OUT);
    }

    /** The last number that each sequence gave. */
    public SortedMap<String, Long> sequences() throws IOException {
        SortedMap<String, Long> sequences = new TreeMap<>();
        text(BackupWriter.SEQUENCES).lines().forEach(line -> {
            int tab = line.indexOf('\t');
            sequences.put(line.substring(0, tab), Long.parseLong(line.substring(tab + 1)));
        });
        return sequences;
    }

    @Override
    public void close() {
        try {
            zip.close();
        } catch (IOException e) {
            throw new IllegalStateException("cannot close " + path, e);
        }
    }

    private String text(String name) throws IOException {
        try (InputStream content = content(name)) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private InputStream content(String name) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw new IOException("there is no " + name + " in it");
        }
        return zip.getInputStream(entry);
    }

    /** Its checksum stands in the manifest for all but the manifest itself; for that, the archive has one. */
    private static BackupManifest manifest(Path path, ZipFile zip) throws IOException {
        ZipEntry entry = zip.getEntry(BackupWriter.MANIFEST);
        if (entry == null) {
            throw new IOException("there is no " + BackupWriter.MANIFEST + " in it");
        }
        byte[] text;
        try (InputStream content = zip.getInputStream(entry)) {
            text = content.readAllBytes();
        }
        CRC32 checksum = new CRC32();
        checksum.update(text);
        if (checksum.getValue() != entry.getCrc()) {
            throw new IOException("its manifest is not what was written");
        }
        BackupManifest manifest = BackupManifest.read(new ByteArrayInputStream(text));
        if (manifest.format() > BackupManifest.FORMAT) {
            throw new StartFailure(("the backup %s has form %d, of Drover %s, and this one reads form %d: restore it "
                            + "with that Drover or a later one")
                    .formatted(path, manifest.format(), manifest.drover(), BackupManifest.FORMAT));
        }
        return manifest;
    }

    private static StartFailure broken(Path path, String why, @Nullable Throwable cause) {
        return new StartFailure("%s is no whole backup: %s; take another file".formatted(path, why), cause);
    }
}
