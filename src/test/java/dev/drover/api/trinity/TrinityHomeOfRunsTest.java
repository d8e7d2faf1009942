package dev.drover.api.trinity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.drover.api.TestingApi;
import dev.drover.testing.model.Asked;
import dev.drover.testing.model.ScriptedModelServer;
import dev.drover.testing.model.Turn;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What runs do in a home that has secrets. */
class TrinityHomeOfRunsTest {
    private static ScriptedModelServer model;
    private static TestingHomes homes;
    private static TestingApi api;

    @BeforeAll
    static void start() throws Exception {
        model = ScriptedModelServer.start(TrinityHomeOfRunsTest::turn);
        homes = new TestingHomes(Map.of("DROVER_MODEL", "openai/scripted", "OPENAI_BASE_URL", model.baseUrl() + "/v1"));
        api = homes.api();
    }

    @AfterAll
    static void stop() throws Exception {
        homes.close();
        model.close();
    }

    /** Runs what it is told, and says what came of it. */
    private static Turn turn(Asked asked) {
        JsonNode messages = asked.body().path("messages");
        JsonNode last = messages.get(messages.size() - 1);
        String text = last.path("content").asText();
        if (last.path("role").asText().equals("tool")) {
            return Turn.text("It said: " + text);
        }
        String command =
                JsonNodeFactory.instance.objectNode().put("command", text).toString();
        return Turn.call(asked.tool("shell_run"), command);
    }

    private static TestingApi.Reply task(String agent, String message) {
        return api.post("/api/agents/" + agent + "/task", "{\"message\":\"" + message + "\"}");
    }

    private static List<String> kept(String value) {
        return homes.plane()
                .database()
                .database()
                .jdbi()
                .withHandle(handle -> handle.createQuery(
                                "select payload from run_event where payload like :value or label like :value")
                        .bind("value", "%" + value + "%")
                        .mapTo(String.class)
                        .list());
    }

    @Test
    void commandsSeeTheVariablesAndNothingThatIsKeptShowsThem() {
        homes.create("lent");
        api.post(
                "/api/agents/lent/credentials/inject",
                "{\"files\":{\".env\":\"TOKEN=hunter2hunter2\\nSHORT=tiny\\n\"}}");

        TestingApi.Reply reply = task("lent", "echo $TOKEN $SHORT");

        assertThat(reply.body()).contains("***TOKEN***", "tiny").doesNotContain("hunter2");
        assertThat(kept("hunter2")).isEmpty();
        assertThat(kept("***TOKEN***")).isNotEmpty();
        api.post("/api/agents/lent/credentials/inject", "{\"files\":{\".env\":\"OTHER=1\"}}");
        assertThat(task("lent", "echo [$TOKEN$OTHER]").body()).contains("[1]");
    }
}
