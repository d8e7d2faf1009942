package dev.drover.core.backup;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes one backup from its beginning to its end, holding no more of it than a piece. */
final class BackupWriter {
    static final String MANIFEST = "manifest.txt";
    static final String SEQUENCES = "sequences.txt";
    static final String FILES = "files.tar";
    static final String LEFT_OUT = "left-out.txt";
    private static final int PIECE = 1 << 16;

    private final ZipOutputStream zip;
    private final List<BackupPart> parts = new ArrayList<>();

    BackupWriter(OutputStream out) {
        this.zip = new ZipOutputStream(new BufferedOutputStream(out, PIECE));
        zip.setLevel(Deflater.BEST_SPEED);
    }

    /** Writes one part and returns how many rows it has. */
    private interface Content {
        long to(OutputStream out) throws IOException;
    }

    /** Files come after the tables: what the log tells of has then been done in the homes. */
    BackupManifest write(Tables tables, DataFiles files, String drover, Instant now) throws IOException {
        String schema;
        try (Tables.Moment moment = tables.moment()) {
            schema = moment.schema();
            for (String table : moment.names()) {
                part(BackupPart.ofTable(table), out -> moment.copy(table, out));
            }
            part(SEQUENCES, text(lines(moment.sequences())));
        }
        List<String> leftOut = new ArrayList<>();
        part(FILES, out -> {
            leftOut.addAll(files.pack(out));
            return 0;
        });
        part(LEFT_OUT, text(String.join("\n", leftOut)));
        BackupManifest manifest = new BackupManifest(BackupManifest.FORMAT, drover, schema, now, leftOut.size(), parts);
        zip.putNextEntry(new ZipEntry(MANIFEST));
        zip.write(manifest.written());
        zip.closeEntry();
        zip.finish();
        zip.flush();
        return manifest;
    }

    private void part(String name, Content content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        Measured measured = new Measured(zip);
        OutputStream buffered = new BufferedOutputStream(measured, PIECE);
        long rows = content.to(buffered);
        buffered.flush();
        zip.closeEntry();
        parts.add(new BackupPart(name, rows, measured.bytes(), measured.sha256()));
    }

    private static Content text(String text) {
        return out -> {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            return 0;
        };
    }

    private static String lines(SortedMap<String, Long> sequences) {
        StringBuilder lines = new StringBuilder();
        sequences.forEach(
                (name, value) -> lines.append(name).append('\t').append(value).append('\n'));
        return lines.toString();
    }
}
