package dev.drover.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventStreamTest {
    private final List<JsonNode> seen = new ArrayList<>();

    private void follow(TestingServer server, String agent) throws InterruptedException {
        try (DroverClient client = new DroverClient(server.url(), TestingServer.KEY)) {
            new EventStream(client, agent, Duration.ofMillis(1)).follow(seen::add);
        }
    }

    @Test
    void handsOutEveryEventUpToTheLast() throws InterruptedException {
        try (TestingServer server = new TestingServer(Samples.RUN)) {
            follow(server, TestingServer.AGENT);

            assertThat(seen).extracting(JsonNode::toString).isEqualTo(Samples.RUN);
            assertThat(server.resumedAt).containsExactly("null");
        }
    }

    @Test
    void resumesBehindTheLastEventSeenWhenTheConnectionBreaks() throws InterruptedException {
        try (TestingServer server = new TestingServer(Samples.RUN)) {
            server.eventsAConnection = 2;

            follow(server, TestingServer.AGENT);

            assertThat(seen).extracting(event -> event.path("seq").asInt()).containsExactly(1, 2, 3, 4, 5);
            assertThat(server.resumedAt).containsExactly("null", "2", "4");
        }
    }

    @Test
    void endsWhenTheServerHasNothingMore() throws InterruptedException {
        try (TestingServer server = new TestingServer(List.of())) {
            follow(server, TestingServer.AGENT);

            assertThat(seen).isEmpty();
        }
    }

    @Test
    void givesUpOnAServerThatIsGone() {
        TestingServer server = new TestingServer(Samples.RUN);
        server.close();

        assertThatThrownBy(() -> follow(server, TestingServer.AGENT))
                .isInstanceOf(ClientFailure.class)
                .hasMessageContaining("cannot be read from " + server.url());
    }
}
