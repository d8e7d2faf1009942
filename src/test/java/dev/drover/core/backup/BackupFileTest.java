package dev.drover.core.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.core.StartFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BackupFileTest {
    private static final Instant NOW = Instant.parse("2026-11-22T22:00:00Z");
    private static final String ROWS = "id\tname\n1\tone\n2\ttwo\n";
    private static final byte[] FILES = noise();

    @TempDir
    Path folder;

    /** Two tables of given rows, with nothing behind them. */
    private static final class TwoTables implements Tables, Tables.Moment {
        @Override
        public Moment moment() {
            return this;
        }

        @Override
        public String schema() {
            return "038";
        }

        @Override
        public List<String> names() {
            return List.of("one", "two");
        }

        @Override
        public long copy(String table, OutputStream out) throws IOException {
            out.write(ROWS.getBytes(StandardCharsets.UTF_8));
            return 2;
        }

        @Override
        public SortedMap<String, Long> sequences() {
            return new TreeMap<>(Map.of("one_id_seq", 2L));
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }

    private static byte[] noise() {
        byte[] noise = new byte[5_000];
        new Random(7).nextBytes(noise);
        return noise;
    }

    private static byte[] written() throws IOException {
        DataFiles files = out -> {
            out.write(FILES);
            return List.of("computers/x: changed as it was read");
        };
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new BackupSource(new TwoTables(), files, "0.9", Clock.fixed(NOW, ZoneOffset.UTC)).write(out);
        return out.toByteArray();
    }

    private Path file(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("a.zip"), bytes);
    }

    private static String text(InputStream content) throws IOException {
        try (content) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void isReadAsItWasWritten() throws IOException {
        try (BackupFile backup = BackupFile.open(file(written()))) {
            backup.verify();

            BackupManifest manifest = backup.manifest();
            assertThat(manifest.schema()).isEqualTo("038");
            assertThat(manifest.drover()).isEqualTo("0.9");
            assertThat(manifest.takenAt()).isEqualTo(NOW);
            assertThat(manifest.rows()).isEqualTo(4);
            assertThat(manifest.tables()).extracting(BackupPart::table).containsExactly("one", "two");
            assertThat(text(backup.rows(manifest.tables().getFirst()))).isEqualTo(ROWS);
            assertThat(backup.files()).hasBinaryContent(FILES);
            assertThat(backup.sequences()).containsExactlyEntriesOf(new TreeMap<>(Map.of("one_id_seq", 2L)));
            assertThat(manifest.leftOut()).isEqualTo(1);
            assertThat(backup.leftOut()).isEqualTo("computers/x: changed as it was read");
        }
    }

    @Test
    void isRefusedWhereverItIsCut() throws IOException {
        byte[] whole = written();
        for (int length = 0; length < whole.length; length += 97) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> open(cut))
                    .as("%d of %d bytes", length, whole.length)
                    .isInstanceOf(StartFailure.class)
                    .hasMessageContaining("is no whole backup");
        }
    }

    /** A byte that is turned is noticed, or it is one that nobody reads, and everything comes out as it went in. */
    @Test
    void isRefusedWhenAByteOfItsContentWasTurned() throws IOException {
        byte[] whole = written();
        int noticed = 0;
        for (int at = 0; at < whole.length; at += 13) {
            byte[] turned = whole.clone();
            turned[at] ^= 0x10;
            try {
                assertThat(open(turned)).as("byte %d", at).isEqualTo(open(whole));
            } catch (StartFailure e) {
                assertThat(e).hasMessageContaining("is no whole backup");
                noticed++;
            }
        }
        assertThat(noticed).isGreaterThan(whole.length / 13 * 3 / 4);
    }

    private List<String> open(byte[] bytes) throws IOException {
        try (BackupFile backup = BackupFile.open(file(bytes))) {
            backup.verify();
            return List.of(
                    backup.manifest().toString(),
                    text(backup.rows(backup.manifest().tables().getFirst())),
                    text(backup.files()),
                    backup.sequences().toString(),
                    backup.leftOut());
        }
    }

    @Test
    void somethingElseIsNoBackup() throws IOException {
        assertThatThrownBy(() -> BackupFile.open(file("hello".getBytes(StandardCharsets.UTF_8))))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("a.zip is no whole backup");
        assertThatThrownBy(() -> BackupFile.open(folder.resolve("none.zip")))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("there is no file");
    }

    @Test
    void aFormFromTheFutureIsRefusedWithTheDroverThatReadsIt() throws IOException {
        BackupManifest newer = new BackupManifest(2, "3.1", "099", NOW, 0, List.of());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("manifest.txt"));
            zip.write(newer.written());
        }

        assertThatThrownBy(() -> BackupFile.open(file(out.toByteArray())))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("has form 2, of Drover 3.1")
                .hasMessageContaining("reads form 1");
    }

    @Test
    void whatFailsOnTheWayLeavesNothingThatLooksWhole() throws IOException {
        DataFiles broken = out -> {
            throw new IOException("the disk is gone");
        };
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BackupSource source = new BackupSource(new TwoTables(), broken, "0.9", Clock.fixed(NOW, ZoneOffset.UTC));

        assertThatThrownBy(() -> source.write(out)).hasMessage("the disk is gone");
        assertThatThrownBy(() -> BackupFile.open(file(out.toByteArray()))).isInstanceOf(StartFailure.class);
    }
}
