package dev.drover.api.trinity;

import static dev.drover.api.trinity.TestingHouse.AGENTS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.api.TestingApi.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How agents come and go (contract, section 15). Rows that are told elsewhere:
 *
 * <ul>
 *   <li>1, 2, 24: {@link TrinityAgentsApiTest}
 *   <li>6, 8: measured, see {@code docs/performance.md}
 *   <li>13, 15, 30: {@link TrinityTicksTest}, {@link TrinitySchedulesApiTest}
 *   <li>14, 17, 19: {@link TrinityRightsTest}, {@link TrinityTextsTest}
 *   <li>16: {@link TrinityTaskCrashTest}; 18: {@link TrinitySocketsTest}
 *   <li>22, in part 28: {@link TrinityAgentsApiTest}
 * </ul>
 */
@Timeout(120)
class TrinityRequirementsOfCreationTest {
    private static final String KEY = "ab".repeat(32);

    private static TestingHouse house;

    @BeforeAll
    static void start() {
        house = TestingHouse.open(Map.of("CREDENTIAL_ENCRYPTION_KEY", KEY));
    }

    @AfterAll
    static void stop() {
        house.close();
    }

    private static Set<String> homes() throws IOException {
        try (Stream<Path> folders = Files.list(house.plane().data().resolve("computers"))) {
            return new HashSet<>(folders.map(Path::toString).toList());
        }
    }

    private static List<Integer> counts() {
        return house.plane().database().database().jdbi().withHandle(handle -> {
            List<Integer> counts = new ArrayList<>();
            for (String table : List.of("agent", "machine", "credential", "machine_log", "machine_once")) {
                counts.add(handle.createQuery("select count(*) from " + table)
                        .mapTo(Integer.class)
                        .one());
            }
            return counts;
        });
    }

    /** Row 3: one step after the other fails, for those who ask for this name. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "before insert on agent",
                "before insert on machine",
                "before insert on credential",
                "before update of state on machine",
                "before insert on machine_log",
                "before update of ready on machine",
                "before insert on audit"
            })
    void aCreationThatFailsAtAnyStepOfTheBookLeavesNothing(String step) throws Exception {
        String name = step.replaceAll("\\W+", "-");
        Set<String> homes = homes();
        List<Integer> counts = counts();
        house.sql("create or replace function fail() returns trigger language plpgsql as"
                + " $$ begin raise exception 'broken for a test with hunter2'; end $$");
        house.sql("create trigger broken " + step + " for each row execute function fail()");
        try {
            Reply failed = house.wish(name, "");
            assertThat(failed.status()).as(failed.body()).isEqualTo(500);
            assertThat(failed.text("detail")).isNotEmpty().doesNotContain("hunter2", "exception", "\tat ");
        } finally {
            house.sql("drop trigger broken on " + step.substring(step.lastIndexOf(' ') + 1));
        }
        assertThat(house.get(name).status()).isEqualTo(404);
        assertThat(homes()).isEqualTo(homes);
        assertThat(counts()).isEqualTo(counts);
        house.create(name);
    }

    /** Row 3. */
    @Test
    void aComputerThatCannotBeMadeLeavesNothing() throws Exception {
        house.create("first");
        List<Integer> counts = counts();
        int port = house.create("second").path("port").intValue();
        house.api().delete(AGENTS + "second");
        Path computers = house.plane().data().resolve("computers");
        Path aside = computers.resolveSibling("aside");
        Files.move(computers, aside);
        Files.writeString(computers, "in the way");

        Reply failed = house.wish("second", "");
        Files.delete(computers);
        Files.move(aside, computers);

        assertThat(failed.status()).isEqualTo(500);
        assertThat(failed.text("detail")).startsWith("Failed to create agent: ").doesNotContain("\tat ");
        List<Integer> after = counts();
        assertThat(after.subList(1, 4)).isEqualTo(counts.subList(1, 4));
        assertThat(house.create("second").path("port").intValue()).isEqualTo(port);
    }

