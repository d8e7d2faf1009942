package dev.drover.api.trinity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.api.TestingApi.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Talking with agents that keep a computer. */
final class TrinityChatApiTest {
    private static TestingTasks tasks;

    @BeforeAll
    static void start() throws Exception {
        tasks = TestingTasks.open();
    }

    @AfterAll
    static void stop() {
        tasks.close();
    }

    private static Reply say(String agent, String word) {
        return tasks.post(agent + "/chat", "{\"message\":\"" + word + "\"}");
    }

    @Test
    void anAgentRemembersWhatWasSaidUntilTheChatEnds() {
        String agent = tasks.agent("talker");
        assertThat(tasks.json(agent + "/chat/history")).isEmpty();
        assertThat(tasks.json(agent + "/chat/session").path("session_started").asBoolean())
                .isFalse();

        JsonNode first = say(agent, "one").json();
        JsonNode second = say(agent, "two").json();
        assertThat(second.path("response").asText()).isEqualTo("Heard two.");
        String session = first.path("session_id").asText();
        assertThat(second.at("/metadata/session_id").asText()).isEqualTo(session);
        assertThat(heard("two")).containsExactly("one", "Heard one.", "two");
        assertThat(said(tasks.json(agent + "/chat/history")))
                .containsExactly("user: one", "assistant: Heard one.", "user: two", "assistant: Heard two.");
        JsonNode info = tasks.json(agent + "/chat/session");
        assertThat(info.path("message_count").asInt()).isEqualTo(4);
        assertThat(info.path("context_tokens").asInt()).isEqualTo(120);
        assertThat(info.path("context_window").asInt()).isPositive();

        assertThat(tasks.api().delete(agent + "/chat/history").text("session_id"))
                .isEqualTo(session);
        assertThat(tasks.json(agent + "/chat/history")).isEmpty();
        JsonNode third = say(agent, "three").json();
        assertThat(third.path("session_id").asText()).isNotEqualTo(session);
        assertThat(heard("three")).containsExactly("three");
        assertThat(said(tasks.json(agent + "/chat/history/persistent?limit=3").path("messages")))
                .containsExactly("assistant: Heard two.", "user: three", "assistant: Heard three.");
    }

    @Test
    void chatsAreListedReadAndClosed() {
        String agent = tasks.agent("listed");
        String first = say(agent, "a").text("session_id");
        Reply closed = tasks.post(agent + "/chat/sessions/" + first + "/close");
        assertThat(closed.text("status")).isEqualTo("closed");
        assertThat(tasks.post(agent + "/chat/sessions/" + first + "/close").status())
                .as("once more")
                .isEqualTo(200);
        String second = say(agent, "b").text("session_id");

        JsonNode list = tasks.json(agent + "/chat/sessions");
        assertThat(list.path("session_count").asInt()).isEqualTo(2);
        assertThat(list.at("/sessions/0/id").asText()).isEqualTo(second);
        assertThat(list.at("/sessions/0/status").asText()).isEqualTo("active");
        assertThat(list.at("/sessions/0/message_count").asInt()).isEqualTo(2);
        assertThat(list.at("/sessions/1/status").asText()).isEqualTo("closed");
        assertThat(tasks.json(agent + "/chat/sessions?status=closed").path("sessions"))
                .hasSize(1);
        assertThat(said(tasks.json(agent + "/chat/sessions/" + first).path("messages")))
                .containsExactly("user: a", "assistant: Heard a.");
        Reply missing = tasks.get(agent + "/chat/sessions/nonsense");
        assertThat(missing.status()).isEqualTo(404);
        assertThat(missing.text("detail")).isEqualTo("Chat session not found");
        assertThat(tasks.get(tasks.agent("other-talker") + "/chat/sessions/" + first)
                        .status())
                .isEqualTo(404);
    }

