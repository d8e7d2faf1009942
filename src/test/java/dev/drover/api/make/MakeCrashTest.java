package dev.drover.api.make;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.drover.api.TestingApi.Reply;
import dev.drover.testing.CountingServer;
import dev.drover.testing.TestingDatabase;
import dev.drover.testing.TestingProcess;
import dev.drover.testing.Waiting;
import dev.drover.testing.model.Asked;
import dev.drover.testing.model.ScriptedModelServer;
import dev.drover.testing.model.Turn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The server is killed while people talk to agents (contract, sections 3.7 and 5). */
final class MakeCrashTest {
    private static final JsonMapper MAPPER = new JsonMapper();

    private static final TestingDatabase DATABASE = TestingDatabase.create();
    private static final Set<String> SILENT_ONCE = ConcurrentHashMap.newKeySet();
    private static CountingServer world;
    private static ScriptedModelServer model;
    private static TestingProcess server;
    private static TestingTalker make;

    @BeforeAll
    static void start() throws IOException {
        world = new CountingServer();
        model = ScriptedModelServer.start(MakeCrashTest::turn);
        server = TestingProcess.over(DATABASE, settings());
        make = TestingTalker.of(server);
    }

    private static Map<String, String> settings() {
        return TestingTalker.settings(model.baseUrl(), world.address());
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
        model.close();
        world.close();
        DATABASE.close();
    }

    /** To {@code get a b} it calls the scenario {@code do_get} for a and then for b, and is done. */
    private static Turn turn(Asked asked) {
        List<String> messages = TestingTalker.conversation(asked);
        String said = messages.stream()
                .filter(message -> message.startsWith("user: "))
                .toList()
                .getLast()
                .substring(6);
        int results = (int) messages.subList(messages.lastIndexOf("user: " + said), messages.size()).stream()
                .filter(message -> message.startsWith("tool: "))
                .count();
        if (SILENT_ONCE.remove(said + " " + results)) {
            return Turn.silence();
        }
        String[] words = said.split(" ", -1);
        boolean isOver = !Set.of("get", "post", "sh").contains(words[0]) || results == words.length - 1;
        if (isOver) {
            return Turn.text("Done with " + said + ".");
        }
        String input = words[0].equals("sh") ? "command" : "what";
        String value = words[results + 1].replace('<', ' ');
        return Turn.call("do_" + words[0], "{\"%s\":\"%s\"}".formatted(input, value));
    }

    private static String agent() {
        return make.agent(TestingTalker.scenarios(web("get"), web("post")));
    }

    private static int web(String method) {
        return make.scenario(
                "do " + method,
                "\"input\":[{\"name\":\"what\",\"type\":\"text\",\"required\":true}],\"http\":{\"method\":\"%s\","
                                .formatted(method)
                        + "\"url\":\"http://%s/{{what}}\"}".formatted(world.address()));
    }

    /** Someone who reads the stream of a run until the server goes away, and what came. */
    private record Listener(List<String> lines) {
        static Listener to(TestingTalker make, String agent, String thread, String text, String last) {
            Listener listener = new Listener(new CopyOnWriteArrayList<>());
            Thread.startVirtualThread(
                    () -> make.streamed(agent, TestingTalker.order(thread, "{}", text), last, listener.lines::add));
            return listener;
        }

        private List<String> of(String field) {
            return lines.stream()
                    .filter(line -> line.startsWith(field))
                    .map(line -> line.substring(field.length()))
                    .toList();
        }

        String lastId() {
            return of("id:").getLast();
        }

        List<JsonNode> steps() {
            return of("data:").stream().map(Listener::json).toList();
        }

        private static JsonNode json(String text) {
            try {
                return MAPPER.readTree(text);
            } catch (IOException e) {
                throw new AssertionError(text, e);
            }
        }
    }

    @Test
    void aPostIsInDoubtAGetIsRunAgainAndBothEndInTheirThreads() {
        String agent = agent();
        make.answer(agent, "post", "hello");
        world.stallOnce("POST /a");
        world.stallOnce("GET /b");
        Listener posting = Listener.to(make, agent, "post", "post a", "");
        Listener getting = Listener.to(make, agent, "get", "get b", "");
        Waiting.until(() -> world.count("POST /a") == 1 && world.count("GET /b") == 1);
        Waiting.until(() -> posting.steps().size() == 3 && getting.steps().size() == 3);
        Listener waiting = Listener.to(make, agent, "post", "and then?", "");
        Waiting.until(() -> waiting.steps().size() == 2);

        server.kill();
        server.start();
        Listener resumed = Listener.to(make, agent, "post", "post a", posting.lastId());
        JsonNode answer = make.answer(agent, "post", "at last");

        assertThat(answer.path("response").asText()).isEqualTo("Done with at last.");
        assertThat(make.thread(agent, "post").stream().map(List::getFirst))
                .containsExactly("user: hello", "user: post a", "user: and then?", "user: at last");
        Waiting.until(
                () -> make.thread(agent, "get").equals(List.of(List.of("user: get b", "assistant: Done with get b."))));
        assertThat(world.count("POST /a")).isEqualTo(1);
        assertThat(world.count("GET /b")).isEqualTo(2);
        assertSaw("and then?", 5);
        assertSaw("at last", 7);
        assertDoubt(resumed);
    }

