package dev.drover.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.testing.TestingAgents;
import dev.drover.testing.TestingPlane;
import dev.drover.testing.Waiting;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is brought out of workspaces whose run ended while no server worked on it. */
final class FreightTest {
    @Test
    void keepsWhatARunLeftThatEndedWhileItsServerWasAway() {
        try (TestingPlane plane = TestingPlane.offline()) {
            TestingAgents agents = TestingAgents.of(plane);
            String id = agents.spawn(
                    "$ mkdir artifacts out; echo 1 > artifacts/a.txt; echo 2 > out/b.csv; echo 3 > c.txt; sleep 600",
                    Map.of("artifacts", List.of("out/*.csv")));
            Waiting.until(() -> left(plane));
            plane.stop();
            plane.database().database().jdbi().useHandle(handle -> handle.execute("""
                    update run set status = 'stopped', computer = 'stopping', node_id = null, fence = fence + 1,
                        ended_at = now()
                    """));

            plane.restart();

            List<String> paths = Waiting.until(Duration.ofSeconds(60), () -> {
                List<String> kept = plane.database()
                        .database()
                        .jdbi()
                        .withHandle(handle -> handle.createQuery("select path from artifact order by path")
                                .mapTo(String.class)
                                .list());
                return kept.size() == 2 ? Optional.of(kept) : Optional.empty();
            });
            assertThat(paths).containsExactly("artifacts/a.txt", "out/b.csv");
            assertThat(agents.agent(id).path("status").asText()).isEqualTo("stopped");
        }
    }

    private static boolean left(TestingPlane plane) {
        try (var files = Files.walk(plane.data())) {
            return files.anyMatch(file -> file.endsWith("c.txt"));
        } catch (java.io.IOException | java.io.UncheckedIOException e) {
            return false;
        }
    }
}
