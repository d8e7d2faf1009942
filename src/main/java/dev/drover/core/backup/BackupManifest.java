package dev.drover.core.backup;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.Manifest;

/**
 * What a backup holds, written behind everything else: without it, a backup is not whole. Its form is that of manifests
 * in jars, which people can read as well.
 *
 * @param format of the file
 * @param drover the version of the server that wrote it
 * @param schema the version of its tables
 * @param leftOut how many files could not be read as they were
 */
public record BackupManifest(
        int format, String drover, String schema, Instant takenAt, int leftOut, List<BackupPart> parts) {
    /** The form that this server writes, and the newest that it reads. */
    public static final int FORMAT = 1;

    private static final Attributes.Name FORMAT_NAME = new Attributes.Name("Drover-Backup");
    private static final Attributes.Name DROVER = new Attributes.Name("Drover-Version");
    private static final Attributes.Name SCHEMA = new Attributes.Name("Schema");
    private static final Attributes.Name TAKEN_AT = new Attributes.Name("Taken-At");
    private static final Attributes.Name LEFT_OUT = new Attributes.Name("Left-Out");
    private static final Attributes.Name ROWS = new Attributes.Name("Rows");
    private static final Attributes.Name BYTES = new Attributes.Name("Bytes");
    private static final Attributes.Name SHA256 = new Attributes.Name("SHA256");

    public BackupManifest {
        parts = List.copyOf(parts);
    }

    public List<BackupPart> tables() {
        return parts.stream().filter(BackupPart::isTable).toList();
    }

    public long rows() {
        return parts.stream().mapToLong(BackupPart::rows).sum();
    }

    /** What it comes to unpacked. */
    public long bytes() {
        return parts.stream().mapToLong(BackupPart::bytes).sum();
    }

    byte[] written() throws IOException {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.put(FORMAT_NAME, String.valueOf(format));
        main.put(DROVER, drover);
        main.put(SCHEMA, schema);
        main.put(TAKEN_AT, takenAt.toString());
        main.put(LEFT_OUT, String.valueOf(leftOut));
        for (BackupPart part : parts) {
            Attributes attributes = new Attributes();
            attributes.put(ROWS, String.valueOf(part.rows()));
            attributes.put(BYTES, String.valueOf(part.bytes()));
            attributes.put(SHA256, part.sha256());
            manifest.getEntries().put(part.name(), attributes);
        }
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        manifest.write(text);
        return text.toByteArray();
    }

    static BackupManifest read(InputStream text) throws IOException {
        Manifest manifest = new Manifest(text);
        Attributes main = manifest.getMainAttributes();
        try {
            return new BackupManifest(
                    Integer.parseInt(value(main, FORMAT_NAME)),
                    value(main, DROVER),
                    value(main, SCHEMA),
                    Instant.parse(value(main, TAKEN_AT)),
                    Integer.parseInt(value(main, LEFT_OUT)),
                    parts(manifest.getEntries()));
        } catch (NumberFormatException | DateTimeException e) {
            throw new IOException("its manifest cannot be read: " + e.getMessage(), e);
        }
    }

    private static List<BackupPart> parts(Map<String, Attributes> entries) throws IOException {
        List<BackupPart> parts = new ArrayList<>();
        for (Map.Entry<String, Attributes> entry : new TreeMap<>(entries).entrySet()) {
            Attributes said = entry.getValue();
            parts.add(new BackupPart(
                    entry.getKey(),
                    Long.parseLong(value(said, ROWS)),
                    Long.parseLong(value(said, BYTES)),
                    value(said, SHA256)));
        }
        return parts;
    }

    private static String value(Attributes attributes, Attributes.Name name) throws IOException {
        String value = attributes.getValue(name);
        if (value == null) {
            throw new IOException("its manifest says no " + name);
        }
        return value;
    }
}
