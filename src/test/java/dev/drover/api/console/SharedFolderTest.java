package dev.drover.api.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.drover.testing.TestingAgents;
import dev.drover.testing.TestingDatabase;
import dev.drover.testing.TestingProcess;
import dev.drover.testing.Waiting;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two servers in processes of their own over one database and one data folder. */
final class SharedFolderTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper MAPPER = new JsonMapper();

    private TestingDatabase database;
    private TestingProcess first;
    private TestingProcess second;

    @BeforeEach
    void open() {
        database = TestingDatabase.create();
        first = TestingProcess.over(database, Map.of("DROVER_MODEL", "offline", "DROVER_COMPUTERS", "bubblewrap"));
        second = first.sharing();
    }

    @AfterEach
    void close() {
        second.close();
        first.close();
        database.close();
    }

    private HttpResponse<String> ask(TestingProcess server, String method, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.url() + path))
                .timeout(Duration.ofMinutes(1))
                .header("Authorization", "Bearer " + first.operator())
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Path create(TestingProcess server, String name) throws IOException {
        HttpResponse<String> made = ask(server, "POST", "/api/agents", "{\"name\":\"" + name + "\"}");
        assertThat(made.statusCode()).as(made.body()).isEqualTo(200);
        String id = MAPPER.readTree(made.body()).path("id").asText();
        return first.data().resolve("computers").resolve(id).resolve("workspace");
    }

    private String out(TestingProcess server, String name, String command) throws IOException {
        HttpResponse<String> done =
                ask(server, "POST", "/api/agents/" + name + "/exec", "{\"command\":\"" + command + "\"}");
        assertThat(done.statusCode()).as(done.body()).isEqualTo(200);
        return MAPPER.readTree(done.body()).path("stdout").asText().strip();
    }

    private static String answeredBy(HttpResponse<String> answer) {
        return answer.headers().firstValue("X-Drover-Hop").orElse("itself");
    }

    @Test
    void anotherServerTurnsOnWhatADeadOneHadWithItsFiles() throws IOException {
        create(first, "kept");
        out(first, "kept", "echo written before > note");
        assertThat(out(second, "kept", "cat note")).isEqualTo("written before");

        String task =
                first.agents().spawn("WRITE mine: still here\n$ while [ ! -e go ]; do sleep 0.1; done\nREAD mine");
        first.agents().awaitEvent(task, event -> event.path("tool").asText().equals("jettson_shell_run"));
        first.kill();

        Waiting.until(() -> ask(second, "GET", "/api/agents/kept/stats", "").statusCode() == 200);
        assertThat(out(second, "kept", "cat note")).isEqualTo("written before");
        assertThat(answeredBy(ask(second, "GET", "/api/agents/kept/stats", ""))).isEqualTo("itself");
        TestingAgents agents = second.agents();
        JsonNode finished = agents.finished(task);
        assertThat(finished.path("final_result").asText()).contains("still here");
        assertThat(agents.log(task).toString()).doesNotContain("is gone");
        agents.assertWhole(task);

        first.start();
        assertThat(out(first, "kept", "cat note")).isEqualTo("written before");
        assertThat(answeredBy(ask(first, "GET", "/api/agents/kept/stats", ""))).isNotEqualTo("itself");
    }

    @Test
    void aServerThatLeavesInOrderHandsOverAtOnce() throws IOException {
        create(first, "moved");
        out(first, "moved", "echo by hand > note");
        assertThat(first.terminate()).isZero();
        Waiting.until(() -> ask(second, "GET", "/api/agents/moved/stats", "").statusCode() == 200);
        assertThat(out(second, "moved", "cat note")).isEqualTo("by hand");
        first.start();
    }

    @Test
    void aServerThatWasFrozenAnswersNothingFromWhatAnotherHasTaken() throws IOException, InterruptedException {
        Path home = create(first, "iced");
        out(first, "iced", "(while :; do echo beat >> beats; sleep 0.1; done) > /dev/null 2>&1 &");
        Waiting.until(() -> Files.exists(home.resolve("beats")));
        first.freeze();
        try {
            Waiting.until(() -> ask(second, "GET", "/api/agents/iced/stats", "").statusCode() == 200);
            out(second, "iced", "(while :; do echo beat >> later; sleep 0.1; done) > /dev/null 2>&1 &");
        } finally {
            first.thaw();
        }
        HttpResponse<String> stats = ask(first, "GET", "/api/agents/iced/stats", "");
        assertThat(stats.statusCode()).as(stats.body()).isEqualTo(200);
        assertThat(answeredBy(stats)).as("who answered").isNotEqualTo("itself");
        Waiting.until(() -> first.log().stream().anyMatch(line -> line.contains("was taken up by another server")));
        Thread.sleep(1000);
        long beats = Files.size(home.resolve("beats"));
        Thread.sleep(1000);
        assertThat(Files.size(home.resolve("beats")))
                .as("what the former computer wrote")
                .isEqualTo(beats);
        File written = home.resolve("later").toFile();
        long later = written.length();
        Waiting.until(() -> written.length() > later);
        assertThat(ask(second, "GET", "/api/agents/iced/logs", "").body()).doesNotContain("ended by itself");
        assertThat(out(first, "iced", "cat beats | head -1")).isEqualTo("beat");
    }

    @Test
    void aServerThatWasFrozenLeavesWhatAnotherWorksIn() throws IOException, InterruptedException {
        String task = first.agents()
                .spawn("WRITE mine: still here\n$ touch one; while :; do sleep 0.1; done\n"
                        + "$ touch two; while [ ! -e go ]; do sleep 0.1; done\nREAD mine");
        Waiting.until(() -> workspaceWith("one").isPresent());
        Path workspace = workspaceWith("one").orElseThrow();
        first.freeze();
        try {
            Waiting.until(() -> Files.exists(workspace.resolve("two")));
        } finally {
            first.thaw();
        }
        Waiting.until(() -> ask(first, "GET", "/health", "").statusCode() == 200);
        Thread.sleep(4000); // it finds that the run is another's, and clears up what it may
        Files.createFile(workspace.resolve("go"));

        TestingAgents agents = second.agents();
        assertThat(agents.finished(task).path("final_result").asText()).contains("still here");
        assertThat(agents.log(task))
                .filteredOn(event -> event.path("is_error").asBoolean())
                .as("what the freeze left in doubt")
                .hasSize(1);
        agents.assertWhole(task);
    }

    private Optional<Path> workspaceWith(String file) {
        try (Stream<Path> computers = Files.list(first.data().resolve("computers"))) {
            return computers
                    .map(computer -> computer.resolve("workspace"))
                    .filter(workspace -> Files.exists(workspace.resolve(file)))
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
