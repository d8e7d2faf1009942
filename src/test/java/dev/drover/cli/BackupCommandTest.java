package dev.drover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.drover.Settings;
import dev.drover.core.StartFailure;
import dev.drover.core.backup.BackupFile;
import dev.drover.core.backup.BackupSource;
import dev.drover.core.backup.Tables;
import dev.drover.core.health.Finding;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BackupCommandTest {
    @TempDir
    Path data;

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    /** A place in which there is one table, with nothing in it. */
    private static final class OneTable implements Embedded, Tables, Tables.Moment {
        @Override
        public Running start(Settings settings) {
            throw new StartFailure("nothing is started here");
        }

        @Override
        public void backup(Settings settings, OutputStream out) throws IOException {
            new BackupSource(this, _ -> List.of(), "0.9", Clock.systemUTC()).write(out);
        }

        @Override
        public void restore(Settings settings, BackupFile backup) {
            backup.verify();
        }

        @Override
        public List<Finding> examine(Settings settings) {
            return List.of();
        }

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
            return List.of("one");
        }

        @Override
        public long copy(String table, OutputStream out) throws IOException {
            out.write("id\n".getBytes(StandardCharsets.UTF_8));
            return 0;
        }

        @Override
        public SortedMap<String, Long> sequences() {
            return new TreeMap<>();
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }

    private int execute(String... words) {
        Map<String, String> environment = Map.of("DROVER_DATA", data.toString(), "HOME", data.toString());
        Surroundings around = new Surroundings(environment, stream(out), stream(err), false, false);
        return Commands.execute(
                around,
                new OneTable(),
                _ -> {
                    throw new IllegalStateException("nothing is measured here");
                },
                List.of(words));
    }

    private static PrintStream stream(ByteArrayOutputStream target) {
        return new PrintStream(target, true, StandardCharsets.UTF_8);
    }

    private String told() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void writesAFileForItsOwnerAloneAndSaysWhatIsInIt() throws IOException {
        Path file = folder.resolve("a.zip");

        assertThat(execute("backup", file.toString())).as(told()).isZero();

        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("0 rows of 1 tables", file.toString(), "verified");
        assertThat(folder.resolve("a.zip.part")).doesNotExist();
        assertThat(execute("restore", file.toString())).as(told()).isZero();
    }

    @Test
    void replacesAFileOnlyWhenItIsTold() throws IOException {
        Path file = Files.writeString(folder.resolve("a.zip"), "mine");

        assertThat(execute("backup", file.toString())).isEqualTo(2);
        assertThat(told()).contains("already", "--force");
        assertThat(file).hasContent("mine");
        assertThat(execute("backup", file.toString(), "--force")).isZero();
        assertThat(Files.size(file)).isGreaterThan(100);
    }

    @Test
    void doesNotWriteIntoWhatItBacksUp() {
        assertThat(execute("backup", data.resolve("a.zip").toString())).isEqualTo(2);
        assertThat(told()).contains("lies in the data folder");
    }

    @Test
    void aStreamThatEndsTooSoonLeavesNoFile() throws IOException {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        new OneTable().backup(Settings.read(Map.of(), Map.of("HOME", data.toString())), whole);
        byte[] half = Arrays.copyOf(whole.toByteArray(), whole.size() / 2);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, half.length);
            try (exchange) {
                exchange.getResponseBody().write(half);
            }
        });
        server.start();
        Files.writeString(data.resolve("operator.key"), "drv_live_operator");
        try {
            String url = "http://127.0.0.1:" + server.getAddress().getPort();

            assertThat(execute("backup", folder.resolve("a.zip").toString(), "--url", url))
                    .isEqualTo(2);
        } finally {
            server.stop(0);
        }
        assertThat(told()).contains("no whole backup");
        assertThat(folder).isEmptyDirectory();
    }
}