    /** Row 3. */
    @Test
    void aPortThatIsTakenLeavesNothing() throws Exception {
        List<Integer> counts = counts();
        Set<String> homes = homes();
        int port;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = taken.getLocalPort();
            Reply failed = house.wish("ported", ",\"port\":" + port);

            assertThat(failed.status()).isEqualTo(409);
            assertThat(failed.text("detail")).isEqualTo("Port already in use");
            assertThat(counts()).isEqualTo(counts);
            assertThat(homes()).isEqualTo(homes);
        }
        JsonNode made = house.create("ported", ",\"port\":" + port);
        assertThat(made.path("port").intValue()).isEqualTo(port);
    }

    /** Row 4. */
    @Test
    void aStartWithoutABundleIsQuickAndHonest() {
        house.create("quick");
        Duration best = Duration.ofDays(1);
        for (int i = 0; i < 5; i++) {
            house.post("quick/stop", "");
            long begun = System.nanoTime();
            JsonNode started = house.post("quick/start", "").json();
            Duration took = Duration.ofNanos(System.nanoTime() - begun);
            best = took.compareTo(best) < 0 ? took : best;

            assertThat(started.path("credentials_injection").asText()).isEqualTo("skipped");
            assertThat(started.at("/credentials_result/reason").asText()).isEqualTo("no_credentials_enc_file");
        }
        assertThat(best).isLessThan(Duration.ofSeconds(1));
    }

    /** Row 5. */
    @Test
    void aBundleOfAnotherKeyIsAFailureWithItsReasonAndTheAgentStartsAllTheSame() throws Exception {
        JsonNode agent = house.create("locked");
        String other = "{\"version\":1,\"algorithm\":\"AES-256-GCM\",\"nonce\":\"" + "A".repeat(16)
                + "\",\"ciphertext\":\"" + "A".repeat(64) + "\"}";
        Files.writeString(house.home(agent).resolve(".credentials.enc"), other);
        house.post("locked/stop", "");

        JsonNode started = house.post("locked/start", "").json();

        assertThat(started.path("message").asText()).isEqualTo("Agent locked started");
        assertThat(started.path("credentials_injection").asText()).isEqualTo("failed");
        assertThat(started.at("/credentials_result/error").asText())
                .contains("CREDENTIAL_ENCRYPTION_KEY")
                .doesNotContain(KEY);
        assertThat(house.status("locked")).isEqualTo("running");
    }

    /** Row 9. */
    @Test
    void settingsThatAreChangedAtTheSameTimeAreAllKept() throws Exception {
        house.create("busy");
        List<String> wishes = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            wishes.addAll(List.of(
                    "timeout|{\"execution_timeout_seconds\":" + (600 + i) + "}",
                    "capacity|{\"max_parallel_tasks\":7}",
                    "resources|{\"memory\":\"8g\",\"cpu\":\"1\"}",
                    "autonomy|{\"enabled\":true}"));
        }
        List<Callable<Reply>> calls = new ArrayList<>();
        for (String wish : wishes) {
            String[] parts = wish.split("\\|", 2);
            calls.add(() -> house.put("busy/" + parts[0], parts[1]));
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Reply> reply : threads.invokeAll(calls)) {
                assertThat(reply.get().status()).as(reply.get().body()).isEqualTo(200);
            }
        }
        assertThat(house.get("busy/timeout")
                        .json()
                        .path("execution_timeout_seconds")
                        .asInt())
                .isBetween(600, 603);
        assertThat(house.get("busy/capacity").json().path("max_parallel_tasks").asInt())
                .isEqualTo(7);
        assertThat(house.get("busy/resources").text("memory")).isEqualTo("8g");
        assertThat(house.get("busy/autonomy").json().path("autonomy_enabled").asBoolean())
                .isTrue();
    }

    /** Row 10. */
    @Test
    void aDeletedAgentLeavesNothing() throws Exception {
        JsonNode agent = furnished("leaves");
        house.put("leaves/rename", "{\"new_name\":\"leaver\"}");
        String id = agent.path("id").asText();

        assertThat(house.api().delete(AGENTS + "leaver").status()).isEqualTo(200);

        // What happened stays on the books: chats, manual executions, runs, and the agent that they belong to.
        assertThat(house.rows(id)).containsOnlyKeys("agent", "run", "execution", "chat_session");
        assertThat(house.home(agent).getParent()).doesNotExist();
        assertThat(house.api().get("/api/mcp/keys").body()).doesNotContain("\"leaver\"", "\"leaves\"");
        int port = agent.path("port").intValue();
        assertThat(house.create("heir", ",\"port\":" + port).path("port").intValue())
                .isEqualTo(port);
    }

    /** An agent with a little of everything that an agent can have. */
    private static JsonNode furnished(String name) {
        JsonNode agent = house.create(name);
        house.create(name + "-friend");
        for (String[] call : List.of(
                new String[] {"share", "{\"email\":\"mira@example.org\"}"},
                new String[] {"tags/red", ""},
                new String[] {"permissions/" + name + "-friend", ""},
                new String[] {"credentials/inject", "{\"files\":{\".env\":\"A=1\"}}"},
                new String[] {"credentials/export", ""},
                new String[] {"avatar/identity", "{\"prompt\":\"a bird\",\"identity_prompt\":\"a bird\"}"},
                new String[] {"chat", "{\"message\":\"hello\"}"},
                new String[] {"task", "{\"message\":\"hello\"}"},
                new String[] {"schedules", "{\"name\":\"s\",\"cron_expression\":\"0 0 1 1 *\",\"message\":\"m\"}"})) {
            Reply reply = house.post(name + "/" + call[0], call[1]);
            assertThat(reply.status()).as(call[0] + reply.body()).isIn(200, 201);
        }
        String schedule = house.get(name + "/schedules").json().at("/0/id").asText();
        assertThat(house.post(name + "/schedules/" + schedule + "/trigger", "").status())
                .isEqualTo(200);
        return agent;
    }

    /** Row 11. */
    @ParameterizedTest
    @ValueSource(strings = {"deleted", "renamed"})
    void whoeverTakesANameSeesNothingOfWhoHadIt(String how) {
        String name = "name-" + how;
        JsonNode before = furnished(name);
        if (how.equals("deleted")) {
            house.api().delete(AGENTS + name);
        } else {
            house.put(name + "/rename", "{\"new_name\":\"moved-away\"}");
        }

        JsonNode agent = house.create(name);

        assertThat(agent.path("id")).isNotEqualTo(before.path("id"));
        assertThat(house.get(name + "/files?show_hidden=true")
                        .json()
                        .path("total_files")
                        .asInt())
                .isZero();
        for (String empty : List.of("schedules", "executions", "shares", "chat/sessions", "chat/history")) {
            assertThat(house.get(name + "/" + empty).body()).as(empty).doesNotContain("hello", "mira", "\"id\"");
        }
        assertThat(house.get(name + "/tags").json().path("tags")).isEmpty();
        assertThat(house.get(name + "/permissions").body()).doesNotContain("friend");
        assertThat(house.get(name + "/logs?tail=-1").text("logs").lines()).hasSize(1);
    }
}
