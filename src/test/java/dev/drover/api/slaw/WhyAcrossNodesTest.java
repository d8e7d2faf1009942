package dev.drover.api.slaw;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.testing.TestingPlane;
import dev.drover.testing.Waiting;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Why agents do not move whose computer is on a server that is not there, and those that have no place to run. */
@Timeout(300)
final class WhyAcrossNodesTest {
    private static final int WAIT_SECONDS = 20;

    private static JsonNode why(TestingSquad server, String agent) {
        return server.get("/api/v1/agents/" + agent + "/why").json();
    }

    @Test
    void namesTheServerThatIsNotThereWhateverTheAgentIsToDo() throws Exception {
        Map<String, String> settings =
                Map.of("DROVER_MODEL", "offline", "DROVER_COMPUTER_WAIT_SECONDS", String.valueOf(WAIT_SECONDS));
        try (TestingPlane plane = TestingPlane.start(settings);
                TestingPlane gone = plane.beside()) {
            TestingHeartbeats there = new TestingHeartbeats(gone);
            String asked = there.agent("Asked", "true");
            String woken = there.agent("Woken", "true");
            Waiting.until(
                    () -> there.squads.shown(woken).path("status").asText().equals("active"));
            gone.stop();

            TestingSquad here = new TestingSquad(plane);
            Thread run = Thread.ofVirtual()
                    .start(() -> here.post(
                            "/api/v2/ai-agents/v1/agents/" + asked + "/run?teamId=1",
                            "{\"messages\":[{\"role\":\"user\",\"content\":\"READ x\"}],\"config\":{}}"));
            Waiting.until(() -> why(here, asked).path("waiting_for").asText().equals("node"));
            JsonNode why = why(here, asked);
            assertThat(why.path("status").asText()).isEqualTo("spawning");
            assertThat(why.path("doing").asText()).contains("computer");
            assertThat(why.at("/holder/node").isTextual()).isTrue();
            Instant since = Instant.parse(why.path("since").asText());
            assertThat(Instant.parse(why.path("until").asText())).isEqualTo(since.plusSeconds(WAIT_SECONDS));
            assertThat(why.path("unblock").asText()).contains("operator", "starts that server");

            assertThat(here.post("/api/agents/" + woken + "/heartbeat/invoke", "{}")
                            .status())
                    .isEqualTo(202);
            JsonNode waiting = why(here, woken);
            assertThat(waiting.path("waiting_for").asText()).isEqualTo("node");
            assertThat(waiting.path("doing").asText()).contains("computer");
            assertThat(waiting.path("unblock").asText()).contains("starts that server");
            run.join();
            assertThat(why(here, asked).path("holder").isNull())
                    .as("it is over")
                    .isTrue();
        }
    }

    @Test
    void namesTheLackOfPlaces() {
        try (TestingHeartbeats heart = new TestingHeartbeats(Map.of("SLAW_MAX_PROCESSES", "1"))) {
            String first = heart.agent("First", "sleep 300");
            String second = heart.agent("Second", "true");
            String running = heart.run(first);
            heart.await(running, "running");
            heart.run(second);
            JsonNode why = why(heart.squads, second);
            assertThat(why.path("waiting_for").asText()).isEqualTo("place");
            assertThat(why.path("unblock").asText()).contains("SLAW_MAX_PROCESSES");
            heart.squads.post("/api/heartbeat-runs/" + running + "/cancel", "{}");
            heart.awaitEnd(running);
        }
    }
}
