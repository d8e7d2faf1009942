package dev.drover.api.trinity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.testing.RunningClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What becomes of due moments; six fields of cron have seconds first, so that nobody waits long here. */
final class TrinityTicksTest {
    private static final String EVERY_SECOND = "* * * * * *";

    private static final RunningClock CLOCK = new RunningClock("2026-11-22T10:00:00Z");
    private static TestingTasks tasks;

    @BeforeAll
    static void start() throws Exception {
        tasks = TestingTasks.open(CLOCK);
    }

    @AfterAll
    static void stop() {
        tasks.close();
    }

    /** Those of an agent by one schedule, oldest first. */
    private static List<JsonNode> made(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false).toList().reversed();
    }

    @Test
    void aScheduleThatIsDueInAMomentFiresOnTime() {
        String agent = tasks.agent("punctual");
        tasks.autonomy(agent, true);
        Instant now = CLOCK.instant();
        long second = (now.getEpochSecond() + 2) % 60;
        long minute = Math.floorMod((now.getEpochSecond() + 2) / 60, 60);
        JsonNode schedule = tasks.schedule(agent, second + " " + minute + " * * * *", "now");
        String path = agent + "/schedules/" + schedule.path("id").asText();
        Instant due = Instant.parse(schedule.path("next_run_at").asText());

        JsonNode made =
                tasks.await(path + "/executions", list -> !list.isEmpty()).get(0);
        Instant began = Instant.parse(made.path("started_at").asText());
        assertThat(began).isBetween(due, due.plusSeconds(5));
        assertThat(made.path("triggered_by").asText()).isEqualTo("schedule");
        JsonNode over = tasks.over(agent, made.path("id").asText());
        assertThat(over.path("response").asText()).isEqualTo("Heard now.");
        JsonNode shown = tasks.json(path);
        assertThat(Instant.parse(shown.path("next_run_at").asText())).isEqualTo(due.plus(Duration.ofHours(1)));
        assertThat(Instant.parse(shown.path("last_run_at").asText())).isAfterOrEqualTo(due);
    }

    @Test
    void everyDueMomentHasOneRecordWhateverBecameOfIt() {
        String agent = tasks.agent("overlapping");
        JsonNode schedule = tasks.schedule(agent, EVERY_SECOND, "silence");
        String path = agent + "/schedules/" + schedule.path("id").asText();
        tasks.autonomy(agent, true);
        tasks.await(path + "/executions", list -> list.size() >= 3);
        tasks.autonomy(agent, false);
        List<JsonNode> made = made(tasks.json(path + "/executions"));
        assertThat(made.getFirst().path("status").asText()).isIn("pending", "running");
        assertThat(made.subList(1, made.size())).allSatisfy(each -> {
            assertThat(each.path("status").asText()).isEqualTo("skipped");
            assertThat(each.path("error").asText()).startsWith("overlap: ");
            assertThat(each.path("message").asText()).isEqualTo("silence");
        });
        List<Instant> ticks = tasks.ticks(schedule.path("id").asText());
        assertThat(ticks).hasSameSizeAs(made).doesNotHaveDuplicates();
        for (int i = 1; i < ticks.size(); i++) {
            assertThat(ticks.get(i)).isEqualTo(ticks.get(i - 1).plusSeconds(1));
        }
        tasks.post(agent + "/executions/" + made.getFirst().path("id").asText() + "/terminate");
    }

    @Test
    void nothingFiresWhileAutonomyIsOffOrTheScheduleIs() throws Exception {
        String agent = tasks.agent("off-duty");
        JsonNode off = tasks.schedule(agent, EVERY_SECOND, "never");
        String disabled = agent + "/schedules/" + off.path("id").asText();
        tasks.post(disabled + "/disable");
        tasks.autonomy(agent, true);
        JsonNode witness = tasks.schedule(agent, EVERY_SECOND, "witness");
        String path = agent + "/schedules/" + witness.path("id").asText();
        tasks.await(path + "/executions", list -> list.size() >= 2);
        assertThat(tasks.json(disabled + "/executions")).isEmpty();

        tasks.autonomy(agent, false);
        int before = tasks.json(path + "/executions").size();
        Thread.sleep(2_100);
        assertThat(tasks.json(path + "/executions")).hasSize(before);
    }

    @Test
    void aComputerThatWasTurnedOffAndFullHandsAreReasonsToSkip() {
        String agent = tasks.agent("unable");
        List<String> busy = List.of("a", "b", "c").stream()
                .map(each -> tasks.begun(agent, "silence " + each))
                .toList();
        JsonNode schedule = tasks.schedule(agent, EVERY_SECOND, "hello");
        String path = agent + "/schedules/" + schedule.path("id").asText() + "/executions";
        tasks.autonomy(agent, true);
        JsonNode full = tasks.await(path, list -> !list.isEmpty()).get(0);
        assertThat(full.path("status").asText()).isEqualTo("skipped");
        assertThat(full.path("error").asText()).startsWith("capacity_full: Agent 'unable' is at capacity: 3 of 3");
        tasks.post(agent + "/stop");
        busy.forEach(each -> assertThat(tasks.over(agent, each).path("status").asText())
                .as("a stop ends what runs")
                .isEqualTo("cancelled"));
        tasks.await(path, list -> list.get(0).path("error").asText().startsWith("computer_stopped: "));
        assertThat(tasks.json(agent).path("status").asText()).isEqualTo("stopped");
        tasks.post(agent + "/start");
        tasks.await(path, list -> list.get(0).path("status").asText().equals("success"));
        tasks.autonomy(agent, false);
    }

    @Test
    void whatIsDeletedWhileItIsDueLeavesNoGhost() throws Exception {
        String agent = tasks.agent("ghost");
        tasks.autonomy(agent, true);
        JsonNode schedule = tasks.schedule(agent, EVERY_SECOND, "boo");
        String path = agent + "/schedules/" + schedule.path("id").asText();
        tasks.await(path + "/executions", list -> !list.isEmpty());
        assertThat(tasks.api().delete(path).status()).isEqualTo(204);
        JsonNode left = tasks.json(agent + "/executions");
        assertThat(left).isEmpty();
        Thread.sleep(2_100);
        assertThat(tasks.json(agent + "/executions")).isEmpty();

        tasks.schedule(agent, EVERY_SECOND, "boo again");
        tasks.await(agent + "/executions", list -> !list.isEmpty());
        assertThat(tasks.api().delete(agent).status()).isEqualTo(200);
        tasks.agent("ghost");
        Thread.sleep(1_100);
        assertThat(tasks.json(agent + "/executions")).isEmpty();
    }

    @Test
    void whatWasMissedIsRecordedOnceAndNotMadeUpFor() {
        String agent = tasks.agent("missed");
        JsonNode schedule = tasks.schedule(agent, "*/5 * * * *", "catch up");
        tasks.autonomy(agent, true);
        Instant due = Instant.parse(
                tasks.json(agent + "/schedules/" + schedule.path("id").asText())
                        .path("next_run_at")
                        .asText());
        CLOCK.pass(Duration.between(CLOCK.instant(), due.plus(Duration.ofMinutes(17))));
        JsonNode wakes = tasks.schedule(agent, "0 0 1 1 *", "a change makes the server look");

        String path = agent + "/schedules/" + schedule.path("id").asText();
        JsonNode made = tasks.await(path + "/executions", list -> !list.isEmpty());
        assertThat(made).hasSize(1);
        assertThat(made.get(0).path("status").asText()).isEqualTo("skipped");
        assertThat(made.get(0).path("error").asText())
                .isEqualTo("misfired: no server was running; due moments that were missed: 4");
        assertThat(tasks.ticks(schedule.path("id").asText())).containsExactly(due);
        assertThat(Instant.parse(tasks.json(path).path("next_run_at").asText()))
                .isEqualTo(due.plus(Duration.ofMinutes(20)));
        assertThat(wakes.path("id").asText()).isNotEmpty();
    }
}
