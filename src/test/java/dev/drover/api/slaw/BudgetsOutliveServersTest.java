package dev.drover.api.slaw;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.drover.testing.TestingDatabase;
import dev.drover.testing.TestingFolders;
import dev.drover.testing.TestingProcess;
import dev.drover.testing.Waiting;
import dev.drover.testing.model.ScriptedModelServer;
import dev.drover.testing.model.Turn;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a server that is killed in the middle of a call had reserved of its squad's budget. */
@Timeout(300)
final class BudgetsOutliveServersTest {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final long CALL = 32_000;

    /** Longer than a model that is refused is asked again and again. */
    private static final int LEASE_SECONDS = 12;

    private final TestingDatabase database = TestingDatabase.create();
    private final Path folder = TestingFolders.create();
    private final HttpClient http = HttpClient.newHttpClient();
    private final AtomicBoolean silent = new AtomicBoolean(true);

    @AfterEach
    void close() {
        http.shutdownNow();
        database.close();
        TestingFolders.delete(folder);
    }

    @Test
    void itIsGivenBackWhenAnotherTakesTheRunOverAndIsSpentThere() throws Exception {
        Path prices = Files.writeString(folder.resolve("p.json"), "{\"scripted\": {\"input\": 2, \"output\": 10}}");
        Turn answer = Turn.text("yes").usage(1_000, 3_000, 0, 0);
        try (ScriptedModelServer model = ScriptedModelServer.start(asked -> silent.get() ? Turn.silence() : answer);
                TestingProcess one = TestingProcess.over(
                        database,
                        Map.of(
                                "DROVER_MODEL",
                                "openai/scripted",
                                "OPENAI_BASE_URL",
                                model.baseUrl() + "/v1",
                                "DROVER_PRICES",
                                prices.toString(),
                                "DROVER_LEASE_SECONDS",
                                String.valueOf(LEASE_SECONDS)));
                TestingProcess other = one.sharing()) {
            // It fits one call and no second one beside it.
            String squad = made(one, "/api/squads", "{\"name\":\"Poor\",\"budgetMonthlyCents\":15}")
                    .at("/squad/id")
                    .asText();
            String agent = agent(one, squad, "Lost");
            String heir = agent(one, squad, "Heir");
            Thread.ofVirtual().start(() -> run(one, agent));
            assertThat(model.awaitAsked(1, Duration.ofMinutes(1))).isTrue();
            assertThat(column("reserved_micros", squad)).isGreaterThan(150_000 / 2);

            one.kill();
            silent.set(false);
            Waiting.until(Duration.ofMinutes(1), () -> status(agent).filter(status -> !status.equals("running")));
            assertThat(status(agent)).contains("completed");
            assertThat(column("reserved_micros", squad)).isZero();
            assertThat(column("spent_micros", squad)).isEqualTo(CALL);
            assertThat(run(other, heir)).isEqualTo(200);
            assertThat(column("spent_micros", squad)).isEqualTo(2 * CALL);
        }
    }

    private String agent(TestingProcess server, String squad, String name) throws Exception {
        return made(
                        server,
                        "/api/squads/" + squad + "/agents",
                        "{\"name\":\"" + name + "\",\"role\":\"engineer\",\"adapterType\":\"process\"}")
                .at("/agent/id")
                .asText();
    }

    private JsonNode made(TestingProcess server, String path, String body) throws Exception {
        var answer = http.send(request(server, path, body), BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return MAPPER.readTree(answer.body());
    }

    private static HttpRequest request(TestingProcess server, String path, String body) {
        return HttpRequest.newBuilder(server.url().resolve(path))
                .timeout(Duration.ofMinutes(2))
                .header("Authorization", "Bearer " + server.operator())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    /** The status of the answer; 0 when none came, since the server is gone. */
    private int run(TestingProcess server, String agent) {
        try {
            return http.send(
                            request(
                                    server,
                                    "/api/v2/ai-agents/v1/agents/" + agent + "/run?teamId=1",
                                    "{\"messages\":[{\"role\":\"user\",\"content\":\"well?\"}],\"config\":{}}"),
                            BodyHandlers.ofString())
                    .statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Optional<String> status(String agent) {
        return database.database()
                .jdbi()
                .withHandle(handle -> handle.select(
                                "select status from run where agent_id = ? order by id limit 1", UUID.fromString(agent))
                        .mapTo(String.class)
                        .findOne());
    }

    private long column(String name, String scope) {
        return database.database()
                .jdbi()
                .withHandle(handle -> handle.select(
                                "select " + name + " from budget where scope = ?", UUID.fromString(scope))
                        .mapTo(Long.class)
                        .one());
    }
}
