package dev.drover;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drover.api.TestingApi;
import dev.drover.core.backup.BackupFile;
import dev.drover.testing.TestingAgents;
import dev.drover.testing.TestingDatabase;
import dev.drover.testing.TestingFolders;
import dev.drover.testing.TestingPlane;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * This server over what an earlier one left when it was killed with a run under way: {@code upgrade/V038.backup}, and
 * what that server had answered shortly before, in {@code upgrade/V038.answers.json}.
 */
final class UpgradeTest {
    private static final Path RESOURCES = Path.of("src/test/resources/upgrade");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What the use of things changes, and deliveries that are tried again. */
    private static final Set<String> MOVING = Set.of("last_used_at", "failing_since", "updated_at");

    private static TestingDatabase database;
    private static TestingPlane plane;
    private static TestingApi api;
    private static List<String> tablesBefore;
    private static Map<String, String> eventsBefore;

    @BeforeAll
    static void restore() {
        database = TestingDatabase.blank();
        Path data = TestingFolders.create();
        TestingFolders.delete(data);
        try (BackupFile backup = BackupFile.open(RESOURCES.resolve("V038.backup"))) {
            Restoring.restore(data, new Settings.Secret(database.settingsUrl()), backup, false);
        }
        tablesBefore = schema();
        eventsBefore = events();
        plane = TestingPlane.over(database, data, Map.of("DROVER_MODEL", "offline", "DROVER_ADMIN_PASSWORD", ""));
        api = new TestingApi(plane);
    }

    @AfterAll
    static void close() {
        plane.close();
    }

    private static List<String> schema() {
        return database.database()
                .jdbi()
                .withHandle(handle -> handle.createQuery("select version from flyway_schema_history order by 1")
                        .mapTo(String.class)
                        .list());
    }

    private static Map<String, String> events() {
        return database.database().jdbi().withHandle(handle -> {
            Map<String, String> events = new TreeMap<>();
            handle.createQuery("select run_id || ' ' || seq, concat_ws('|', step, at, kind, label, payload)"
                            + " from run_event")
                    .map((row, _) -> events.put(row.getString(1), row.getString(2)))
                    .list();
            return events;
        });
    }

    static Stream<Map.Entry<String, String>> answers() throws IOException {
        return JSON
                .readValue(RESOURCES.resolve("V038.answers.json").toFile(), new TypeReference<Map<String, String>>() {})
                .entrySet()
                .stream();
    }

    @Test
    void theServerBroughtTheDatabaseToItsOwnSchema() {
        assertThat(tablesBefore).last().isEqualTo("038");
        assertThat(schema()).containsAll(tablesBefore).hasSizeGreaterThanOrEqualTo(tablesBefore.size());
    }

    @Test
    void everyEventIsAsItWasByteForByte() {
        assertThat(eventsBefore).hasSizeGreaterThan(40);
        assertThat(events()).containsAllEntriesOf(eventsBefore);
    }

    @ParameterizedTest
    @MethodSource("answers")
    void answersAsTheEarlierServerDid(Map.Entry<String, String> earlier) throws IOException {
        TestingApi.Reply reply = api.get(earlier.getKey());

        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        if (earlier.getValue().startsWith("{") || earlier.getValue().startsWith("[")) {
            assertKept(JSON.readTree(earlier.getValue()), reply.json(), earlier.getKey());
        } else {
            assertThat(reply.body()).isEqualTo(earlier.getValue());
        }
    }

    /** What was told is told still; a later server may tell more. */
    private static void assertKept(JsonNode before, JsonNode now, String where) {
        if (before.isObject()) {
            before.properties().stream()
                    .filter(field -> !MOVING.contains(field.getKey()))
                    .forEach(field ->
                            assertKept(field.getValue(), now.path(field.getKey()), where + " " + field.getKey()));
        } else if (before.isArray()) {
            assertThat(now).as(where).hasSameSizeAs(before);
            for (int i = 0; i < before.size(); i++) {
                assertKept(before.get(i), now.path(i), where + " " + i);
            }
        } else {
            assertThat(now).as(where).isEqualTo(before);
        }
    }

    @Test
    void peopleComeInWithTheirPasswordsAndKeys() {
        HttpRequest.Builder login = api.to("/token")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("username=admin&password=a%20password%20for%20tests"));
        assertThat(api.send(login).status()).isEqualTo(200);
        assertThat(api.send(api.as("drv_live_2hqijiWQI8eeDgONxk1p7Fmzrew3pJcQ", "/api/v1/agents"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void secretsOpen() {
        TestingAgents agents = TestingAgents.of(plane);
        String agent = agents.spawn("$ echo ${#GREETING}", Map.of("secrets", List.of("GREETING")));

        assertThat(agents.finished(agent).path("final_result").asText())
                .isEqualTo("s3cret-of-old-times".length() + "\n");
    }

    @Test
    void theRunThatWasUnderWayGoesOn() {
        TestingAgents agents = TestingAgents.of(plane);
        String flight = StreamSupport.stream(
                        api.get("/api/v1/agents?limit=50").json().path("data").spliterator(), false)
                .filter(agent -> agent.path("name").asText().equals("In flight"))
                .map(agent -> agent.path("agent_id").asText())
                .findFirst()
                .orElseThrow();

        JsonNode ended = agents.finished(flight);

        assertThat(ended.path("status").asText()).isEqualTo("completed");
        assertThat(ended.path("final_result").asText()).isEqualTo("begun\n");
        assertThat(ended.path("progress").toString()).contains("Resumed after the server was interrupted");
    }

    @Test
    void homesAreWhatAgentsLeftThere() throws IOException {
        Path home = plane.data().resolve("computers/" + keeper() + "/workspace");

        assertThat(home.resolve("note.txt")).hasContent("kept");
        assertThat(Files.readSymbolicLink(home.resolve("sub/link"))).isEqualTo(Path.of("../note.txt"));
    }

    private static String keeper() {
        return api.get("/api/agents/keeper").text("id");
    }
}
