package dev.drover.api.make;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.api.TestingApi.Reply;
import dev.drover.core.id.Spelling;
import dev.drover.testing.TestingPlane;
import dev.drover.testing.Waiting;
import dev.drover.testing.model.Asked;
import dev.drover.testing.model.ScriptedModelServer;
import dev.drover.testing.model.Turn;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Threads: what the model is told of earlier runs, and who waits for whom. */
final class MakeThreadsTest {
    private static final CountDownLatch HELD_UP = new CountDownLatch(1);
    private static final Set<String> STOPPED = ConcurrentHashMap.newKeySet();

    private static ScriptedModelServer model;
    private static TestingPlane plane;
    private static TestingTalker make;

    @BeforeAll
    static void start() throws IOException {
        model = ScriptedModelServer.start(MakeThreadsTest::turn);
        plane = TestingPlane.scripted(model);
        make = TestingTalker.of(plane);
    }

    @AfterAll
    static void close() throws IOException {
        plane.close();
        model.close();
    }

    private static Turn turn(Asked asked) {
        return switch (last(asked)) {
            case "fail" -> Turn.status(400);
            case "hang" -> Turn.silence();
            case "stop the run", "stop the stream" ->
                STOPPED.add(last(asked)) ? Turn.silence() : TestingTalker.heard(asked);
            case "hold" -> {
                Waiting.until(() -> HELD_UP.getCount() == 0);
                yield TestingTalker.heard(asked);
            }
            default -> TestingTalker.heard(asked);
        };
    }

    private static String last(Asked asked) {
        JsonNode messages = asked.body().path("messages");
        return messages.get(messages.size() - 1).path("content").asText();
    }

    /** What the model was asked when it came to that message, without what it was told before all. */
    private static List<String> askedFor(String text) {
        List<String> conversation = model.asked().stream()
                .filter(asked -> last(asked).equals(text))
                .findFirst()
                .map(TestingTalker::conversation)
                .orElseThrow();
        return conversation.subList(1, conversation.size());
    }

    @Test
    void theSameThreadRemembersAndAnotherDoesNot() {
        String agent = make.agent();
        JsonNode first = make.answer(agent, "häuser/1 ?", "my name is Ada");
        make.answer(agent, "häuser/1 ?", "who am I, Ada?");
        make.answer(agent, "another", "who am I elsewhere?");
        String other = make.agent();
        make.answer(other, "häuser/1 ?", "who am I to another agent?");

        assertThat(first.path("threadId").asText()).isEqualTo("häuser/1 ?");
        assertThat(askedFor("who am I, Ada?"))
                .containsExactly("user: my name is Ada", "assistant: Heard my name is Ada.", "user: who am I, Ada?");
        assertThat(askedFor("who am I elsewhere?")).containsExactly("user: who am I elsewhere?");
        assertThat(askedFor("who am I to another agent?")).containsExactly("user: who am I to another agent?");
        assertThat(make.thread(agent, "h%C3%A4user%2F1%20%3F"))
                .containsExactly(
                        List.of("user: my name is Ada", "assistant: Heard my name is Ada."),
                        List.of("user: who am I, Ada?", "assistant: Heard who am I, Ada?."));
    }

    @Test
    void withoutAThreadNothingIsRemembered() {
        String agent = make.agent();
        JsonNode first = make.answer(agent, TestingTalker.NEW_THREAD, "n1");
        JsonNode second = make.answer(agent, TestingTalker.NEW_THREAD, "n2");
        assertThat(first.path("threadId").asText())
                .matches("[0-9a-f-]{36}")
                .isNotEqualTo(second.path("threadId").asText());
        assertThat(askedFor("n2")).containsExactly("user: n2");

        make.answer(agent, first.path("threadId").asText(), "n3");
        assertThat(askedFor("n3")).containsExactly("user: n1", "assistant: Heard n1.", "user: n3");
    }