    private static void assertSaw(String text, int messages) {
        List<String> conversation = model.asked().stream()
                .map(TestingTalker::conversation)
                .filter(all -> all.getLast().equals("user: " + text))
                .findFirst()
                .orElseThrow();
        assertThat(conversation).as(conversation.toString()).hasSize(1 + messages);
        assertThat(conversation).contains("assistant: Done with post a.");
    }

    /** What comes behind what was heard before the kill: the doubt, and the answer. */
    private static void assertDoubt(Listener resumed) {
        Waiting.until(() -> resumed.steps().size() == 2);
        JsonNode doubt = resumed.steps().getFirst();
        assertThat(doubt.path("role").asText()).isEqualTo("tool");
        assertThat(doubt.at("/toolResponse/status").asText()).isEqualTo("in_doubt");
        assertThat(doubt.at("/toolResponse/name").asText()).isEqualTo("do_post");
        assertThat(doubt.path("content").asText()).contains("effect is unknown", "not repeated");
        assertThat(resumed.steps().getLast().path("content").asText()).isEqualTo("Done with post a.");
        assertThat(model.asked())
                .as("the model is told")
                .anyMatch(asked -> asked.lastToolResult().contains("effect is unknown"));
    }

    @Test
    void theSecondCrashIsSurvivedTooAndSoIsOneWhileTheModelThinks() {
        String agent = agent();
        world.stallOnce("POST /k");
        world.stallOnce("POST /l");
        Listener posting = Listener.to(make, agent, "t", "post k l", "");
        SILENT_ONCE.add("post m 1");
        Listener thinking = Listener.to(make, agent, "u", "post m", "");
        Waiting.until(() -> world.count("POST /k") == 1 && SILENT_ONCE.isEmpty());
        Waiting.until(() -> thinking.steps().size() == 4 && posting.steps().size() == 3);
        server.kill();
        server.start();
        Waiting.until(() -> world.count("POST /l") == 1);
        server.kill();
        server.start();

        JsonNode answer = make.answer(agent, "t", "well?");
        assertThat(answer.path("response").asText()).isEqualTo("Done with well?.");
        make.answer(agent, "u", "and?");
        assertThat(make.thread(agent, "t").getFirst())
                .containsExactly("user: post k l", "assistant: Done with post k l.");
        assertThat(make.thread(agent, "u").getFirst()).containsExactly("user: post m", "assistant: Done with post m.");
        assertThat(Stream.of("k", "l", "m").map(each -> world.count("POST /" + each)))
                .containsOnly(1);
        Listener all = Listener.to(make, agent, "t", "post k l", posting.lastId());
        Waiting.until(() -> all.steps().size() == 4);
        assertThat(all.steps().stream()
                        .map(step -> step.at("/toolResponse/status").asText())
                        .filter(status -> !status.isEmpty()))
                .containsExactly("in_doubt", "in_doubt");
    }

    @Test
    void aShellLosesNoFileAndLeavesNoFolder() throws Exception {
        int scenario = make.scenario("do sh", "\"builtin\":\"shell_run\"");
        String agent = make.agent(TestingTalker.scenarios(scenario));
        FutureTask<Reply> one = TestingTalker.begun(() -> make.run(agent, "sh echo>one ls"));
        FutureTask<Reply> other = TestingTalker.begun(() -> make.run(agent, "sh echo>other ls"));
        assertThat(lastResult(one.get()))
                .as("each has a computer of its own")
                .contains("one")
                .doesNotContain("other");
        assertThat(lastResult(other.get())).contains("other").doesNotContain("one");
        Waiting.until(() -> folders().isEmpty());
        assertThat(make.run(agent, "no shell at all").status()).isEqualTo(200);

        Listener hangs = Listener.to(make, agent, "t", "sh echo>before;touch<mark;sleep<60 ls", "");
        Waiting.until(() -> hangs.steps().size() == 3 && folders().stream().anyMatch(MakeCrashTest::isMarked));
        server.kill();
        server.start();
        Listener resumed = Listener.to(make, agent, "t", "x", hangs.lastId());
        Waiting.until(() -> resumed.steps().size() == 4);
        assertThat(resumed.steps().getFirst().at("/toolResponse/status").asText())
                .isEqualTo("in_doubt");
        assertThat(resumed.steps().get(2).path("content").asText())
                .as("what was there")
                .contains("before");
        Waiting.until(() -> folders().isEmpty());

        Listener again = Listener.to(make, agent, "u", "sh touch<mark;sleep<61", "");
        Waiting.until(() -> again.steps().size() == 3 && folders().stream().anyMatch(MakeCrashTest::isMarked));
        server.kill();
        server.start();
        Waiting.until(() -> make.thread(agent, "u").size() == 1);
        Waiting.until(() -> folders().isEmpty());
    }

    private static String lastResult(Reply reply) {
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        JsonNode steps = reply.json().path("executionSteps");
        return steps.get(steps.size() - 2).path("content").asText();
    }

    private static boolean isMarked(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.anyMatch(file -> file.endsWith("mark"));
        } catch (IOException | UncheckedIOException e) {
            return false;
        }
    }

    /** Of computers, named by what they are for. */
    private static List<Path> folders() {
        List<Path> folders = new ArrayList<>();
        try (DirectoryStream<Path> found =
                Files.newDirectoryStream(server.data().resolve("computers"), "*-*-*-*-*")) {
            found.forEach(folders::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return folders;
    }
}
