package dev.drover.api.trinity;

import static dev.drover.api.trinity.TestingHouse.AGENTS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.testing.Waiting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What holds of computers that have walls (contract, section 15). Told elsewhere of row 29: SSH, by
 * {@link TrinityReadOnlySshTest}, and more ways to write, by {@code KeptComputersContract}, which has row 25 too.
 */
@Timeout(120)
class TrinityRequirementsOfMachinesTest {
    private static final Map<String, String> SECRETS = Map.of(
            "OPENAI_API_KEY", "planted-of-the-vendor-1",
            "DROVER_ADMIN_PASSWORD", "planted-password-2",
            "SECRET_KEY", "planted-key-of-tokens-3-which-is-long-enough-for-it",
            "CREDENTIAL_ENCRYPTION_KEY", "cd".repeat(32));

    private static TestingHouse house;

    @BeforeAll
    static void start() {
        house = TestingHouse.walled(SECRETS);
    }

    @AfterAll
    static void stop() {
        if (house != null) {
            house.close();
        }
    }

    /** How long the slowest of some requests for these paths took. */
    private static Duration slowest(List<String> paths) {
        Duration slowest = Duration.ZERO;
        for (String path : paths) {
            long begun = System.nanoTime();
            assertThat(house.api().get(path).status()).as(path).isIn(200, 404);
            Duration took = Duration.ofNanos(System.nanoTime() - begun);
            slowest = took.compareTo(slowest) > 0 ? took : slowest;
        }
        return slowest;
    }

    /** What must answer while a computer is frozen. */
    private static List<String> paths() {
        List<String> paths = new ArrayList<>(List.of(
                "/health",
                "/api/agents",
                "/api/agents/autonomy-status",
                "/api/agents/slots",
                "/api/agents/context-stats",
                "/api/agents/execution-stats",
                "/api/tags",
                "/api/v1/agents"));
        for (String below : List.of(
                "",
                "/info",
                "/logs",
                "/files",
                "/stats",
                "/read-only",
                "/credentials/status",
                "/folders",
                "/resources",
                "/schedules",
                "/executions",
                "/capacity",
                "/metrics")) {
            paths.add(AGENTS + "lively" + below);
        }
        for (String below : List.of("", "/logs", "/files", "/timeout", "/schedules")) {
            paths.add(AGENTS + "frozen" + below);
        }
        return paths;
    }

    /** Row 7, and of row 6 that a frozen computer delays no list. */
    @Test
    void aFrozenComputerDelaysNobody() throws Exception {
        JsonNode frozen = house.create("frozen");
        house.create("lively");
        List<String> paths = paths();
        slowest(paths);
        List<ProcessHandle> processes = house.processes(frozen);
        assertThat(processes).isNotEmpty();
        house.signal("STOP", processes);
        try {
            CompletableFuture<JsonNode> stuck =
                    CompletableFuture.supplyAsync(() -> house.exec("frozen", "echo thawed", ""));

            assertThat(slowest(paths)).isLessThan(Duration.ofSeconds(1));
            assertThat(house.out("lively", "echo alive")).isEqualTo("alive");
            assertThat(house.task("lively", "call shell_run {\"command\":\"echo well\"}"))
                    .contains("well");
            assertThat(house.post("lively/stop", "").status()).isEqualTo(200);
            assertThat(house.post("lively/start", "").status()).isEqualTo(200);
            house.create("latecomer");
            assertThat(stuck).isNotDone();
            house.signal("CONT", processes);
            assertThat(stuck.join().path("stdout").asText()).isEqualTo("thawed\n");
        } finally {
            house.signal("CONT", processes);
        }
    }

    /** Row 12. */
    @Test
    void aRenameStopsNothing() throws Exception {
        JsonNode agent = house.create("former");
        try (TestingSocket socket = new TestingSocket(
                house.plane().url(), "/ws?token=" + house.plane().operator())) {
            String process = house.out("former", "echo kept > file; setsid sleep 5000 > /dev/null 2>&1 & echo $!");

            assertThat(house.put("former/rename", "{\"new_name\":\"latter\"}").status())
                    .isEqualTo(200);

            assertThat(house.out("latter", "cat file; kill -0 " + process + " && echo alive"))
                    .isEqualTo("kept\nalive");
            JsonNode after = house.get("latter").json();
            for (String same : List.of("id", "port", "container_id", "created", "status")) {
                assertThat(after.path(same)).as(same).isEqualTo(agent.path(same));
            }
            assertThat(house.get("latter/logs").text("logs")).contains("started");
            List<String> events = socket.untilPong("{\"type\":\"ping\"}", "{\"type\":\"pong\"}");
            assertThat(events).anyMatch(event -> event.contains("agent_renamed"));
            assertThat(events).noneMatch(event -> event.contains("agent_stopped"));
        }
    }