    @Test
    void theNewestRunsAreReplayedAsManyAsWanted() {
        String agent = make.agent("\"historyConfig\":{\"iterationsFromHistoryCount\":2}");
        for (int run = 1; run <= 4; run++) {
            make.answer(agent, "count", "c" + run);
        }
        assertThat(askedFor("c3"))
                .containsExactly("user: c1", "assistant: Heard c1.", "user: c2", "assistant: Heard c2.", "user: c3");
        assertThat(askedFor("c4"))
                .containsExactly("user: c2", "assistant: Heard c2.", "user: c3", "assistant: Heard c3.", "user: c4");

        runWith(agent, "count", "{\"historyConfig\":{\"iterationsFromHistoryCount\":\"0\"}}", "c5");
        assertThat(askedFor("c5")).as("zero forgets").containsExactly("user: c5");
        runWith(agent, "count", "{\"historyConfig\":{\"iterationsFromHistoryCount\":1}}", "c6");
        assertThat(askedFor("c6")).containsExactly("user: c5", "assistant: Heard c5.", "user: c6");
        runWith(agent, "count", "{\"historyConfig\":null}", "c7");
        assertThat(askedFor("c7")).as("null is the usual ten").hasSize(13);
        make.answer(agent, "count", "c8");
        assertThat(askedFor("c8")).as("the agent's own stays").hasSize(5);
    }

    private static JsonNode runWith(String agent, String thread, String config, String text) {
        Reply reply = make.run(agent, thread, config, text);
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return reply.json();
    }

    @Test
    void tenRunsAreReplayedOfEleven() {
        String agent = make.agent();
        for (int run = 1; run <= 12; run++) {
            make.answer(agent, "many", "m" + run);
        }
        assertThat(askedFor("m11")).hasSize(21).startsWith("user: m1");
        assertThat(askedFor("m12")).hasSize(21).startsWith("user: m2");
    }

    @Test
    void anAgentWithoutHistoryForgets() {
        String agent = make.agent("\"historyConfig\":{\"iterationsFromHistoryCount\":0}");
        make.answer(agent, "zero", "z1");
        make.answer(agent, "zero", "z2");
        assertThat(askedFor("z2")).containsExactly("user: z2");
        assertThat(make.thread(agent, "zero"))
                .as("what was said is kept all the same")
                .hasSize(2);
    }

    @Test
    void whatTheCallerLetsTheAssistantSayIsAppendedToWhatIsStored() {
        String agent = make.agent();
        make.answer(agent, "both", "b1");
        Reply reply = make.post(TestingTalker.path(agent) + "/run", """
                {"threadId":"both","config":{},"messages":[{"role":"user","content":"b2"},
                 {"role":"assistant","content":"so I said"},{"role":"user","content":"b3"}]}
                """);
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(askedFor("b3"))
                .containsExactly("user: b1", "assistant: Heard b1.", "user: b2", "assistant: so I said", "user: b3");
        assertThat(make.thread(agent, "both").getLast())
                .containsExactly("user: b2", "assistant: so I said", "user: b3", "assistant: Heard b3.");
        List<String> roles = new ArrayList<>();
        reply.json()
                .path("executionSteps")
                .forEach(step -> roles.add(step.path("role").asText()));
        assertThat(roles).containsExactly("system", "user", "assistant", "user", "assistant");
    }

    @Test
    void runsOfOneThreadGoOneAfterTheOtherAsTheyCame() throws Exception {
        String agent = make.agent();
        FutureTask<Reply> first = TestingTalker.begun(() -> make.run(agent, "line", "hold"));
        Waiting.until(() -> model.asked().stream().anyMatch(asked -> last(asked).equals("hold")));
        List<FutureTask<Reply>> others = new ArrayList<>();
        for (int run = 2; run <= 5; run++) {
            String text = "l" + run;
            others.add(TestingTalker.begun(() -> make.run(agent, "line", text)));
            int stored = run;
            Waiting.until(() -> runsOf(agent) == stored);
        }
        make.answer(agent, "beside", "another thread need not wait");
        assertThat(others).noneMatch(FutureTask::isDone);
        Reply busy = make.delete(TestingTalker.path(agent) + "/threads/line");
        assertThat(busy.status()).as(busy.body()).isEqualTo(409);
        HELD_UP.countDown();

        assertThat(first.get().status()).isEqualTo(200);
        for (FutureTask<Reply> other : others) {
            assertThat(other.get().status()).isEqualTo(200);
        }
        assertThat(make.thread(agent, "line").stream().map(List::getFirst))
                .containsExactly("user: hold", "user: l2", "user: l3", "user: l4", "user: l5");
        assertThat(askedFor("l5")).hasSize(9);
        assertThat(make.delete(TestingTalker.path(agent) + "/threads/line").status())
                .isEqualTo(204);
        assertThat(make.delete(TestingTalker.path(agent) + "/threads/line").status())
                .isEqualTo(404);
        make.answer(agent, "line", "after the thread was deleted");
        assertThat(askedFor("after the thread was deleted")).hasSize(1);
    }

