package dev.drover.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.drover.core.StartFailure;
import dev.drover.testing.TestingAgents;
import dev.drover.testing.TestingDatabase;
import dev.drover.testing.TestingPlane;
import dev.drover.testing.TestingProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** Runs in computers of bubblewrap, over stops, kills and takeovers. */
final class IsolatedRunTest {
    private static final Map<String, String> SETTINGS =
            Map.of("DROVER_MODEL", "offline", "DROVER_COMPUTERS", "bubblewrap");

    private static TestingPlane plane() {
        try {
            return TestingPlane.start(SETTINGS);
        } catch (StartFailure e) {
            assumeTrue(false, "needs bubblewrap: " + e.getMessage());
            throw e;
        }
    }

    @Test
    void aStoppedRunLeavesNothing() {
        try (TestingPlane plane = plane()) {
            TestingAgents agents = TestingAgents.of(plane);
            String id = agents.spawn("$ (sleep 300 &) ; trap 'exit 0' TERM; while :; do sleep 0.1; done");
            agents.awaitEvent(id, "tool_use");
            agents.stop(id);

            assertThat(agents.destroyed(id).path("status").asText()).isEqualTo("stopped");
            agents.assertWhole(id);
            assertThat(leftIn(plane)).isEmpty();
        }
    }

    @Test
    void aWorkspaceOutlivesAStopOfTheServerAndGoesWithTheRun() {
        try (TestingPlane plane = plane()) {
            TestingAgents agents = TestingAgents.of(plane);
            String id = agents.spawn("WRITE note: kept\n$ sleep 3\n$ cat note");
            agents.awaitEvent(id, event -> event.path("tool").asText().equals("jettson_shell_run"));
            plane.restart();

            assertThat(agents.finished(id).path("final_result").asText()).contains("kept");
            agents.destroyed(id);
            assertThat(leftIn(plane)).isEmpty();
        }
    }

    @Test
    void aWorkspaceOutlivesAKillOfTheServer() {
        plane().close(); // only to see whether this machine can
        try (TestingDatabase database = TestingDatabase.create();
                TestingProcess server = TestingProcess.over(database, SETTINGS)) {
            TestingAgents agents = server.agents();
            String id = agents.spawn("WRITE note: kept\n$ sleep 3\n$ cat note");
            agents.awaitEvent(id, event -> event.path("tool").asText().equals("jettson_shell_run"));
            server.kill();
            server.start();

            assertThat(agents.finished(id).path("final_result").asText()).contains("kept");
            assertThat(agents.log(id)).anyMatch(event -> event.path("in_doubt").asBoolean());
            agents.assertWhole(id);
        }
    }

    /** The folders of agents. */
    private static List<Path> leftIn(TestingPlane plane) {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(plane.data().resolve("computers"), "*-*-*-*-*")) {
            return StreamSupport.stream(found.spliterator(), false).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
