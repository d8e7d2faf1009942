package dev.drover.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.testing.TestingAgents;
import dev.drover.testing.TestingFolders;
import dev.drover.testing.TestingStage;
import dev.drover.testing.Waiting;
import dev.drover.testing.model.Turn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A person stops an agent, whatever it is doing. */
final class StopTest {
    private static final TestingStage STAGE = TestingStage.open();
    private static final TestingAgents AGENTS = STAGE.agents();
    private static final Path FOLDER = TestingFolders.create();

    @AfterAll
    static void close() {
        STAGE.close();
        TestingFolders.delete(FOLDER);
    }

    @Test
    void hangsUpOnTheModel() throws Exception {
        int brokenOff = STAGE.model().brokenOff();
        String id = STAGE.play("wait for a silent model", Turn.silence());
        Waiting.until(() -> STAGE.asked("wait for a silent model").size() == 1);

        assertThat(AGENTS.stop(id).path("status").asText()).isEqualTo("stopped");
        assertThat(AGENTS.agent(id).path("status").asText()).isEqualTo("stopped");
        assertThat(STAGE.model().awaitBrokenOff(brokenOff + 1, Duration.ofSeconds(60)))
                .isTrue();
        JsonNode agent = AGENTS.destroyed(id);
        assertThat(agent.path("final_result").isNull()).isTrue();
        assertThat(agent.path("error").isNull()).isTrue();
        assertThat(AGENTS.kinds(id)).containsExactly("info", "info", "stopped");
    }

    @Test
    void letsACommandCleanUp() {
        Path pid = FOLDER.resolve("heeds.pid");
        Path bye = FOLDER.resolve("heeds.bye");
        String id = STAGE.play(
                "run a command that heeds TERM",
                shell("trap 'sleep 0.5; echo bye > " + bye + "; exit 0' TERM; echo $$ > " + pid
                        + "; while :; do sleep 0.1; done"));
        Waiting.until(() -> !text(pid).isEmpty());

        AGENTS.stop(id);
        assertThat(AGENTS.destroyed(id).path("status").asText()).isEqualTo("stopped");
        assertThat(text(bye)).isEqualTo("bye\n");
        assertThat(isAlive(pid)).isFalse();
        assertThat(STAGE.asked("run a command that heeds TERM")).hasSize(1);
        AGENTS.assertWhole(id);
        JsonNode result = AGENTS.log(id).get(3);
        assertThat(result.path("kind").asText()).isEqualTo("tool_result");
        assertThat(result.path("is_error").asBoolean()).isTrue();
        assertThat(result.path("output").path("error").asText())
                .isEqualTo("Jettson Shell failed: stopped before it finished");
    }

    @Test
    void killsWhatDoesNotHeedTerm() {
        Path pid = FOLDER.resolve("stubborn.pid");
        Path term = FOLDER.resolve("stubborn.term");
        String id = STAGE.play(
                "run a command that ignores TERM",
                shell("trap 'echo term >> " + term + "' TERM; echo $$ > " + pid + "; while :; do sleep 0.1; done"));
        Waiting.until(() -> !text(pid).isEmpty());

        AGENTS.stop(id);
        assertThat(AGENTS.agent(id).path("status").asText()).isEqualTo("stopped");
        Waiting.until(() -> !text(term).isEmpty());
        assertThat(isAlive(pid)).as("it has ten seconds").isTrue();
        assertThat(AGENTS.agent(id).path("container").path("status").asText()).isEqualTo("stopping");
        AGENTS.destroyed(id);
        assertThat(isAlive(pid)).isFalse();
        AGENTS.assertWhole(id);
    }

    @Test
    void letsProcessesInTheBackgroundCleanUpToo() {
        Path pid = FOLDER.resolve("background.pid");
        Path bye = FOLDER.resolve("background.bye");
        String id = STAGE.play(
                "leave something running",
                shell("sh -c 'trap \"echo bye > " + bye + "; exit 0\" TERM; echo $$ > " + pid
                        + "; while :; do sleep 0.1; done' > /dev/null 2>&1 &"),
                Turn.silence());
        Waiting.until(() ->
                !text(pid).isEmpty() && STAGE.asked("leave something running").size() == 2);

        AGENTS.stop(id);
        AGENTS.destroyed(id);
        assertThat(text(bye)).isEqualTo("bye\n");
        assertThat(isAlive(pid)).isFalse();
    }

    @Test
    void changesNothingTheSecondTime() {
        String id = STAGE.play("be stopped twice", Turn.silence());
        AGENTS.stop(id);
        AGENTS.destroyed(id);
        List<JsonNode> log = AGENTS.log(id);

        assertThat(AGENTS.stop(id).path("status").asText()).isEqualTo("stopped");
        assertThat(AGENTS.log(id)).isEqualTo(log);
        assertThat(AGENTS.agent(id).path("container").path("status").asText()).isEqualTo("destroyed");
    }

    @Test
    void changesNothingOnceTheRunIsOver() {
        String id = STAGE.play("be done before", Turn.text("Done."));
        AGENTS.finished(id);
        AGENTS.destroyed(id);
        JsonNode agent = AGENTS.agent(id);
        List<JsonNode> log = AGENTS.log(id);

        assertThat(AGENTS.stop(id).path("status").asText()).isEqualTo("completed");
        assertThat(AGENTS.agent(id)).isEqualTo(agent);
        assertThat(AGENTS.log(id)).isEqualTo(log);
    }

    @Test
    void agreesWithARunThatEndsAtTheSameMoment() throws Exception {
        int stopped = 0;
        for (int round = 0; round < 25; round++) {
            String id = STAGE.play(
                    "race " + round, Turn.call("jettson_files_list", "{\"path\":\".\"}"), Turn.text("a", "b", "c"));
            Thread.sleep(round * 3L);
            String told = AGENTS.stop(id).path("status").asText();
            assertThat(AGENTS.finished(id).path("status").asText()).isEqualTo(told);
            AGENTS.assertWhole(id);
            AGENTS.destroyed(id);
            stopped += told.equals("stopped") ? 1 : 0;
        }
        assertThat(stopped).as("some rounds each way").isPositive();
    }

    private static Turn shell(String command) {
        return Turn.call(
                "jettson_shell_run",
                "{\"command\":\"" + command.replace("\\", "\\\\").replace("\"", "\\\"") + "\"}");
    }

    private static boolean isAlive(Path pid) {
        return ProcessHandle.of(Long.parseLong(text(pid).strip()))
                .filter(ProcessHandle::isAlive)
                .isPresent();
    }

    private static String text(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
