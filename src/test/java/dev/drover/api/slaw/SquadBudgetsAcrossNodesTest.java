package dev.drover.api.slaw;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.api.TestingApi.Reply;
import dev.drover.testing.TestingFolders;
import dev.drover.testing.TestingPlane;
import dev.drover.testing.Waiting;
import dev.drover.testing.model.ScriptedModelServer;
import dev.drover.testing.model.Turn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One squad whose agents live on three servers over one database: its budget and theirs hold for all together. */
@Timeout(300)
final class SquadBudgetsAcrossNodesTest {
    private static final int SERVERS = 3;
    private static final int RUNS_OF_EACH = 12;

    /** What a call of the scripted model costs, in millionths of a dollar: 1,000 tokens read, 3,000 written. */
    private static final long CALL = 32_000;

    private static final Path FOLDER = TestingFolders.create();
    private static final List<TestingPlane> PLANES = new ArrayList<>();
    private static final List<TestingSquad> SERVER = new ArrayList<>();
    private static ScriptedModelServer model;

    @BeforeAll
    static void start() throws IOException {
        Path prices = Files.writeString(FOLDER.resolve("p.json"), "{\"scripted\": {\"input\": 2, \"output\": 10}}");
        Turn turn = Turn.text("yes").usage(1_000, 3_000, 0, 0).slowly(Duration.ofMillis(20), Duration.ofMillis(50));
        model = ScriptedModelServer.start(asked -> turn);
        Map<String, String> settings = new HashMap<>(Map.of("DROVER_MODEL", "openai/scripted"));
        settings.put("OPENAI_BASE_URL", model.baseUrl() + "/v1");
        settings.put("DROVER_PRICES", prices.toString());
        settings.put("SLAW_MAX_PROCESSES", "20");
        PLANES.add(TestingPlane.start(settings));
        PLANES.add(PLANES.getFirst().beside());
        PLANES.add(PLANES.getFirst().beside());
        PLANES.forEach(plane -> SERVER.add(new TestingSquad(plane)));
    }

    @AfterAll
    static void stop() throws IOException {
        PLANES.reversed().forEach(TestingPlane::close);
        model.close();
        TestingFolders.delete(FOLDER);
    }

    private static TestingSquad first() {
        return SERVER.getFirst();
    }

