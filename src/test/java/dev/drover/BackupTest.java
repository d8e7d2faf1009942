package dev.drover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.core.StartFailure;
import dev.drover.core.backup.BackupFile;
import dev.drover.testing.TestingAgents;
import dev.drover.testing.TestingDatabase;
import dev.drover.testing.TestingFolders;
import dev.drover.testing.TestingPlane;
import dev.drover.testing.TestingTables;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole server, backed up and brought back beside itself. */
final class BackupTest {
    private static final int RUNS = 8;
    private static final int STEPS = 15;

    private final TestingPlane original = TestingPlane.start(Map.of("DROVER_MODEL", "offline", "DROVER_ROOT_KEY", ""));
    private final TestingDatabase elsewhere = TestingDatabase.blank();
    private final Path data = TestingFolders.create();

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        original.close();
        TestingFolders.delete(data);
        elsewhere.close();
    }

    private Path download() throws IOException, InterruptedException {
        Path file = folder.resolve("running.zip");
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<Path> answer =
                    http.send(original.request("/api/v1/backup").build(), BodyHandlers.ofFile(file));
            assertThat(answer.statusCode()).isEqualTo(200);
        }
        return file;
    }

    private void restore(Path file) {
        try (BackupFile backup = BackupFile.open(file)) {
            Restoring.restore(data, new Settings.Secret(elsewhere.settingsUrl()), backup, true);
        }
    }

    private static Map<String, String> events(TestingDatabase database) {
        return database.database().jdbi().withHandle(handle -> {
            Map<String, String> events = new TreeMap<>();
            handle.createQuery("select run_id || ' ' || lpad(seq::text, 6, '0'),"
                            + " concat_ws('|', step, at, kind, label, payload) from run_event")
                    .map((row, _) -> events.put(row.getString(1), row.getString(2)))
                    .list();
            return events;
        });
    }

    private static int count(TestingDatabase database, String sql) {
        return database.database()
                .jdbi()
                .withHandle(
                        handle -> handle.createQuery(sql).mapTo(Integer.class).one());
    }

    /** Eight runs write while it is taken; what comes back is a beginning of every log, from which they all go on. */
    @Test
    void takenUnderLoadItIsOfOneMomentAndRunsGoOnFromIt() throws Exception {
        TestingAgents agents = TestingAgents.of(original);
        String task = IntStream.rangeClosed(1, STEPS)
                .mapToObj(step -> "$ echo " + step + " >> done.txt; wc -l < done.txt")
                .collect(Collectors.joining("\n"));
        List<String> ids =
                IntStream.range(0, RUNS).mapToObj(_ -> agents.spawn(task)).toList();
        ids.forEach(id -> agents.awaitEvent(id, "tool_result"));

        Path file = download();
        ids.forEach(agents::finished);
        restore(file);

        Map<String, String> taken = events(elsewhere);
        assertThat(taken).isNotEmpty();
        assertThat(events(original.database())).containsAllEntriesOf(taken).hasSizeGreaterThan(taken.size());
        assertThat(count(
                        elsewhere,
                        "select count(*) from run_event e where not exists"
                                + " (select from run r where r.id = e.run_id)"))
                .isZero();
        assertThat(count(
                        elsewhere,
                        "select count(*) from (select run_id, count(*) n, max(seq) last from run_event"
                                + " group by 1) each where n <> last"))
                .isZero();
        assertThat(count(
                        elsewhere,
                        "select count(*) from run r where (r.ended_at is not null) <> exists"
                                + " (select from run_event e where e.run_id = r.id and e.kind = 'completed')"))
                .isZero();
        assertThat(count(elsewhere, "select count(*) from run where ended_at is null"))
                .isPositive();
        goOn(ids);
    }

    private void goOn(List<String> ids) {
        Map<String, String> offline = Map.of("DROVER_MODEL", "offline");
        TestingPlane restored = TestingPlane.over(elsewhere, data, offline);
        try {
            TestingAgents agents = TestingAgents.of(restored);
            for (String id : ids) {
                JsonNode ended = agents.finished(id);
                assertThat(ended.path("status").asText()).as(ended.toString()).isEqualTo("completed");
                agents.assertWhole(id);
            }
        } finally {
            restored.stop();
        }
    }

    @Test
    void takenWhileNoServerRunsItIsTheSameInEveryTable() throws IOException {
        TestingAgents agents = TestingAgents.of(original);
        agents.destroyed(agents.spawn("$ echo one"));
        original.stop();
        Path file = folder.resolve("stopped.zip");
        try (OutputStream out = Files.newOutputStream(file)) {
            BackupRoom.write(Settings.read(Map.of(), original.environment()), out);
        }

        restore(file);

        assertThat(TestingTables.of(elsewhere)).isEqualTo(TestingTables.of(original.database()));
        assertThat(data.resolve("operator.key"))
                .hasSameBinaryContentAs(original.data().resolve("operator.key"));
        assertThat(data.resolve("root.key"))
                .hasSameBinaryContentAs(original.data().resolve("root.key"));
        assertThat(data.resolve("installation.id"))
                .hasSameBinaryContentAs(original.data().resolve("installation.id"));
        assertThat(data.resolve("restore.unfinished")).doesNotExist();
    }

    @Test
    void isForAdministratorsWithEveryRightAlone() {
        String key = original.post("/api/v1/keys", "{\"name\":\"few\",\"scopes\":[\"agents:read\",\"keys:manage\"]}")
                .body()
                .replaceFirst("(?s).*\"secret\":\"([^\"]+)\".*", "$1");
        var request = HttpRequest.newBuilder(original.url().resolve("/api/v1/backup"));

        assertThat(original.send(request.copy().header("Authorization", "Bearer " + key))
                        .statusCode())
                .isEqualTo(403);
        assertThat(original.send(request).statusCode()).isEqualTo(401);
        assertThat(original.get("/api/v1/audit?action=backup").body()).doesNotContain("backup.take");
    }

    @Test
    void goesOnlyWhereNothingIs() throws Exception {
        Path file = download();
        Files.writeString(data.resolve("mine.txt"), "x");

        assertThatThrownBy(() -> restore(file))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("is not empty, it holds mine.txt");
        Files.delete(data.resolve("mine.txt"));
        elsewhere.database().jdbi().useHandle(handle -> handle.execute("create table theirs (id int)"));
        assertThatThrownBy(() -> restore(file)).isInstanceOf(StartFailure.class).hasMessageContaining("such as theirs");
        assertThat(data).isEmptyDirectory();
    }

    @Test
    void aBrokenFileChangesNothing() throws Exception {
        Path file = download();
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 3] ^= 1;
        Files.write(file, bytes);

        assertThatThrownBy(() -> restore(file))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("no whole backup");

        assertThat(data).isEmptyDirectory();
        assertThat(count(elsewhere, "select count(*) from pg_tables where schemaname = 'public'"))
                .isZero();
    }

    @Test
    void noServerStartsOverHalfARestore() throws IOException {
        UnfinishedRestore.begin(data);

        Map<String, String> environment = new TreeMap<>(original.environment());
        environment.put("DROVER_DATA", data.toString());
        assertThatThrownBy(() -> Plane.start(Settings.read(Map.of(), environment)))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("was not finished")
                .hasMessageContaining("drover restore");
    }
}
