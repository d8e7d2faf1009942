package dev.drover.api.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.api.TestingApi;
import dev.drover.core.computer.TestingProcesses;
import dev.drover.testing.Waiting;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Terminals in agents' computers over a WebSocket. */
@Timeout(120)
class TerminalSocketTest {
    private static TestingApi api;

    @BeforeAll
    static void start() {
        api = new TestingApi();
        api.post("/api/agents", "{\"name\":\"box\"}");
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    private static TestingTerminal open(String agent) throws InterruptedException {
        return TestingTerminal.open(api.plane().url(), api.plane().operator(), agent);
    }

    private static TestingTerminal dial() {
        return new TestingTerminal(api.plane().url(), "");
    }

    private static String person(String name) {
        api.post("/api/settings/email-whitelist", "{\"email\":\"" + name + "@example.org\"}");
        api.plane()
                .database()
                .database()
                .jdbi()
                .useHandle(handle -> handle.execute(
                        """
                insert into app_user (id, name, role, email, created_at)
                values (gen_random_uuid(), ?, 'user', ?, now());
                insert into credential (id, hash, kind, user_id, name, prefix, scopes, created_at)
                select gen_random_uuid(), sha256(?), 'api_key', id, 'test', 'test',
                    '{agents:read,agents:write}', now()
                from app_user where name = ?
                """, name, name + "@example.org", (name + "-secret").getBytes(StandardCharsets.UTF_8), name));
        return name + "-secret";
    }

    @Test
    void typesAndPrintsOnARealTerminal() throws Exception {
        try (TestingTerminal terminal = open("box")) {
            terminal.type("echo h$((40 + 2))o; tty; echo $TERM\n");
            assertThat(terminal.until("xterm-256color")).contains("h42o", "/dev/pts/");
            terminal.type("exit 7\n");
            JsonNode end = terminal.nextWord();
            assertThat(end.path("type").asText()).isEqualTo("exit");
            assertThat(end.path("code").asInt()).isEqualTo(7);
            assertThat(terminal.closeCode()).isEqualTo(1000);
        }
        assertThat(audited("box")).contains("agent.terminal");
    }

    private static String audited(String agent) {
        String id = api.get("/api/agents/" + agent).text("id");
        return api.plane()
                .database()
                .database()
                .jdbi()
                .withHandle(handle -> handle.createQuery("select string_agg(action, ' ') from audit where target = ?")
                        .bind(0, id)
                        .mapTo(String.class)
                        .one());
    }

    @Test
    void hasTheSizeThatItsReaderHas() throws Exception {
        try (TestingTerminal terminal = dial()) {
            terminal.say(TestingTerminal.message("open")
                    .put("token", api.plane().operator())
                    .put("agent", api.get("/api/agents/box").text("id"))
                    .put("cols", 101)
                    .put("rows", 31));
            terminal.type("stty size\n");
            terminal.until("31 101");
            terminal.say(TestingTerminal.message("resize").put("cols", 77).put("rows", 11));
            terminal.type("stty size\n");
            terminal.until("11 77");
        }
    }

    @Test
    void replacesWhatIsNoText() throws Exception {
        try (TestingTerminal terminal = open("box")) {
            terminal.type(
                    "printf 'a\\377b\\342\\202\\254c'; echo; printf '\\342\\202'; sleep 0.2; printf '\\254d\\n'\n");
            assertThat(terminal.until("€d")).contains("a\uFFFDb€c");
        }
    }

    @Test
    void isClosedToStrangersAndToWhomAnAgentIsOnlyShared() throws Exception {
        String stranger = person("stranger");
        try (TestingTerminal terminal = dial()) {
            terminal.begin(stranger, "box");
            assertThat(terminal.nextWord().path("message").asText())
                    .isEqualTo("There is no agent 'box' that you may use");
            assertThat(terminal.closeCode()).isEqualTo(4000);
        }
        api.post("/api/agents/box/share", "{\"email\":\"stranger@example.org\"}");
        try (TestingTerminal terminal = dial()) {
            terminal.begin(stranger, "box");
            assertThat(terminal.nextWord().path("message").asText()).isEqualTo("Owner access required");
            assertThat(terminal.closeCode()).isEqualTo(4000);
        }
    }

    @Test
    void refusesWrongCredentialsAndThoseInAddresses() throws Exception {
        try (TestingTerminal terminal = dial()) {
            terminal.begin("nonsense", "box");
            assertThat(terminal.nextWord().path("message").asText()).isEqualTo("Could not validate credentials");
            assertThat(terminal.closeCode()).isEqualTo(4001);
        }
        try (TestingTerminal terminal = dial()) {
            terminal.say("{\"type\":\"input\",\"data\":\"id\"}");
            assertThat(terminal.closeCode()).isEqualTo(4000);
        }
        try (TestingTerminal terminal = dial()) {
            assertThat(terminal.closeCode()).isEqualTo(4001);
        }
        assertThatThrownBy(() -> new TestingTerminal(
                        api.plane().url(), "?token=" + api.plane().operator()))
                .cause()
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class,
                        refusal ->
                                assertThat(refusal.getResponse().statusCode()).isEqualTo(400));
    }