    /** All at once, the servers in turn. */
    private static <T> List<T> crowd(List<Callable<T>> all) throws InterruptedException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return threads.invokeAll(all).stream().map(Future::resultNow).toList();
        }
    }

    @Test
    void neitherTheSquadsNorAnAgentsBudgetIsExceededByWhatRunsEverywhere() throws Exception {
        String squad = first().squad("Crowd", ",\"budgetMonthlyCents\":80");
        List<Callable<Reply>> runs = new ArrayList<>();
        List<String> agents = new ArrayList<>();
        for (int i = 0; i < SERVERS; i++) {
            TestingSquad server = SERVER.get(i);
            String agent = server.agent(squad, "Of " + i, i == 1 ? ",\"budgetMonthlyCents\":25" : "");
            agents.add(agent);
            for (int j = 0; j < RUNS_OF_EACH; j++) {
                runs.add(() -> run(server, agent));
            }
        }
        Watch ofSquad = new Watch(squad);
        Watch ofAgent = new Watch(agents.get(1));
        long before = model.asked().size();
        List<Reply> replies = crowd(runs);
        long calls = model.asked().size() - before;
        System.err.println("SquadBudgetsAcrossNodesTest: %d of %d asked, squad at most %d of 800000, agent %d of 250000"
                .formatted(calls, runs.size(), ofSquad.end(), ofAgent.end()));
        assertThat(replies).anyMatch(reply -> reply.status() == 200).anyMatch(reply -> reply.status() >= 400);
        assertThat(spent(squad)).isEqualTo(calls * CALL);
        assertThat(agents).allMatch(agent -> spent(agent) > 0);
        assertThat(ofSquad.end()).isBetween(spent(squad), 800_000L);
        assertThat(ofAgent.end()).isBetween(spent(agents.get(1)), 250_000L);
        assertThat(reserved(squad)).isZero();
    }

    private static Reply run(TestingSquad server, String agent) {
        return server.post(
                "/api/v2/ai-agents/v1/agents/" + agent + "/run?teamId=1",
                "{\"messages\":[{\"role\":\"user\",\"content\":\"well?\"}],\"config\":{}}");
    }

    @Test
    void aBudgetThatIsReachedAtAllServersAtOnceStopsItsSquadOnceAndEverywhere() throws Exception {
        String squad = first().squad("Whole", ",\"budgetMonthlyCents\":100");
        List<String> agents = new ArrayList<>();
        List<Callable<Reply>> costs = new ArrayList<>();
        List<String> working = new ArrayList<>();
        for (int i = 0; i < SERVERS; i++) {
            TestingSquad server = SERVER.get(i);
            String agent =
                    server.agent(squad, "Of " + i, ",\"adapterConfig\":{\"command\":\"sleep\",\"args\":[\"200\"]}");
            agents.add(agent);
            working.add(invoke(server, agent).json().at("/run/id").asText());
            for (int j = 0; j < 10; j++) {
                costs.add(() ->
                        server.post("/api/squads/" + squad + "/cost-events", SlawCostsApiTest.event(agent, 4, "")));
            }
        }
        working.forEach(run -> awaitRun(run, "running"));
        assertThat(crowd(costs)).allMatch(reply -> reply.status() == 201);

        for (TestingSquad server : SERVER) {
            for (String agent : agents) {
                assertThat(TestingSquad.code(invoke(server, agent))).isEqualTo("budget_blocked");
            }
        }
        assertThat(told(squad)).containsExactlyInAnyOrder("soft", "hard");
        assertThat(activities("budget.soft_threshold_crossed", squad)).isEqualTo(1);
        assertThat(activities("budget.hard_threshold_crossed", squad)).isEqualTo(1);
        assertThat(count(
                        "select count(*) from approval where type = 'budget_override_required' and squad_id = ?",
                        squad))
                .isEqualTo(1);
        working.forEach(run -> awaitRun(run, "cancelled"));

        TestingSquad last = SERVER.getLast();
        assertThat(last.patch("/api/squads/" + squad, "{\"budgetMonthlyCents\":1000}")
                        .status())
                .isEqualTo(200);
        assertThat(invoke(first(), agents.getFirst()).status()).isEqualTo(202);
        assertThat(invoke(last, agents.get(1)).status()).isEqualTo(202);
        assertThat(count(
                        "select count(*) from budget_incident where scope = ? and resolved_at is null"
                                + " and kind = 'hard'",
                        squad))
                .isZero();
        last.post("/api/squads/" + squad + "/archive", "");
    }

    @Test
    void anAgentWhoseBudgetIsReachedAtAllServersIsPausedOnceAndGoesOnWhereverItIsRaised() throws Exception {
        String squad = first().squad("One");
        TestingSquad second = SERVER.get(1);
        String agent =
                second.agent(squad, "Spender", ",\"budgetMonthlyCents\":50,\"adapterConfig\":{\"command\":\"true\"}");
        List<Callable<Reply>> costs = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            TestingSquad server = SERVER.get(i % SERVERS);
            costs.add(() -> server.post("/api/squads/" + squad + "/cost-events", SlawCostsApiTest.event(agent, 3, "")));
        }
        assertThat(crowd(costs)).allMatch(reply -> reply.status() == 201);

        for (TestingSquad server : SERVER) {
            assertThat(TestingSquad.code(invoke(server, agent))).isEqualTo("budget_blocked");
            assertThat(run(server, agent).status()).isGreaterThanOrEqualTo(400);
        }
        assertThat(told(agent)).containsExactlyInAnyOrder("soft", "hard");
        assertThat(activities("agent.paused", agent)).isEqualTo(1);
        assertThat(activities("budget.hard_threshold_crossed", agent)).isEqualTo(1);
        assertThat(spent(agent)).isEqualTo(900_000);

        TestingSquad last = SERVER.getLast();
        assertThat(last.patch("/api/agents/" + agent, "{\"budgetMonthlyCents\":500}")
                        .status())
                .isEqualTo(200);
        assertThat(run(first(), agent).status()).as("at another server").isEqualTo(200);
        assertThat(invoke(first(), agent).status()).isEqualTo(202);
        assertThat(activities("agent.resumed", agent)).isEqualTo(1);
    }

    private static Reply invoke(TestingSquad server, String agent) {
        return server.post("/api/agents/" + agent + "/heartbeat/invoke", "{}");
    }

    private static void awaitRun(String run, String status) {
        Waiting.until(() -> {
            JsonNode shown = first().get("/api/heartbeat-runs/" + run).json().path("run");
            return shown.path("status").asText().equals(status);
        });
    }

    private static List<String> told(String scope) {
        return first().jdbi()
                .withHandle(handle -> handle.select("select kind from budget_incident where scope = ?", uuid(scope))
                        .mapTo(String.class)
                        .list());
    }

    private static long activities(String action, String entity) {
        return first().jdbi()
                .withHandle(handle -> handle.select(
                                "select count(*) from activity where action = ? and entity = ?", action, entity)
                        .mapTo(Long.class)
                        .one());
    }

    private static long spent(String scope) {
        return count("select spent_micros from budget where scope = ?", scope);
    }

    private static long reserved(String scope) {
        return count("select reserved_micros from budget where scope = ?", scope);
    }

    private static long count(String sql, String id) {
        return first().jdbi()
                .withHandle(handle ->
                        handle.select(sql, uuid(id)).mapTo(Long.class).findOne().orElse(0L));
    }

    private static UUID uuid(String text) {
        return UUID.fromString(text);
    }

    /** Looks as often as it can at what is spent and reserved together. */
    private static final class Watch {
        private final AtomicLong most = new AtomicLong();
        private final Thread thread;

        Watch(String scope) {
            thread = Thread.ofVirtual().start(() -> look(scope));
        }

        private void look(String scope) {
            try {
                while (true) {
                    long now = count("select spent_micros + reserved_micros from budget where scope = ?", scope);
                    most.accumulateAndGet(now, Math::max);
                    Thread.sleep(2);
                }
            } catch (InterruptedException e) {
                // Enough seen.
            }
        }

        long end() throws InterruptedException {
            thread.interrupt();
            thread.join();
            return most.get();
        }
    }
}
