package dev.drover.api.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.api.TestingApi;
import dev.drover.api.TestingApi.Reply;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ConsoleRunsTest {
    private static final TestingRuns RUNS = new TestingRuns();
    private static final TestingApi SERVER = RUNS.api();

    @AfterAll
    static void close() {
        RUNS.close();
    }

    @Test
    void listsNewestFirstAndPageByPage() throws InterruptedException {
        String user = RUNS.user("lister", "user");
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            made.addFirst(RUNS.done(user, "$ echo " + i).path("id").asText());
        }
        JsonNode first = as(user, "/api/v1/runs?limit=2").json();
        assertThat(ids(first)).isEqualTo(made.subList(0, 2));
        JsonNode second = as(
                        user,
                        "/api/v1/runs?limit=2&cursor="
                                + first.path("next_cursor").asText())
                .json();
        assertThat(ids(second)).isEqualTo(made.subList(2, 3));
        assertThat(second.path("next_cursor").isNull()).isTrue();
    }

    @Test
    void filtersByAgentInAnySpellingAndByStatus() throws InterruptedException {
        JsonNode run = RUNS.done("$ echo filtered");
        for (String spelled : List.of("id", "uuid", "slug")) {
            String agent = run.at("/agent/" + spelled).asText();
            assertThat(ids(SERVER.get("/api/v1/runs?agent=" + agent).json()))
                    .as(spelled)
                    .containsExactly(run.path("id").asText());
        }
        String agent = run.at("/agent/id").asText();
        assertThat(ids(SERVER.get("/api/v1/runs?status=completed,error&agent=" + agent)
                        .json()))
                .hasSize(1);
        assertThat(ids(SERVER.get("/api/v1/runs?status=running&agent=" + agent).json()))
                .isEmpty();
    }

    @Test
    void refusesQueriesThatDoNotFit() {
        for (String query : List.of("status=idle", "status=", "cursor=x", "limit=0", "cursor=" + UUID.randomUUID())) {
            assertThat(SERVER.get("/api/v1/runs?" + query).status()).as(query).isEqualTo(400);
        }
    }

    @Test
    void tellsAllAboutARun() throws InterruptedException {
        JsonNode line = RUNS.done("$ echo all about it");
        JsonNode whole = SERVER.get("/api/v1/runs/" + line.path("id").asText()).json();
        assertThat(whole.path("run")).isEqualTo(line);
        assertThat(line.path("status").asText()).isEqualTo("completed");
        assertThat(line.at("/agent/origin").asText()).isEqualTo("jettson");
        assertThat(line.at("/usage/tool_calls/shell_run").asInt()).isEqualTo(1);
        assertThat(whole.path("task").asText()).isEqualTo("$ echo all about it");
        assertThat(whole.at("/isolation/kind").asText()).isEqualTo("process");
        assertThat(whole.at("/limits/network").asText()).isEqualTo("full");
        assertThat(whole.at("/why/doing").asText()).isEqualTo("completed");
        assertThat(whole.path("result").asText()).isNotEmpty();
        assertThat(whole.path("last_seq").asLong()).isGreaterThan(5);
        assertThat(whole.at("/agent/latest_run").asText())
                .isEqualTo(line.path("id").asText());
    }

    @Test
    void findsAnAgentBySpellingAndTellsWhoseItIs() throws InterruptedException {
        JsonNode agent = RUNS.done("$ echo carded").path("agent");
        for (String spelled : List.of("id", "uuid", "slug")) {
            JsonNode card = SERVER.get("/api/v1/agents/" + agent.path(spelled).asText() + "/card")
                    .json();
            assertThat(card.path("agent")).as(spelled).isEqualTo(agent);
            assertThat(card.path("right").asText()).isEqualTo("admin");
            assertThat(card.path("runs").asInt()).isEqualTo(1);
        }
        assertThat(SERVER.get("/api/v1/agents/nobody-at-all/card").status()).isEqualTo(404);
    }

    @Test
    void tellsWhereTheTimeWent() throws InterruptedException {
        String run = RUNS.done("$ sleep 0.2").path("id").asText();
        JsonNode spans = SERVER.get("/api/v1/runs/" + run + "/spans").json();
        assertThat(spans.path("data").findValuesAsText("kind")).contains("model", "tool");
        JsonNode tool = spans.path("data")
                .valueStream()
                .filter(span -> span.path("kind").asText().equals("tool"))
                .findFirst()
                .orElseThrow();
        assertThat(tool.path("name").asText()).isEqualTo("shell_run");
        assertThat(tool.path("until").asLong() - tool.path("from").asLong()).isGreaterThanOrEqualTo(200);
        assertThat(spans.at("/models/0/calls").asInt()).isEqualTo(2);
    }

    @Test
    void stopsARunAndLeavesOneThatIsOver() throws InterruptedException {
        String agent =
                SERVER.post("/api/v1/agents", "{\"task\":\"$ sleep 50\"}").text("agent_id");
        JsonNode run = RUNS.newest(SERVER.plane().operator(), agent);
        String path = "/api/v1/runs/" + run.path("id").asText();
        assertThat(run.path("step").isObject()).isTrue();
        Reply stopped = SERVER.post(path + "/stop", "");
        assertThat(stopped.text("status")).isEqualTo("stopped");
        assertThat(stopped.json().path("step").isNull()).isTrue();
        assertThat(SERVER.post(path + "/stop", "").text("status")).isEqualTo("stopped");
        String over = RUNS.done("$ echo over").path("id").asText();
        assertThat(SERVER.post("/api/v1/runs/" + over + "/stop", "").text("status"))
                .isEqualTo("completed");
    }

    @Test
    void anAgentsRunsAreItsOwnersAndThoseItIsSharedWithAndOperators() throws InterruptedException {
        String owner = RUNS.user("owner", "user");
        String guest = RUNS.user("guest", "user");
        String stranger = RUNS.user("stranger", "user");
        String operator = RUNS.user("overseer", "operator");
        JsonNode run = RUNS.done(owner, "$ echo mine");
        UUID agent = UUID.fromString(run.at("/agent/uuid").asText());
        RUNS.share(agent, "guest");
        String path = "/api/v1/runs/" + run.path("id").asText();
        for (String may : List.of(owner, guest, operator, SERVER.plane().operator())) {
            assertThat(ids(as(may, "/api/v1/runs?agent=" + agent).json())).hasSize(1);
            for (String below : below(agent)) {
                assertThat(as(may, below.startsWith("/api") ? below : path + below)
                                .status())
                        .as(below)
                        .isEqualTo(200);
            }
        }
        assertThat(ids(as(stranger, "/api/v1/runs").json())).isEmpty();
        for (String below : below(agent)) {
            assertThat(as(stranger, below.startsWith("/api") ? below : path + below)
                            .status())
                    .as(below)
                    .isEqualTo(404);
        }
        assertThat(SERVER.send(SERVER.as(stranger, path + "/stop").POST(HttpRequest.BodyPublishers.noBody()))
                        .status())
                .isEqualTo(404);
        assertThat(SERVER.send(SERVER.to(path)).status()).isEqualTo(401);
    }

    private static List<String> below(UUID agent) {
        return List.of("", "/events", "/spans", "/stream", "/events/1", "/api/v1/agents/" + agent + "/card");
    }

    @Test
    void anAgentSeesItselfAndWhatItMadeAndNoOther() throws InterruptedException {
        String owner = RUNS.user("maker", "user");
        JsonNode mine = RUNS.done(owner, "$ echo myself");
        RUNS.done(owner, "$ echo another");
        String key =
                RUNS.credential("maker", UUID.fromString(mine.at("/agent/uuid").asText()));
        assertThat(ids(as(key, "/api/v1/runs").json()))
                .containsExactly(mine.path("id").asText());
        JsonNode made = RUNS.done(key, "$ echo made");
        assertThat(ids(as(key, "/api/v1/runs").json()))
                .containsExactly(made.path("id").asText(), mine.path("id").asText());
        JsonNode card = as(owner, "/api/v1/agents/" + made.at("/agent/id").asText() + "/card")
                .json();
        assertThat(card.at("/parent/id").asText())
                .isEqualTo(mine.at("/agent/id").asText());
    }

    private static Reply as(String credential, String path) {
        return SERVER.send(SERVER.as(credential, path));
    }

    private static List<String> ids(JsonNode page) {
        return page.path("data")
                .valueStream()
                .map(run -> run.path("id").asText())
                .toList();
    }
}