    /** Row 20. */
    @Test
    void noSecretOfTheServerIsInsideAComputer() throws Exception {
        house.create("searcher");
        List<String> secrets = new ArrayList<>(SECRETS.values());
        secrets.add(house.plane().operator());
        secrets.add(house.plane().database().settingsUrl());
        try (Stream<Path> files = Files.list(house.plane().data())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (Files.size(file) < 200) {
                    secrets.add(Files.readString(file).strip());
                }
            }
        }
        secrets.removeIf(secret -> secret.length() < 16);
        secrets.add("a canary that is there");
        String search = "echo 'a canary that is there' > canary; grep -rlFasf - /proc/[0-9]*/environ"
                + " /proc/[0-9]*/cmdline /home /tmp /etc /run /var /root /config /generated-creds /template";

        String found = house.exec("searcher", search, String.join("\n", secrets))
                .path("stdout")
                .asText();

        // The command itself says where the canary is.
        assertThat(found.lines()).filteredOn(file -> !file.endsWith("cmdline")).contains("/home/developer/canary");
        assertThat(found.lines()
                        .map(file -> file.replaceAll("^/proc/.*/cmdline$", "itself"))
                        .distinct())
                .isSubsetOf("/home/developer/canary", "itself");
        assertThat(house.out("searcher", "env")).doesNotContain("planted", "DROVER_", "PASSWORD", "OPENAI", "SECRET");
        assertThat(house.get("searcher/logs?tail=-1").body()).doesNotContain("planted");
    }

    /** Row 21. */
    @Test
    void agentsAreApart() throws Exception {
        JsonNode one = house.create("one");
        house.create("other");
        assertThat(house.succeeds("one", "echo mine > only-of-one")).isTrue();
        String serve = "(perl -MIO::Socket::INET -e '$|=1; $s=IO::Socket::INET->new(LocalAddr=>\"127.0.0.1\","
                + "LocalPort=>47611,Listen=>1,ReuseAddr=>1) or die; print \"up\\n\"; $s->accept'"
                + " > port 2>&1 &); for i in $(seq 100); do grep -q . port && break; sleep 0.05; done; cat port";
        assertThat(house.out("one", serve)).isEqualTo("up");

        assertThat(house.out("other", "find / -name only-of-one 2>/dev/null; ls -A /home"))
                .isEqualTo("developer");
        for (String attempt : List.of(
                "perl -MIO::Socket::INET -e 'exit !IO::Socket::INET->new(PeerAddr=>\"127.0.0.1:47611\")'",
                "ls " + house.home(one),
                "ls " + house.plane().data(),
                "test -S /var/run/docker.sock",
                "test -S /run/containerd/containerd.sock",
                "touch /usr/x",
                "touch /etc/x",
                "kill -0 " + house.processes(one).getFirst().pid(),
                "mount -t tmpfs none /mnt",
                "chroot / true",
                "mknod disk b 8 0",
                "test $(id -u) = 0")) {
            assertThat(house.succeeds("other", attempt)).as(attempt).isFalse();
        }
        assertThat(house.out("other", "grep -E 'CapEff|NoNewPrivs' /proc/self/status | tr -s '\\t\\n' ' '"))
                .isEqualTo("CapEff: 0000000000000000 NoNewPrivs: 1");
    }

    /** Row 23. */
    @Test
    void whatIsSetTakesEffectInside() {
        house.create(
                "set",
                ",\"custom_instructions\":\"Speak like a pirate.\",\"tools\":[\"shell_run\"],"
                        + "\"resources\":{\"cpu\":\"1\",\"memory\":\"96m\"}");

        assertThat(house.task("set", "call shell_run {\"command\":\"echo $AGENT_NAME\"}"))
                .contains("set");
        assertThat(house.model().asked())
                .filteredOn(asked -> asked.system().contains("pirate"))
                .hasSize(2)
                .allSatisfy(asked -> assertThat(asked.tools()).isNotEmpty().allMatch(tool -> tool.contains("shell")));
        String takes = "perl -e '$x = \"x\" x (%d << 20); print \"has it\"'";
        assertThat(house.out("set", takes.formatted(10))).isEqualTo("has it");
        assertThat(house.out("set", takes.formatted(300))).isNotEqualTo("has it");
        assertThat(house.get("set/stats").json().path("memory_limit_bytes").asLong())
                .isEqualTo(96 << 20);
        assertThat(house.get("set/resources").json().path("enforced").asBoolean())
                .isTrue();
    }

    /** Rows 23 and 25: two loops have one core together, where they are allowed one. */
    @Test
    void busyLoopsAreSeenAndHeldToTheirCore() throws Exception {
        house.create("loops", ",\"resources\":{\"cpu\":\"1\"}");
        assertThat(house.succeeds("loops", "for i in 1 2; do (while :; do :; done) > /dev/null 2>&1 & done"))
                .isTrue();
        Waiting.until(() -> cpuPercent("loops") >= 10);
        List<Double> seen = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            seen.add(cpuPercent("loops"));
        }
        house.post("loops/stop", "");

        // Others may use this machine meanwhile, and quotas are given in slices: the middle one counts.
        assertThat(seen.stream().sorted().toList().get(2)).isLessThanOrEqualTo(125.0);
    }

    private static double cpuPercent(String name) {
        return house.get(name + "/stats").json().path("cpu_percent").asDouble();
    }

    /** Row 29. */
    @Test
    void nothingInsideWritesWhatIsReadOnly() {
        house.create("strict");
        house.out("strict", "echo one > main.py; mkdir -p output src; echo one > src/a.py");
        assertThat(house.put("strict/read-only", "{\"enabled\":true}")
                        .json()
                        .path("hooks_injected")
                        .asBoolean())
                .isTrue();

        for (String attempt : List.of(
                "echo two > main.py",
                "mv main.py other.py",
                "mv main.py output/main.py",
                "rm -f main.py",
                "rm -rf src",
                "sed -i s/one/two/ main.py",
                "ln -sf x main.py",
                "touch new.py",
                "perl -e 'open F, \">>\", \"main.py\" or exit 1'")) {
            assertThat(house.succeeds("strict", attempt)).as(attempt).isFalse();
            assertThat(house.task(
                            "strict",
                            "call shell_run {\"command\":\"("
                                    + attempt.replace("\\", "\\\\").replace("\"", "\\\"") + ") && echo was-done\"}"))
                    .as(attempt)
                    .doesNotContain("It said: was-done", "\nwas-done");
        }
        house.task("strict", "call files_write {\"path\":\"main.py\",\"content\":\"two\"}");
        house.task("strict", "call files_delete {\"path\":\"main.py\"}");
        house.task("strict", "call files_write {\"path\":\"output/by-tool\",\"content\":\"fine\"}");
        assertThat(house.out("strict", "cat main.py src/a.py; echo two > output/b; cat output/b output/by-tool"))
                .isEqualTo("one\none\ntwo\nfine");
        house.put("strict/read-only", "{\"enabled\":false}");
        assertThat(house.out("strict", "echo two > main.py; cat main.py")).isEqualTo("two");
    }

    /** Row 32: what is full is told as what it is, and does no harm. */
    @Test
    void aFullTemporaryFolderIsToldInClearWords() {
        house.create("full", ",\"resources\":{\"memory\":\"512m\"}");
        JsonNode answer = house.exec("full", "head -c 2000000000 /dev/zero > /tmp/big", "");

        assertThat(answer.path("exit_code").asInt()).isNotZero();
        assertThat(answer.path("stderr").asText()).contains("No space left on device");
        assertThat(house.out("full", "rm /tmp/big; echo fine")).isEqualTo("fine");
    }

    /** Row 35. */
    @Test
    void theDeathOfAComputerIsSeen() throws Exception {
        JsonNode agent = house.create("mortal");
        try (TestingSocket all = new TestingSocket(
                        house.plane().url(), "/ws?token=" + house.plane().operator());
                TestingSocket events = new TestingSocket(
                        house.plane().url(), "/ws/events?token=" + house.plane().operator())) {
            events.next();
            long begun = System.nanoTime();
            house.processes(agent).forEach(ProcessHandle::destroyForcibly);

            String stopped = "{\"event\":\"agent_stopped\",\"type\":\"agent_stopped\",\"name\":\"mortal\","
                    + "\"data\":{\"name\":\"mortal\",\"reason\":\"exited\"}}";
            assertThat(all.next()).isEqualTo(stopped);
            assertThat(events.next()).isEqualTo(stopped);
            assertThat(house.status("mortal")).isEqualTo("exited");
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
        }
        assertThat(house.post("mortal/start", "").status()).isEqualTo(200);
        assertThat(house.out("mortal", "echo again")).isEqualTo("again");
    }

    /** Bombs in one computer, and everybody else goes on. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "perl -e 'push @x, \"x\" x 1048576 while 1'",
                "bomb() { bomb | bomb & }; bomb; sleep 3",
                "while :; do head -c 50000000 /dev/zero | tail -c 1 & done"
            })
    void bombsInOneComputerHarmNoOtherAndNotTheServer(String bomb) throws Exception {
        String name = "bomb-" + bomb.length();
        house.create(name, ",\"resources\":{\"cpu\":\"1\",\"memory\":\"256m\"}");
        CompletableFuture<Integer> blast = CompletableFuture.supplyAsync(() -> house.post(
                        name + "/exec", "{\"timeout_seconds\":3,\"command\":\"" + bomb.replace("\"", "\\\"") + "\"}")
                .status());
        Duration slowest = Duration.ZERO;
        int asked = 0;
        while (!blast.isDone() || asked < 50) {
            Duration took = slowest(List.of("/health"));
            slowest = took.compareTo(slowest) > 0 ? took : slowest;
            asked++;
            Thread.sleep(10);
        }

        assertThat(slowest).as(asked + " requests").isLessThan(Duration.ofSeconds(2));
        assertThat(blast.join()).isLessThan(500);
        assertThat(house.post(name + "/stop", "").status()).isEqualTo(200);
        assertThat(house.post(name + "/start", "").status()).isEqualTo(200);
        assertThat(house.out(name, "echo fine")).isEqualTo("fine");
        Waiting.until(() -> house.status(name).equals("running"));
    }
}
