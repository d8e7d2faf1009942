package dev.drover.api.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.api.TestingApi;
import dev.drover.api.TestingApi.Reply;
import dev.drover.testing.TestingAgents;
import dev.drover.testing.TestingPlane;
import dev.drover.testing.Waiting;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two servers of one database, each with a folder of its own: what one has, the other answers too. */
final class HopTest {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static TestingPlane here;
    private static TestingPlane there;
    private static TestingApi near;
    private static TestingApi far;

    @BeforeAll
    static void open() {
        there = TestingPlane.start(Map.of(
                "DROVER_MODEL",
                "offline",
                "SECRET_KEY",
                SECRET,
                "DROVER_COMPUTER_WAIT_SECONDS",
                "1",
                "DROVER_ROOT_KEY",
                "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="));
        here = there.beside();
        near = new TestingApi(here);
        far = new TestingApi(there);
        created("keeper");
    }

    @AfterAll
    static void close() {
        here.close();
        there.close();
    }

    private static String created(String name) {
        Reply made = far.post("/api/agents", "{\"name\":\"" + name + "\"}");
        assertThat(made.status()).as(made.body()).isEqualTo(200);
        return made.text("id");
    }

    private static Reply put(TestingApi api, String path, String body) {
        return api.send(api.as(path).PUT(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static HttpResponse<byte[]> bytes(HttpRequest.Builder request) {
        try {
            return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void runsCommandsInAComputerThatAnotherServerHas() {
        Reply run = near.post("/api/agents/keeper/exec", "{\"command\":\"echo $((6*7)); cat >&2\",\"stdin\":\"in\"}");

        assertThat(run.status()).as(run.body()).isEqualTo(200);
        assertThat(run.text("stdout")).isEqualTo("42\n");
        assertThat(run.text("stderr")).isEqualTo("in");
    }

    @Test
    void readsAndWritesFilesThatLieThere() {
        assertThat(put(near, "/api/agents/keeper/files?path=notes/a%20b.txt", "{\"content\":\"from afar\"}")
                        .status())
                .isEqualTo(200);
        assertThat(far.get("/api/agents/keeper/files/download?path=notes/a%20b.txt")
                        .body())
                .isEqualTo("from afar");
        assertThat(near.get("/api/agents/keeper/files/download?path=notes/a%20b.txt")
                        .body())
                .isEqualTo("from afar");
        assertThat(near.get("/api/agents/keeper/files?path=notes").body()).contains("a b.txt");
        Reply missing = near.get("/api/agents/keeper/files/download?path=nothing");
        assertThat(missing.status()).isEqualTo(404);
        assertThat(missing.json().has("detail")).isTrue();
    }

    @Test
    void passesLargeFilesOnWholeBothWays() {
        byte[] large = new byte[9 << 20];
        new Random(7).nextBytes(large);
        String path = "/api/v1/agents/keeper/files/content?path=large.bin";

        HttpResponse<byte[]> written = bytes(near.as(path)
                .header("Content-Type", "application/octet-stream")
                .PUT(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large))));
        assertThat(written.statusCode())
                .as(new String(written.body(), StandardCharsets.UTF_8))
                .isEqualTo(200);

        HttpResponse<byte[]> read = bytes(near.as(path).GET());
        assertThat(read.headers().firstValueAsLong("content-length")).hasValue(large.length);
        assertThat(Arrays.equals(read.body(), large)).isTrue();
        HttpResponse<byte[]> range =
                bytes(near.as(path).header("Range", "bytes=100-199").GET());
        assertThat(range.statusCode()).isEqualTo(206);
        assertThat(range.body()).isEqualTo(Arrays.copyOfRange(large, 100, 200));
        assertThat(bytes(near.as(path).method("HEAD", HttpRequest.BodyPublishers.noBody()))
                        .headers()
                        .firstValueAsLong("content-length"))
                .hasValue(large.length);
    }

    @Test
    void refusesABodyOverTheLimitBeforeItIsSentOn() {
        byte[] tooLarge = new byte[11 << 20];
        HttpResponse<byte[]> refused = bytes(near.as("/api/v1/agents/keeper/files/content?path=big")
                .PUT(HttpRequest.BodyPublishers.ofByteArray(tooLarge)));
        assertThat(refused.statusCode()).isEqualTo(413);
    }

    @Test
    void typesIntoATerminalThere() throws InterruptedException {
        try (TestingTerminal terminal = TestingTerminal.open(here.url(), here.operator(), "keeper")) {
            terminal.type("echo far-$((40+2)); exit 3\r");
            terminal.until("far-42");
            JsonNode exit = terminal.nextWord();
            assertThat(exit.path("type").asText()).isEqualTo("exit");
            assertThat(exit.path("code").asInt()).isEqualTo(3);
        }
    }

    @Test
    void judgesTheCredentialOnBothServers() throws InterruptedException {
        HttpResponse<byte[]> unknown = bytes(HttpRequest.newBuilder(here.url().resolve("/api/agents/keeper/stats"))
                .header("Authorization", "Bearer nobody's"));
        assertThat(unknown.statusCode()).isEqualTo(401);
        try (TestingTerminal terminal = new TestingTerminal(here.url(), "")) {
            terminal.begin("nobody's", "keeper");
            assertThat(terminal.next().path("message").asText()).contains("credentials");
        }
    }

    @Test
    void saysThatTheServerIsGoneToWhoeverClaimsToHaveBeenSentOn() {
        HttpResponse<byte[]> refused = bytes(
                near.as("/api/agents/keeper/stats").header("X-Drover-Hop", "me").GET());
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
    }

    @Test
    void turnsAComputerOffAndOnFromAfar() {
        created("switch");
        assertThat(near.post("/api/agents/switch/stop", "").status()).isEqualTo(200);
        assertThat(far.get("/api/agents/switch").text("status")).isEqualTo("stopped");
        assertThat(near.post("/api/agents/switch/start", "").status()).isEqualTo(200);
        assertThat(near.get("/api/agents/switch/stats").status()).isEqualTo(200);
        assertThat(near.get("/api/agents/switch").text("status")).isEqualTo("running");
        assertThat(near.send(near.as("/api/agents/switch").DELETE()).status()).isEqualTo(200);
        assertThat(far.get("/api/agents/switch").status()).isEqualTo(404);
    }

    @Test
    void worksATaskWhereTheComputerIs() {
        String id = created("worker");
        Reply done = near.post("/api/agents/worker/task", "{\"message\":\"WRITE made.txt: by hand\\n$ echo in $PWD\"}");
        assertThat(done.status()).as(done.body()).isEqualTo(200);
        assertThat(done.text("response")).contains(there.data().toString());
        assertThat(there.data().resolve("computers").resolve(id).resolve("workspace/made.txt"))
                .hasContent("by hand");
        assertThat(here.data().resolve("computers").resolve(id)).doesNotExist();
    }

    @Test
    void answersForRunsOfTheOtherServerFromAnyEvent() {
        TestingAgents theirs = TestingAgents.of(there);
        TestingAgents ours = TestingAgents.of(here);
        String id = theirs.spawn("$ sleep 60\n$ echo never");
        ours.awaitEvent(id, "tool_use");
        assertThat(ours.agent(id).path("status").asText()).isEqualTo("running");
        assertThat(near.get("/api/v1/agents").body()).contains(id);
        assertThat(ours.stop(id).path("status").asText()).isEqualTo("stopped");
        assertThat(theirs.agent(id).path("status").asText()).isEqualTo("stopped");
        HttpResponse<byte[]> rest = bytes(near.as("/api/v1/agents/" + id + "/events")
                .header("Last-Event-ID", "2")
                .GET());
        String events = new String(rest.body(), StandardCharsets.UTF_8);
        assertThat(events).contains("id: 3").doesNotContain("id: 2\n").contains("stopped");
        assertThat(events)
                .isEqualTo(new String(
                        bytes(far.as("/api/v1/agents/" + id + "/events")
                                        .header("Last-Event-ID", "2")
                                        .GET())
                                .body(),
                        StandardCharsets.UTF_8));
        ours.assertWhole(id);
    }

    @Test
    void looksIntoTheComputerOfARunThatTheOtherServerWorks() {
        TestingAgents theirs = TestingAgents.of(there);
        String id = theirs.spawn("WRITE seen.txt: by others\n$ sleep 60");
        theirs.awaitEvent(id, event -> event.path("tool").asText().equals("jettson_shell_run"));
        assertThat(near.get("/api/v1/agents/" + id + "/files/content?path=seen.txt")
                        .body())
                .isEqualTo("by others");
        theirs.stop(id);
    }

    @Test
    void saysWhichInstallationIsMissing() {
        try (TestingPlane third = there.beside()) {
            TestingApi lost = new TestingApi(third);
            assertThat(lost.post("/api/agents", "{\"name\":\"stranded\"}").status())
                    .isEqualTo(200);
        }
        Waiting.until(() -> near.get("/api/agents/stranded/stats").status() == 503);
        Reply files = near.get("/api/agents/stranded/files?path=.");
        assertThat(files.status()).isEqualTo(503);
        assertThat(files.text("detail")).contains("installation").contains("start one over its data folder");
        Reply task = near.post("/api/agents/stranded/task", "{\"message\":\"$ echo hello\"}");
        assertThat(task.body()).contains("installation");
        assertThat(near.get("/api/agents/stranded").status()).isEqualTo(200);
        assertThat(near.send(near.as("/api/agents/stranded").DELETE()).status()).isEqualTo(200);
    }
}
