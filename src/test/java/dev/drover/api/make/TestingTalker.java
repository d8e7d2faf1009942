package dev.drover.api.make;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.drover.api.TestingApi.Reply;
import dev.drover.testing.TestingPlane;
import dev.drover.testing.TestingProcess;
import dev.drover.testing.model.Asked;
import dev.drover.testing.model.Turn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;

/** A client of the Make dialect, at a server that may move; its paths begin behind {@code /api/v2}. */
final class TestingTalker {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final String AGENTS = "/ai-agents/v1/agents";
    static final String PLAIN = "{}";

    /** In place of the name of a thread. */
    static final String NEW_THREAD = "";

    private final Supplier<URI> url;
    private final Supplier<String> key;
    private final HttpClient http = HttpClient.newHttpClient();

    private TestingTalker(Supplier<URI> url, Supplier<String> key) {
        this.url = url;
        this.key = key;
    }

    static TestingTalker of(TestingPlane plane) {
        return new TestingTalker(plane::url, plane::operator);
    }

    static TestingTalker of(TestingProcess process) {
        return new TestingTalker(process::url, process::operator);
    }

    /** One of two servers over one database, whose operator key only the first of them knows. */
    static TestingTalker of(TestingProcess process, TestingProcess first) {
        return new TestingTalker(process::url, first::operator);
    }

    Reply send(String method, String path, String body) {
        try {
            return new Reply(http.send(request(method, path, body).build(), BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpRequest.Builder request(String method, String path, String body) {
        String within = "/api/v2" + path + (path.contains("?") ? "&" : "?") + "teamId=1";
        return HttpRequest.newBuilder(url.get().resolve(path.startsWith("/api/") ? path : within))
                .timeout(Duration.ofMinutes(2))
                .header("Authorization", "Bearer " + key.get())
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    }

    /**
     * Reads the lines of a stream as they come, until its end or the server's.
     *
     * @param last the id of the event to go on behind; empty for none
     */
    void streamed(String agent, String order, String last, Consumer<String> line) {
        HttpRequest.Builder request = request("POST", path(agent) + "/run/stream", order);
        if (!last.isEmpty()) {
            request.header("Last-Event-ID", last);
        }
        try {
            http.send(request.build(), BodyHandlers.ofLines()).body().forEach(line);
        } catch (IOException | UncheckedIOException e) {
            // The server went away.
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    Reply get(String path) {
        return send("GET", path, "");
    }

    Reply post(String path, String body) {
        return send("POST", path, body);
    }

    Reply patch(String path, String body) {
        return send("PATCH", path, body);
    }

    Reply delete(String path) {
        return send("DELETE", path, "");
    }

    /** The server's own connection to its model. */
    int connection() {
        return get("/connections").json().at("/connections/0/id").asInt();
    }

    /** The id of a new agent with those members beside the needed ones, as {@code "llmConfig":{}}. */
    String agent(String... members) {
        List<String> all = new ArrayList<>(List.of(
                "\"teamId\":1",
                "\"makeConnectionId\":" + connection(),
                "\"name\":\"Talker\"",
                "\"defaultModel\":\"jettson-6.0\"",
                "\"systemPrompt\":\"Be brief.\""));
        all.addAll(List.of(members));
        return made(post(AGENTS, "{" + String.join(",", all) + "}"))
                .path("agentId")
                .asText();
    }

    /** The id of a new scenario. */
    int scenario(String name, String action) {
        String recipe = "{\"name\":\"%s\",\"description\":\"does it\",%s}".formatted(name, action);
        return made(post("/scenarios", recipe)).at("/scenario/id").asInt();
    }

    static String scenarios(int... ids) {
        List<String> granted = new ArrayList<>();
        for (int id : ids) {
            granted.add("{\"makeScenarioId\":" + id + "}");
        }
        return "\"scenarios\":[" + String.join(",", granted) + "]";
    }

    private static JsonNode made(Reply reply) {
        assertThat(reply.status()).as(reply.body()).isEqualTo(201);
        return reply.json();
    }

    static String path(String agent) {
        return AGENTS + "/" + agent;
    }

    /** Runs to the end, on a thread of its own. */
    Reply run(String agent, String text) {
        return post(path(agent) + "/run", order(NEW_THREAD, PLAIN, text));
    }

    Reply run(String agent, String thread, String text) {
        return post(path(agent) + "/run", order(thread, PLAIN, text));
    }

    Reply run(String agent, String thread, String config, String text) {
        return post(path(agent) + "/run", order(thread, config, text));
    }

    /** The answer of a run that must come to its end. */
    JsonNode answer(String agent, String thread, String text) {
        Reply reply = run(agent, thread, text);
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return reply.json();
    }

    Reply stream(String agent, String thread, String text) {
        return post(path(agent) + "/run/stream", order(thread, PLAIN, text));
    }

    static String order(String thread, String config, String text) {
        String named = thread.isEmpty() ? "" : ",\"threadId\":" + quoted(thread);
        return "{\"messages\":[{\"role\":\"user\",\"content\":%s}],\"config\":%s%s}"
                .formatted(quoted(text), config, named);
    }

    static String quoted(String text) {
        try {
            return MAPPER.writeValueAsString(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Of a thread, {@code role: content} of each message of each run; empty when there is none. */
    List<List<String>> thread(String agent, String thread) {
        Reply reply = get(path(agent) + "/threads/" + thread);
        return reply.status() == 404
                ? List.of()
                : StreamSupport.stream(reply.json().path("runs").spliterator(), false)
                        .map(run -> messages(run.path("messages")))
                        .toList();
    }

    static List<String> messages(JsonNode messages) {
        return StreamSupport.stream(messages.spliterator(), false)
                .map(each ->
                        each.path("role").asText() + ": " + each.path("content").asText())
                .toList();
    }

    /** What the model was told before all, and then each message. */
    static List<String> conversation(Asked asked) {
        return messages(asked.body().path("messages"));
    }

    /** Begins something that takes its time. */
    static <T> FutureTask<T> begun(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread.startVirtualThread(task);
        return task;
    }

    /** The only suberror. */
    static String wrong(Reply reply) {
        assertThat(reply.status()).as(reply.body()).isEqualTo(400);
        assertThat(reply.json().path("suberrors")).as(reply.body()).hasSize(1);
        return reply.json().at("/suberrors/0/message").asText();
    }

    /** An answer to what was said last. */
    static Turn heard(Asked asked) {
        JsonNode messages = asked.body().path("messages");
        return Turn.text(
                "Heard " + messages.get(messages.size() - 1).path("content").asText() + ".");
    }

    static Map<String, String> settings(String modelUrl, String egress) {
        return Map.of(
                "DROVER_MODEL", "openai/scripted", "OPENAI_BASE_URL", modelUrl + "/v1", "DROVER_EGRESS_ALLOW", egress);
    }
}