    @Test
    void endsWithItsCredential() throws Exception {
        String token = person("leaver");
        api.send(api.as(token, "/api/agents").POST(BodyPublishers.ofString("{\"name\":\"left\"}")));
        try (TestingTerminal terminal = TestingTerminal.open(api.plane().url(), token, "left")) {
            terminal.type("echo rea''dy\n");
            terminal.until("ready");
            api.plane()
                    .database()
                    .database()
                    .jdbi()
                    .useHandle(handle -> handle.execute(
                            "update credential set revoked_at = now() where hash = sha256(?)",
                            "leaver-secret".getBytes(StandardCharsets.UTF_8)));
            assertThat(terminal.closeCode()).isEqualTo(4001);
        }
    }

    @Test
    void holdsAFastProgramBackUntilItsReaderIsReady() throws Exception {
        try (TestingTerminal terminal = open("box")) {
            terminal.type("echo rea''dy\n");
            terminal.until("ready");
            terminal.stopReading();
            terminal.type("yes\n");
            Thread.sleep(2_000);
            assertThat(terminal.waiting()).isLessThan(200_000);
            terminal.readOn();
            terminal.until("y\r\ny\r\n");
            terminal.type("\u0003");
            terminal.clear();
            terminal.type("echo st''ill\n");
            terminal.until("still");
        }
    }

    @Test
    void isNoFurtherAheadThanItsReaderAllows() throws Exception {
        try (TestingTerminal terminal = dial()) {
            terminal.say(TestingTerminal.message("open")
                    .put("token", api.plane().operator())
                    .put("agent", "box")
                    .put("ahead", 200_000));
            terminal.type("yes\n");
            Waiting.until(() -> terminal.waiting() > 100_000);
            Thread.sleep(1_000);
            assertThat(terminal.waiting()).isLessThanOrEqualTo(200_000);
            long before = terminal.waiting();
            terminal.say(TestingTerminal.message("taken").put("characters", 150_000));
            Waiting.until(() -> terminal.waiting() > before + 50_000);
            assertThat(terminal.waiting()).isLessThanOrEqualTo(350_000);
        }
    }

    @Test
    void endsWhatWasStartedWhenTheSocketEnds() throws Exception {
        try (TestingTerminal terminal = open("box")) {
            terminal.type("sleep 4711.25\n");
            Waiting.until(() -> !TestingProcesses.withArgument("4711.25").isEmpty());
            terminal.hangUp();
        }
        Waiting.until(() -> TestingProcesses.withArgument("4711.25").isEmpty());
    }

    @Test
    void endsWhenTheAgentIsStopped() throws Exception {
        api.post("/api/agents", "{\"name\":\"brief\"}");
        try (TestingTerminal terminal = open("brief")) {
            terminal.type("echo be''gun\n");
            terminal.until("begun");
            api.post("/api/agents/brief/stop", "");
            assertThat(terminal.nextWord().path("type").asText()).isEqualTo("exit");
            assertThat(terminal.closeCode()).isEqualTo(1000);
        }
        try (TestingTerminal terminal = dial()) {
            terminal.begin(api.plane().operator(), "brief");
            assertThat(terminal.nextWord().path("message").asText()).isEqualTo("Agent is not running");
        }
    }

