package dev.drover.api.make;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.TestingApi;
import dev.drover.testing.TestingPlane;
import dev.drover.testing.model.ScriptedModelServer;
import dev.drover.testing.model.Turn;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Make's own clients, as they are given out, against a whole server (contract, section 5). */
class MakeStockClientsTest {
    private static final String PASSED = "passed\n";

    private static TestingNode node;
    private static TestingApi server;

    @BeforeAll
    static void start() {
        node = TestingNode.ready();
        server = new TestingApi();
    }

    @AfterAll
    static void close() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void theSdkUnderstandsAnswersAndRefusals() {
        TestingNode.Ended ended = node.script("transport.mjs", server.plane().url(), token(server));
        assertThat(ended.text()).endsWith(PASSED);
        assertThat(ended.code()).isZero();
    }

    @Test
    void theSdkPassesTheAcceptanceScript() throws IOException {
        Turn slow = Turn.text("Hello", " back").slowly(Duration.ofSeconds(1), Duration.ZERO);
        try (ScriptedModelServer model = ScriptedModelServer.start(_ -> slow);
                TestingApi api = new TestingApi(TestingPlane.scripted(model))) {
            TestingNode.Ended ended = node.script("acceptance.mjs", api.plane().url(), token(api));
            assertThat(ended.text()).endsWith(PASSED);
            assertThat(ended.code()).isZero();
        }
    }

    @Test
    void theSdkWaitsAsLongAsItIsToldAndGoesOn() {
        AtomicReference<Instant> now = new AtomicReference<>(
                Instant.now().truncatedTo(ChronoUnit.MINUTES).plusSeconds(59));

        try (TestingApi limited = new TestingApi(TestingPlane.start(
                Map.of("DROVER_MODEL", "offline", "DROVER_REQUESTS_PER_MINUTE", "2"),
                clock(now),
                host -> List.of(InetAddress.getAllByName(host))))) {
            int[] refusals = {0};
            TestingNode.Ended ended =
                    node.script("patience.mjs", limited.plane().url(), token(limited), line -> {
                        // The first refusal is the hasty client's; with the second the minute is over.
                        if (line.equals("limited") && ++refusals[0] == 2) {
                            now.updateAndGet(before -> before.plusSeconds(1));
                        }
                    });
            assertThat(ended.text()).endsWith(PASSED);
            assertThat(refusals[0]).isEqualTo(2);
        }
    }

    @Test
    void theCommandLineTellsWhoItIs() {
        TestingNode.Ended ended = node.cli(server.plane().url(), token(server), "whoami");
        assertThat(ended.text()).contains("\"name\": \"admin\"");
        assertThat(ended.code()).isZero();
    }

    @Test
    void theCommandLineListsTeams() {
        TestingNode.Ended ended = node.cli(
                server.plane().url(), token(server), "teams", "list", "--organization-id=1", "--output=compact");
        assertThat(ended.text()).contains("{\"id\":1,\"name\":\"admin\",\"organizationId\":1}");
        assertThat(ended.code()).isZero();
    }

    @Test
    void theCommandLineListsConnectionsAndScenarios() {
        String token = token(server);
        server.post(
                "/api/v2/scenarios?teamId=1",
                "{\"name\":\"Look around\",\"description\":\"Lists files\",\"builtin\":\"memory_search\"}");
        TestingNode.Ended connections =
                node.cli(server.plane().url(), token, "connections", "list", "--team-id=1", "--output=compact");
        assertThat(connections.text()).startsWith("[{\"id\":").contains("\"accountName\":", "\"teamId\":1");
        assertThat(connections.code()).isZero();
        TestingNode.Ended scenarios =
                node.cli(server.plane().url(), token, "scenarios", "list", "--team-id=1", "--output=compact");
        assertThat(scenarios.text()).startsWith("[{\"id\":").contains("\"name\":\"Look around\"");
        assertThat(scenarios.code()).isZero();
    }

    @Test
    void theCommandLineTellsWhyItWasRefused() {
        TestingNode.Ended ended = node.cli(server.plane().url(), token(server), "teams", "list", "--organization-id=2");
        assertThat(ended.text()).contains("403", "Access denied.");
        assertThat(ended.code()).isNotZero();
    }

    private static Clock clock(AtomicReference<Instant> now) {
        InstantSource source = now::get;
        return source.withZone(ZoneOffset.UTC);
    }

    static String token(TestingApi api) {
        return api.post("/api/v1/keys", """
                        {"name":"a stock client","kind":"personal","scopes":["ai-agents:read","ai-agents:write",
                         "memory:read","memory:write","secrets:manage","webhooks:manage","keys:manage"]}
                        """).json().path("secret").asText();
    }
}
