package dev.drover.api.slaw;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.Plane;
import dev.drover.Settings;
import dev.drover.testing.TestingFolders;
import dev.drover.testing.TestingPlane;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class HeartbeatRecoveryTest {
    private static final String SLEEPS_UNLESS_RETRIED = "test \"$SLAW_WAKE_REASON\" = process_lost_retry || sleep 300";

    @Test
    void makesUpForARunThatTheServerWasStoppedIn() {
        try (var heart = new TestingHeartbeats()) {
            String agent = heart.agent("Cut", SLEEPS_UNLESS_RETRIED);
            String run = heart.run(agent);
            heart.await(run, shown -> shown.path("processPid").asLong() > 0);

            heart.squads.plane().restart();

            JsonNode lost = heart.awaitEnd(run);
            assertThat(lost.path("status").asText()).isEqualTo("failed");
            assertThat(lost.path("errorCode").asText()).isEqualTo("process_lost");
            assertThat(lost.path("error").asText()).contains("stopped");
            JsonNode runs = TestingHeartbeats.until(() -> heart.runs(agent), all -> all.size() == 2);
            JsonNode retry = heart.awaitEnd(runs.get(0).path("id").asText());
            assertThat(retry.path("status").asText()).isEqualTo("succeeded");
            assertThat(retry.path("retryOfRunId").asText()).isEqualTo(run);
            assertThat(retry.path("processLossRetryCount").asInt()).isEqualTo(1);
            heart.awaitAgent(agent, "idle");
        }
    }

    @Test
    void anotherServerEndsWhatADeadOneLeftAndLeavesTheRetryToWhereTheComputerIs() throws Exception {
        Path folder = TestingFolders.create();
        try (var heart = new TestingHeartbeats()) {
            String agent = heart.agent("Far", SLEEPS_UNLESS_RETRIED);
            String run = heart.run(agent);
            heart.await(run, shown -> shown.path("processPid").asLong() > 0);
            heart.squads.plane().stop();
            // As if the server had been killed in the middle of the run.
            heart.squads.sql("delete from heartbeat_run where retry_of is not null");
            heart.squads.sql(
                    "update heartbeat_run set status = 'running', finished_at = null, error_code = null, error = null");

            try (var _ = other(heart, folder)) {
                until(heart, "select count(*) from heartbeat_run where error_code = 'process_lost'", 1);
                Thread.sleep(Duration.ofSeconds(1));
                assertThat(heart.count(
                                "select count(*) from heartbeat_run where retry_of = ? and status = 'queued'",
                                UUID.fromString(run)))
                        .isEqualTo(1);
            }

            heart.squads.plane().restart();
            until(heart, "select count(*) from heartbeat_run where status = 'succeeded'", 1);
        } finally {
            TestingFolders.delete(folder);
        }
    }

    private static Plane other(TestingHeartbeats heart, Path folder) {
        return Plane.start(Settings.read(
                Map.of(),
                Map.of(
                        "HOME",
                        folder.toString(),
                        "DROVER_DATA",
                        folder.toString(),
                        "DROVER_PORT",
                        "0",
                        "DROVER_MODEL",
                        "offline",
                        "DROVER_DATABASE_URL",
                        heart.squads.plane().database().settingsUrl(),
                        "DROVER_COMPUTERS",
                        "process",
                        "DROVER_ROOT_KEY",
                        TestingPlane.ROOT_KEY,
                        "DROVER_ADMIN_PASSWORD",
                        "a password for tests")));
    }

    private static void until(TestingHeartbeats heart, String count, int wanted) throws InterruptedException {
        for (int i = 0; i < 600 && heart.count(count) != wanted; i++) {
            Thread.sleep(50);
        }
        assertThat(heart.count(count)).as(heart.shown()).isEqualTo(wanted);
    }
}
