package dev.drover.api.trinity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.api.TestingApi;
import dev.drover.api.TestingApi.Reply;
import dev.drover.testing.TestingPlane;
import dev.drover.testing.Waiting;
import dev.drover.testing.model.Asked;
import dev.drover.testing.model.ScriptedModelServer;
import dev.drover.testing.model.Turn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.http.HttpRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.jdbi.v3.core.Jdbi;

/**
 * A client of the Trinity dialect of a whole server whose model answers {@code Heard x.}, calls the shell for
 * {@code sh x} and says nothing for {@code silence}.
 */
final class TestingTasks implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final ScriptedModelServer model;
    private final TestingPlane plane;
    private final TestingApi api;

    private TestingTasks(ScriptedModelServer model, Clock clock) {
        this.model = model;
        this.plane = TestingPlane.start(settings(model), clock, host -> List.of(InetAddress.getAllByName(host)));
        this.api = new TestingApi(plane);
    }

    static Map<String, String> settings(ScriptedModelServer model) {
        return Map.of("DROVER_MODEL", "openai/scripted", "OPENAI_BASE_URL", model.baseUrl() + "/v1");
    }

    static TestingTasks open() throws IOException {
        return open(Clock.systemUTC());
    }

    static TestingTasks open(Clock clock) throws IOException {
        return new TestingTasks(ScriptedModelServer.start(TestingTasks::turn), clock);
    }

    static Turn turn(Asked asked) {
        JsonNode messages = asked.body().path("messages");
        JsonNode last = messages.get(messages.size() - 1);
        String text = last.path("content").asText();
        if (last.path("role").asText().equals("tool")) {
            return Turn.text("The shell is done.");
        }
        if (text.startsWith("silence")) {
            return Turn.silence();
        }
        return text.startsWith("sh ")
                ? Turn.call(asked.tool("shell_run"), "{\"command\":\"" + text.substring(3) + "\"}")
                : Turn.text("Heard " + text + ".").usage(100, 20, 0, 0);
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

    /** The path of a new agent. */
    String agent(String name) {
        Reply made = api.post("/api/agents", "{\"name\":\"" + name + "\"}");
        assertThat(made.status()).as(made.body()).isEqualTo(200);
        return "/api/agents/" + name;
    }

    Reply post(String path) {
        return api.post(path, "");
    }

    Reply post(String path, String body) {
        return api.post(path, body);
    }

    Reply put(String path, String body) {
        return api.send(api.as(path).PUT(HttpRequest.BodyPublishers.ofString(body)));
    }

    Reply get(String path) {
        return api.get(path);
    }

    JsonNode json(String path) {
        Reply reply = api.get(path);
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return reply.json();
    }

    /** What is wanted at a path, as soon as it is there. */
    JsonNode await(String path, Predicate<JsonNode> wanted) {
        return Waiting.until(PATIENCE, () -> Optional.of(json(path)).filter(wanted));
    }

    /** The id of an execution that was begun and not waited for. */
    String begun(String agent, String message) {
        Reply reply = post(agent + "/task", "{\"message\":\"" + message + "\",\"async_mode\":true}");
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return reply.text("execution_id");
    }

    /** That execution, when it is over. */
    JsonNode over(String agent, String execution) {
        return await(
                agent + "/executions/" + execution,
                shown -> !List.of("pending", "running")
                        .contains(shown.path("status").asText()));
    }

    /** A new schedule of that expression. */
    JsonNode schedule(String agent, String cron, String message) {
        Reply made = post(
                agent + "/schedules",
                "{\"name\":\"Often\",\"cron_expression\":\"" + cron + "\",\"message\":\"" + message + "\"}");
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return made.json();
    }

    void autonomy(String agent, boolean on) {
        Reply reply = put(agent + "/autonomy", "{\"enabled\":" + on + "}");
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    }

    /** The credential of a user of that address, with whom an agent is shared. */
    String guest(String email, String agent) {
        String name = email.substring(0, email.indexOf('@'));
        UUID user = UUID.randomUUID();
        jdbi().useHandle(handle -> {
            handle.execute(
                    "insert into app_user (id, name, role, email, created_at) values (?, ?, 'user', ?, now())",
                    user,
                    name,
                    email);
            handle.execute("""
                    insert into agent_share (agent_id, email, shared_by, created_at)
                    select id, ?, owner_id, now() from agent where slug = ?
                    """, email, agent);
        });
        Reply key = api.post("/api/v1/keys", "{\"name\":\"for " + name + "\"}");
        assertThat(key.status()).as(key.body()).isEqualTo(201);
        jdbi().useHandle(handle ->
                handle.execute("update credential set user_id = ? where name = ?", user, "for " + name));
        return key.text("secret");
    }

    /** The due moments of which there is a record, oldest first. */
    List<Instant> ticks(String schedule) {
        return jdbi().withHandle(handle -> handle.createQuery(
                        "select tick from execution where schedule_id = :id and tick is not null order by tick")
                .bind("id", UUID.fromString(schedule))
                .map((row, context) -> row.getTimestamp("tick").toInstant())
                .list());
    }

    /** The identities in a table. */
    List<String> rows(String table) {
        return jdbi().withHandle(handle -> handle.createQuery("select id::text from " + table)
                .mapTo(String.class)
                .list());
    }

    private Jdbi jdbi() {
        return plane.database().database().jdbi();
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
