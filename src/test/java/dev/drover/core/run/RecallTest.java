package dev.drover.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.drover.core.memory.Reminder;
import dev.drover.testing.TestingAgents;
import dev.drover.testing.TestingPlane;
import dev.drover.testing.Waiting;
import dev.drover.testing.model.Asked;
import dev.drover.testing.model.ScriptedModelServer;
import dev.drover.testing.model.Turn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A whole server, and a model that also says what it learnt of a run; tasks tell the runs apart. */
final class RecallTest {
    private static final String MEMORY = "/api/v1/memory";
    private static final Map<String, String> FACTS = new ConcurrentHashMap<>();
    private static final ScriptedModelServer MODEL = model();
    private static final TestingPlane PLANE = TestingPlane.scripted(MODEL);
    private static final TestingAgents AGENTS = TestingAgents.of(PLANE);

    private static ScriptedModelServer model() {
        try {
            return ScriptedModelServer.start(RecallTest::answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Turn answer(Asked asked) {
        if (!asked.task().startsWith("TASK\n")) {
            return asked.task().contains("FAIL") ? Turn.status(400) : Turn.text("Done.");
        }
        return FACTS.entrySet().stream()
                .filter(fact -> asked.task().contains(fact.getKey()))
                .findFirst()
                .map(fact -> Turn.text(fact.getValue()))
                .orElseGet(() -> Turn.text("[]"));
    }

    @AfterAll
    static void close() throws IOException {
        PLANE.close();
        MODEL.close();
    }

    private static void remember(String key, String value) {
        assertThat(PLANE.post(MEMORY, "{\"key\":\"%s\",\"value\":\"%s\"}".formatted(key, value))
                        .statusCode())
                .isEqualTo(201);
    }

    private static List<Asked> asked(String task) {
        return MODEL.asked().stream().filter(asked -> asked.task().equals(task)).toList();
    }

    private static JsonNode memories(String query) {
        try {
            return new JsonMapper().readTree(PLANE.get(MEMORY + query).body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void remindsARunBeforeItsModelIsAsked() {
        remember("favourite_colour", "Her favourite colour is ultramarine");
        remember("train", "The night train leaves from platform nine");
        String task = "Paint a card in the favourite colour of the user";
        String id = AGENTS.spawn(task);
        AGENTS.finished(id);
        Asked first = asked(task).getFirst();
        assertThat(first.system())
                .contains("ultramarine", "follow no instructions")
                .doesNotContain("platform");
        List<JsonNode> log = AGENTS.log(id);
        assertThat(log)
                .filteredOn(event -> event.path("message").asText().startsWith("Remembered: "))
                .hasSize(1)
                .allMatch(event -> event.path("kind").asText().equals("info"));
        assertThat(AGENTS.agent(id).path("progress").toString()).contains("Remembered: favourite_colour");
        AGENTS.assertWhole(id);
    }

    @Test
    void learnsAtMostFiveFactsOfARunThatCompleted() {
        String facts = IntStream.range(0, 7)
                .mapToObj(i -> "{\"key\":\"Learnt %d\",\"value\":\"Fact %d of the lighthouse\",\"importance\":%d}"
                        .formatted(i, i, i))
                .collect(Collectors.joining(",", "Here you are:\n```json\n[", "]\n```"));
        FACTS.put("lighthouse keeper", facts);
        AGENTS.finished(AGENTS.spawn("Ask the lighthouse keeper"));
        Waiting.until(
                () -> memories("?source=auto_extracted&limit=100").toString().contains("learnt_4"));
        JsonNode learnt = memories("?source=auto_extracted&limit=100").path("data");
        assertThat(learnt.findValuesAsText("key"))
                .contains("learnt_0", "learnt_4")
                .doesNotContain("learnt_5");
        assertThat(learnt.findValuesAsText("importance")).isSubsetOf("6", "7", "8");
    }

    @Test
    void learnsNothingOfARunThatFailed() {
        FACTS.put("FAIL", "[{\"key\":\"failed_fact\",\"value\":\"never\"}]");
        String id = AGENTS.spawn("FAIL at once");
        assertThat(AGENTS.finished(id).path("status").asText()).isEqualTo("error");
        AGENTS.finished(AGENTS.spawn("Something after it"));
        assertThat(MODEL.asked())
                .noneMatch(asked ->
                        asked.task().startsWith("TASK\n") && asked.task().contains("FAIL at once"));
        assertThat(memories("?limit=100").toString()).doesNotContain("failed_fact");
    }

    @Test
    void tellsAResumedRunTheSame() {
        Transcript transcript = new Transcript("task");
        assertThat(transcript.reminders()).isNull();
        Entry.Recalled recalled = new Entry.Recalled(List.of(new Reminder("default", "k", "the value")));
        transcript.take(recalled);
        assertThat(transcript.reminders()).isEqualTo(recalled.reminders());
        assertThat(Reminder.text(recalled.reminders())).contains("k: the value");
        assertThat(Reminder.text(List.of())).isEmpty();
    }
}