    @Test
    void endsWhenTheServerStops() throws Exception {
        try (TestingApi own = new TestingApi()) {
            own.post("/api/agents", "{\"name\":\"last\"}");
            try (TestingTerminal terminal =
                    TestingTerminal.open(own.plane().url(), own.plane().operator(), "last")) {
                terminal.type("sleep 4711.75\n");
                Waiting.until(() -> !TestingProcesses.withArgument("4711.75").isEmpty());
                own.plane().restart();
                assertThat(terminal.closeCode()).isEqualTo(1001);
                Waiting.until(() -> TestingProcesses.withArgument("4711.75").isEmpty());
            }
        }
    }

    @Test
    void reachesTheComputerOfARunThatIsUnderWay() throws Exception {
        String id = api.post("/api/v1/agents", "{\"task\":\"$ mkdir -p sub; echo hello > sub/made.txt; sleep 60\"}")
                .text("agent_id");
        String files = "/api/v1/agents/" + id + "/files";
        api.await(files + "?path=sub", folder -> folder.path("entries").size() == 1);
        try (TestingTerminal terminal = open(id)) {
            terminal.type("cat sub/made.txt\n");
            terminal.until("hello");
            assertThat(api.get(files).json().at("/entries/0/name").asText()).isEqualTo("sub");
            assertThat(api.get(files + "/content?path=sub/made.txt").body()).isEqualTo("hello\n");
            assertThat(api.get(files + "/content?path=sub/none").status()).isEqualTo(404);
            assertThat(api.get(files + "/content?path=../../x").status()).isEqualTo(403);
            assertThat(api.get(files + "/content?path=sub").status()).isEqualTo(400);
            assertThat(api.send(api.as(person("nosy"), files)).status()).isEqualTo(404);
            api.delete("/api/v1/agents/" + id);
            assertThat(terminal.nextWord().path("type").asText()).isEqualTo("exit");
        }
        api.await("/api/v1/agents/" + id, agent -> agent.path("status").asText().equals("stopped"));
        assertThat(api.get(files).status()).isEqualTo(409);
        try (TestingTerminal terminal = dial()) {
            terminal.begin(api.plane().operator(), id);
            assertThat(terminal.nextWord().path("message").asText()).contains("until its run is over");
        }
    }

    @Test
    void takesFilesWhateverTheirBytes() {
        byte[] bytes = {0, -1, 10, 13, 77};
        String files = "/api/v1/agents/box/files/content?path=";
        var put = BodyPublishers.ofByteArray(bytes);
        assertThat(api.send(api.as(files + "new/raw.bin").PUT(put))
                        .json()
                        .path("size")
                        .asInt())
                .isEqualTo(5);
        assertThat(api.post("/api/agents/box/exec", "{\"command\":\"od -An -tu1 new/raw.bin\"}")
                        .text("stdout"))
                .contains("0 255  10  13  77");
        assertThat(api.send(api.as(files + ".env").PUT(put)).status()).isEqualTo(400);
        assertThat(api.send(api.as(files + "../raw.bin").PUT(put)).status()).isEqualTo(403);
    }

    @Test
    void looksPastHostileNamesAndLinks() {
        api.post("/api/agents", "{\"name\":\"odd\"}");
        api.post("/api/agents/odd/exec", """
                {"command": "echo x > '<img src=x onerror=alert(1)>'; ln -s /etc/passwd out; ln -s . round; \
                mkdir in; ln -s in folder"}""");
        JsonNode names = api.get("/api/v1/agents/odd/files").json().path("entries");
        assertThat(names.findValuesAsText("name"))
                .contains("<img src=x onerror=alert(1)>", "in", "folder")
                .doesNotContain("out");
        assertThat(api.get("/api/v1/agents/odd/files/content?path=out").status())
                .isEqualTo(403);
        assertThat(api.get("/api/v1/agents/odd/files?path=%00").status()).isIn(400, 403);
    }
}
