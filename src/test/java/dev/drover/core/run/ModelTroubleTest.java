package dev.drover.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.core.Json;
import dev.drover.core.model.Delta;
import dev.drover.core.model.Usage;
import dev.drover.provider.json.JacksonEventCodec;
import dev.drover.testing.TestingAgents;
import dev.drover.testing.TestingStage;
import dev.drover.testing.model.Turn;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What becomes of a run whose model fails, and what the log keeps of the model's work. */
final class ModelTroubleTest {
    private static final TestingStage STAGE = TestingStage.open();
    private static final TestingAgents AGENTS = STAGE.agents();

    @AfterAll
    static void close() {
        STAGE.close();
    }

    @Test
    void isTriedAgainWhenItMayPass() {
        String id = STAGE.play(
                "four failures",
                Turn.text("half an ", "answer").cutAfter(2),
                Turn.status(429, Duration.ZERO),
                Turn.status(500, Duration.ZERO),
                Turn.status(529, Duration.ZERO),
                Turn.text("At last."));

        assertThat(AGENTS.finished(id).path("final_result").asText()).isEqualTo("At last.");
        assertThat(STAGE.asked("four failures")).hasSize(5);
        List<String> told = told(id);
        assertThat(told).hasSize(4);
        assertThat(told.get(0)).contains("attempt 1").contains("next try in");
        assertThat(told.get(1)).contains("attempt 2").contains("429");
        assertThat(told.get(2)).contains("500");
        assertThat(told.get(3)).contains("529");
        assertThat(AGENTS.log(id).getLast().path("message").asText()).isEqualTo("At last.");
        assertThat(AGENTS.log(id))
                .filteredOn(event -> event.has("iteration"))
                .as("tries of one iteration")
                .allMatch(event -> event.path("iteration").asInt() == 1);
    }

    @Test
    void endsTheRunAtOnceWhenItWillNotPass() {
        String id = STAGE.play("bad key", Turn.status(401));

        assertThat(AGENTS.finished(id).path("error").asText()).isEqualTo("reasoning_unavailable");
        assertThat(STAGE.asked("bad key")).hasSize(1);
        assertThat(told(id)).singleElement().asString().contains("401").contains("no more tries");
        AGENTS.assertWhole(id);
    }

    @Test
    void endsTheRunAfterFiveTries() {
        String id = STAGE.play("always down", asked -> Turn.status(503, Duration.ZERO));

        assertThat(AGENTS.finished(id).path("error").asText()).isEqualTo("reasoning_unavailable");
        assertThat(STAGE.asked("always down")).hasSize(5);
        assertThat(told(id)).hasSize(5);
        assertThat(AGENTS.log(id).getLast().path("message").asText()).contains("503");
    }

    @Test
    void endsTheRunWhenTheNextTryWouldComeAfterTheBudget() {
        String id = STAGE.play("come back much later", Turn.status(429, Duration.ofSeconds(61)));

        assertThat(AGENTS.finished(id).path("error").asText()).isEqualTo("reasoning_unavailable");
        assertThat(STAGE.asked("come back much later")).hasSize(1);
    }

    @Test
    void keepsThePiecesOfAnAnswerInOrderBeforeTheAnswer() {
        String id = STAGE.play(
                "speak slowly",
                Turn.thinking("let ", "me ", "see. ")
                        .andText("It ", "is ", "so.")
                        .slowly(Duration.ZERO, Duration.ofMillis(70)));

        AGENTS.finished(id);
        List<Entry> entries = entries(id);
        List<Delta> deltas = entries.stream()
                .filter(Entry.ModelSpoke.class::isInstance)
                .map(entry -> ((Entry.ModelSpoke) entry).delta())
                .toList();
        assertThat(joined(deltas, Delta.Thinking.class)).isEqualTo("let me see. ");
        assertThat(joined(deltas, Delta.Text.class)).isEqualTo("It is so.");
        assertThat(deltas).as("not one piece at the end").hasSizeGreaterThan(2);
        assertThat(entries.stream().map(EventKind::of).map(EventKind::word).distinct())
                .containsExactly(
                        "noted", "computer_opened", "model_called", "model_spoke", "model_replied", "completed");
    }

    @Test
    void isChargedForInTheLog() {
        String id = STAGE.play("count tokens", Turn.text("Counted.").usage(70, 30, 20, 0));

        AGENTS.finished(id);
        assertThat(entries(id))
                .filteredOn(Entry.ModelReplied.class::isInstance)
                .singleElement()
                .isInstanceOfSatisfying(
                        Entry.ModelReplied.class,
                        replied -> assertThat(replied.reply().usage()).isEqualTo(new Usage(70, 30, 20, 0)));
    }

    private static String joined(List<Delta> deltas, Class<? extends Delta> kind) {
        return deltas.stream().filter(kind::isInstance).map(Delta::text).collect(Collectors.joining());
    }

    private static List<String> told(String id) {
        return AGENTS.log(id).stream()
                .map(event -> event.path("message"))
                .map(JsonNode::asText)
                .filter(message -> message.startsWith("The model did not answer"))
                .toList();
    }

    private static List<Entry> entries(String id) {
        JacksonEventCodec codec = new JacksonEventCodec();
        return STAGE.plane()
                .database()
                .database()
                .jdbi()
                .withHandle(handle -> handle.createQuery("""
                        select e.kind, e.payload from run_event e join run r on r.id = e.run_id
                        where r.task = :task order by e.seq
                        """)
                        .bind("task", AGENTS.agent(id).path("task").asText())
                        .map((row, context) ->
                                codec.read(EventKind.of(row.getString("kind")), new Json(row.getString("payload"))))
                        .list());
    }
}