    @Test
    void turnsFollowOnEachOtherAndOnlySoManyWait() throws Exception {
        String agent = tasks.agent("sequential");
        List<FutureTask<Reply>> begun = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            String word = i == 0 ? "silence" : "word " + i;
            FutureTask<Reply> turn = new FutureTask<>(() -> say(agent, word));
            Thread.startVirtualThread(turn);
            begun.add(turn);
            int count = i + 1;
            tasks.await(agent + "/executions", list -> list.size() == count);
        }
        Reply full = say(agent, "too much");
        assertThat(full.status()).isEqualTo(429);
        assertThat(full.text("detail")).contains("'sequential' is busy: 4 turns");
        JsonNode list = tasks.json(agent + "/executions");
        assertThat(list.get(0).path("status").asText()).isEqualTo("pending");
        assertThat(tasks.json("/api/agents/slots")
                        .at("/agents/sequential/active")
                        .asInt())
                .as("chat takes no slot")
                .isZero();

        tasks.await(
                agent + "/executions", all -> all.get(3).path("status").asText().equals("running"));
        tasks.post(agent + "/executions/" + list.get(3).path("id").asText() + "/terminate");
        Reply cancelled = begun.getFirst().get();
        assertThat(cancelled.status()).isEqualTo(409);
        assertThat(cancelled.text("detail")).isEqualTo("Execution was cancelled");
        for (FutureTask<Reply> turn : begun.subList(1, 4)) {
            assertThat(turn.get().status()).isEqualTo(200);
        }
        assertThat(said(tasks.json(agent + "/chat/history")))
                .containsExactly(
                        "user: word 1",
                        "assistant: Heard word 1.",
                        "user: word 2",
                        "assistant: Heard word 2.",
                        "user: word 3",
                        "assistant: Heard word 3.");
    }

    @Test
    void contextIsToldForAllAgentsAtOnce() {
        String agent = tasks.agent("full-of-words");
        say(agent, "hello");
        JsonNode glance = StreamSupport.stream(
                        tasks.json("/api/agents/context-stats").path("agents").spliterator(), false)
                .filter(each -> each.path("name").asText().equals("full-of-words"))
                .findFirst()
                .orElseThrow();
        assertThat(glance.path("status").asText()).isEqualTo("running");
        assertThat(glance.path("activityState").asText()).isEqualTo("idle");
        assertThat(glance.path("contextUsed").asInt()).isEqualTo(120);
        assertThat(glance.path("contextMax").asInt()).isPositive();
        assertThat(glance.path("lastActivityTime").asText()).endsWith("Z");

        String task = tasks.begun(agent, "silence");
        tasks.await("/api/agents/context-stats", stats -> stats.toString().contains("\"active\""));
        tasks.post(agent + "/executions/" + task + "/terminate");
        tasks.post(agent + "/stop");
        assertThat(tasks.json("/api/agents/context-stats").path("agents")).anySatisfy(each -> {
            assertThat(each.path("name").asText()).isEqualTo("full-of-words");
            assertThat(each.path("activityState").asText()).isEqualTo("offline");
            assertThat(each.path("contextUsed").asInt()).isZero();
        });
        JsonNode tallies = tasks.json("/api/agents/execution-stats?hours=1&include_7d=true")
                .path("agents");
        assertThat(tallies).anySatisfy(each -> {
            assertThat(each.path("name").asText()).isEqualTo("full-of-words");
            assertThat(each.path("task_count").asInt()).isEqualTo(2);
            assertThat(each.path("success_count").asInt()).isEqualTo(1);
            assertThat(each.path("success_rate").asDouble()).isEqualTo(100);
            assertThat(each.at("/last_7d/task_count").asInt()).isEqualTo(2);
        });
    }

    private static List<String> heard(String task) {
        JsonNode messages = tasks.model().asked().stream()
                .map(asked -> asked.body().path("messages"))
                .filter(all -> all.get(all.size() - 1).path("content").asText().equals(task))
                .findFirst()
                .orElseThrow();
        return StreamSupport.stream(messages.spliterator(), false)
                .filter(message -> !message.path("role").asText().equals("system"))
                .map(message -> message.path("content").asText())
                .toList();
    }

    private static List<String> said(JsonNode messages) {
        return StreamSupport.stream(messages.spliterator(), false)
                .map(message -> message.path("role").asText() + ": "
                        + message.path("content").asText())
                .toList();
    }
}
