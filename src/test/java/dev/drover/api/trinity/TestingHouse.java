package dev.drover.api.trinity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.drover.api.TestingApi;
import dev.drover.api.TestingApi.Reply;
import dev.drover.core.StartFailure;
import dev.drover.core.computer.TestingProcesses;
import dev.drover.testing.TestingPlane;
import dev.drover.testing.model.Asked;
import dev.drover.testing.model.ScriptedModelServer;
import dev.drover.testing.model.Turn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A whole server that keeps a list of the names it looks up, and whose model calls the tool that a task of the form
 * {@code call files_write {...}} names and says what came of it.
 */
final class TestingHouse implements AutoCloseable {
    static final String AGENTS = "/api/agents/";

    private final List<String> lookups = new CopyOnWriteArrayList<>();
    private final ScriptedModelServer model;
    private final TestingPlane plane;
    private final TestingApi api;

    private TestingHouse(ScriptedModelServer model, Map<String, String> settings) {
        this.model = model;
        plane = TestingPlane.start(settings, Clock.systemUTC(), host -> {
            lookups.add(host);
            return List.of(InetAddress.getAllByName(host));
        });
        api = new TestingApi(plane);
    }

    /** With computers that are plain processes. */
    static TestingHouse open(Map<String, String> settings) {
        ScriptedModelServer model = scripted();
        Map<String, String> all =
                new HashMap<>(Map.of("DROVER_MODEL", "openai/scripted", "OPENAI_BASE_URL", model.baseUrl() + "/v1"));
        all.putAll(settings);
        return new TestingHouse(model, all);
    }

    /** With computers that have walls; skips the test where the machine has none. */
    static TestingHouse walled(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("DROVER_COMPUTERS", "bubblewrap");
        try {
            return open(all);
        } catch (StartFailure e) {
            return Assumptions.abort("needs bubblewrap: " + e.getMessage());
        }
    }

    private static ScriptedModelServer scripted() {
        try {
            return ScriptedModelServer.start(TestingHouse::turn);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Turn turn(Asked asked) {
        JsonNode messages = asked.body().path("messages");
        JsonNode last = messages.get(messages.size() - 1);
        String text = last.path("content").asText();
        if (last.path("role").asText().equals("tool")) {
            return Turn.text("It said: " + text);
        }
        String[] words = text.split(" ", 3);
        return words[0].equals("call") ? Turn.call(asked.tool(words[1]), words[2]) : Turn.text("Heard " + text + ".");
    }

    TestingApi api() {
        return api;
    }

    TestingPlane plane() {
        return plane;
    }

    ScriptedModelServer model() {
        return model;
    }

    /** Names of hosts that were looked up so far. */
    List<String> lookups() {
        return lookups;
    }

    /** A new agent, with more members of the body, each with a comma before it. */
    JsonNode create(String name, String more) {
        Reply made = wish(name, more);
        assertThat(made.status()).as(made.body()).isEqualTo(200);
        return made.json();
    }

    JsonNode create(String name) {
        return create(name, "");
    }

    Reply wish(String name, String more) {
        return api.post("/api/agents", "{\"name\":\"" + name + "\"" + more + "}");
    }

    Reply put(String path, String body) {
        return api.send(api.as(AGENTS + path).PUT(HttpRequest.BodyPublishers.ofString(body)));
    }

    Reply get(String path) {
        return api.get(AGENTS + path);
    }

    Reply post(String path, String body) {
        return api.post(AGENTS + path, body);
    }

    String status(String name) {
        return get(name).text("status");
    }

    /** Runs a command in an agent's computer. */
    JsonNode exec(String name, String command, String input) {
        JsonNode body = JsonNodeFactory.instance
                .objectNode()
                .put("command", command)
                .put("timeout_seconds", 30)
                .put("stdin", input);
        Reply reply = post(name + "/exec", body.toString());
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return reply.json();
    }

    /** What a command prints. */
    String out(String name, String command) {
        return exec(name, command, "").path("stdout").asText().strip();
    }

    boolean succeeds(String name, String command) {
        return exec(name, command, "").path("exit_code").asInt() == 0;
    }

    /** What an agent says to a task. */
    String task(String name, String message) {
        String body =
                JsonNodeFactory.instance.objectNode().put("message", message).toString();
        Reply reply = post(name + "/task", body);
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return reply.text("response");
    }

    /** The home of an agent, on this host. */
    Path home(JsonNode agent) {
        return plane.data()
                .resolve("computers")
                .resolve(agent.path("id").asText())
                .resolve("workspace");
    }

    /** The processes of an agent's computer. */
    List<ProcessHandle> processes(JsonNode agent) {
        return TestingProcesses.beingIn(home(agent)).stream()
                .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
                .distinct()
                .toList();
    }

    /** Sends a signal to them all. */
    void signal(String name, List<ProcessHandle> processes) throws IOException, InterruptedException {
        for (ProcessHandle process : processes) {
            new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                    .start()
                    .waitFor();
        }
    }

    /** How many rows of each table name an agent in any column of ids; tables without such rows are left out. */
    Map<String, Integer> rows(String agent) {
        return plane.database().database().jdbi().withHandle(handle -> {
            Map<String, Integer> found = new HashMap<>();
            handle.createQuery("""
                            select table_name, column_name from information_schema.columns
                            where table_schema = 'public' and data_type = 'uuid'
                            """).mapToMap().forEach(column -> {
                String table = String.valueOf(column.get("table_name"));
                int rows = handle.createQuery(
                                "select count(*) from " + table + " where " + column.get("column_name") + " = :id")
                        .bind("id", UUID.fromString(agent))
                        .mapTo(Integer.class)
                        .one();
                if (rows > 0) {
                    found.merge(table, rows, Integer::sum);
                }
            });
            return found;
        });
    }

    void sql(String sql) {
        plane.database().database().jdbi().useHandle(handle -> handle.execute(sql));
    }

    @Override
    public void close() {
        plane.close();
        try {
            model.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