    private static int runsOf(String agent) {
        return plane.database()
                .database()
                .jdbi()
                .withHandle(handle -> handle.createQuery("select runs from agent where id = cast(:agent as uuid)")
                        .bind("agent", agent)
                        .mapTo(Integer.class)
                        .one());
    }

    @Test
    void whatFailedOrWasStoppedLeavesNothing() throws Exception {
        String agent = make.agent();
        String jettson = "/api/v1/agents/" + Spelling.AGENT.of(UUID.fromString(agent));
        make.answer(agent, "clean", "k1");
        assertThat(make.run(agent, "clean", "fail").status()).isEqualTo(502);

        FutureTask<Reply> stopped = TestingTalker.begun(() -> make.run(agent, "clean", "hang"));
        Waiting.until(() -> model.asked().stream().anyMatch(asked -> last(asked).equals("hang")));
        FutureTask<Reply> waiting = TestingTalker.begun(() -> make.run(agent, "clean", "waits in vain"));
        Waiting.until(() -> runsOf(agent) == 4);
        assertThat(make.delete(jettson).json().path("status").asText()).isEqualTo("stopped");
        assertThat(waiting.get().status())
                .as("the newest is what Jettson shows")
                .isEqualTo(409);
        assertThat(stopped.isDone()).isFalse();
        Reply hangs = make.get(TestingTalker.path(agent) + "/threads/clean");
        assertThat(hangs.json().path("runs")).hasSize(1);

        plane.restart();
        FutureTask<Reply> behind = TestingTalker.begun(() -> make.run(agent, "clean", "k2"));
        Waiting.until(() -> runsOf(agent) == 5);
        assertThat(behind.isDone()).as("it waits for the one that hangs").isFalse();
        assertThat(make.delete(jettson).status()).isEqualTo(200);
        assertThat(behind.get().status()).isEqualTo(409);
        assertThat(make.thread(agent, "clean")).containsExactly(List.of("user: k1", "assistant: Heard k1."));
        JsonNode thread =
                make.get(TestingTalker.path(agent) + "/threads").json().get(0);
        assertThat(thread.path("runs").asInt()).isEqualTo(1);
        assertThat(make.answer(agent, "clear", "free").path("response").asText())
                .isEqualTo("Heard free.");
    }

    @Test
    void aServerThatIsStoppedInOrderLeavesItsRunsToTheNext() throws Exception {
        String agent = make.agent();
        FutureTask<Reply> run = TestingTalker.begun(() -> make.run(agent, "run", "stop the run"));
        FutureTask<Reply> stream = TestingTalker.begun(() -> make.stream(agent, "stream", "stop the stream"));
        Waiting.until(() -> STOPPED.size() == 2);
        plane.restart();

        Waiting.until(() -> make.thread(agent, "run").size() == 1
                && make.thread(agent, "stream").size() == 1);
        assertThat(make.answer(agent, "run", "and on").path("response").asText())
                .isEqualTo("Heard and on.");
        Waiting.until(() -> run.isDone() && stream.isDone());
    }

    @Test
    void manyFirstRunsOfOneThreadAtOnceMakeOneThread() throws Exception {
        String agent = make.agent("\"historyConfig\":{\"iterationsFromHistoryCount\":100}");
        List<FutureTask<Reply>> runs = new ArrayList<>();
        for (int run = 0; run < 20; run++) {
            String text = "at once " + run;
            runs.add(TestingTalker.begun(() -> make.run(agent, "at-once", text)));
        }
        for (FutureTask<Reply> run : runs) {
            assertThat(run.get().status()).as(run.get().body()).isEqualTo(200);
        }
        assertThat(make.thread(agent, "at-once")).hasSize(20);
        assertThat(make.get(TestingTalker.path(agent) + "/threads").json()).hasSize(1);
        List<Integer> lengths = model.asked().stream()
                .filter(asked -> last(asked).startsWith("at once "))
                .map(asked -> TestingTalker.conversation(asked).size())
                .sorted()
                .toList();
        assertThat(lengths)
                .as("each saw all before it")
                .hasSize(20)
                .doesNotHaveDuplicates()
                .endsWith(40);
    }
}
