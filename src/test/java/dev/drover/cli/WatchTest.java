package dev.drover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class WatchTest {
    private static final PrintStream NOWHERE = new PrintStream(OutputStream.nullOutputStream());

    private final Surroundings around = new Surroundings(Map.of(), NOWHERE, NOWHERE, false, true);

    @Test
    @Timeout(60)
    void whoLeavesStopsTheAgentAndWaitsForItsComputerToGo() throws InterruptedException {
        try (TestingServer server = new TestingServer(Samples.RUN.subList(0, 3));
                DroverClient client = new DroverClient(server.url(), TestingServer.KEY)) {
            server.holdsStreamsOpen = true;
            server.status = "running";
            Interruption interruption = Interruption.none();
            Thread.startVirtualThread(() -> {
                while (server.resumedAt.isEmpty()) {
                    Thread.onSpinWait();
                }
                interruption.raise(130);
            });

            int code = new Watch(client, TestingServer.AGENT, around, false).toTheEnd(interruption);

            assertThat(code).isEqualTo(130);
            assertThat(server.status).isEqualTo("stopped");
            assertThat(server.requests).endsWith("GET /api/v1/agents/" + TestingServer.AGENT);
        }
    }

    @Test
    @Timeout(60)
    void whoLeavesBeforeTheFirstStepStopsTheAgentToo() throws InterruptedException {
        try (TestingServer server = new TestingServer(Samples.RUN);
                DroverClient client = new DroverClient(server.url(), TestingServer.KEY)) {
            Interruption interruption = Interruption.none();
            interruption.raise(143);

            int code = new Watch(client, TestingServer.AGENT, around, false).toTheEnd(interruption);

            assertThat(code).isEqualTo(143);
            assertThat(server.status).isEqualTo("stopped");
        }
    }
}
