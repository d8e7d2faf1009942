package dev.drover.api.trinity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.testing.model.Asked;
import java.io.IOException;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What an agent was given at its birth, in the work that our own loop does for it; and what that costs. */
class TrinityEquippedTasksTest {
    private static TestingTasks tasks;

    @BeforeAll
    static void start() throws IOException {
        tasks = TestingTasks.open();
    }

    @AfterAll
    static void stop() {
        tasks.close();
    }

    /** The execution of a task of a new agent. */
    private static JsonNode worked(String name, String more) {
        assertThat(tasks.post("/api/agents", "{\"name\":\"" + name + "\"" + more + "}")
                        .status())
                .isEqualTo(200);
        String agent = "/api/agents/" + name;
        String id = tasks.post(agent + "/task", "{\"message\":\"I am " + name + "\"}")
                .text("execution_id");
        return tasks.json(agent + "/executions/" + id);
    }

    private static Asked asked(String name) {
        return tasks.model().asked().stream()
                .filter(asked -> asked.body().toString().contains("I am " + name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theModelIsOfferedTheToolsThatTheAgentWasGivenAndHearsItsInstructions() {
        JsonNode execution = worked(
                "picky", ",\"tools\":[\"shell_run\",\"crystal_ball\"],\"custom_instructions\":\"Always rhyme.\"");
        assertThat(asked("picky").tools()).hasSize(1).allMatch(tool -> tool.endsWith("shell_run"));
        assertThat(asked("picky").system()).startsWith("Always rhyme.");
        assertThat(execution.path("execution_log").toString())
                .contains("crystal_ball")
                .contains("none of this server's");
    }

    @Test
    void theWordsThatTrinityHasForToolsMeanOurs() {
        JsonNode execution = worked("plain", ",\"tools\":[\"filesystem\"],\"mcp_servers\":[\"ledger\"]");
        worked("unasked", "");
        assertThat(asked("plain").tools()).hasSizeGreaterThan(1).allMatch(tool -> tool.contains("files_"));
        assertThat(asked("unasked").tools()).containsAll(asked("plain").tools()).contains("jettson_shell_run");
        assertThat(execution.path("execution_log").toString()).contains("the MCP server 'ledger'");
    }

    @Test
    void whatAProgramSaysThatItCostIsShownAndNothingElse() {
        JsonNode free = worked("priced", "");
        assertThat(free.path("cost").isNull()).isTrue();
        tasks.plane()
                .database()
                .database()
                .jdbi()
                .useHandle(handle -> handle.execute(
                        "update run set dollars = 0.25 where id = ?",
                        UUID.fromString(free.path("id").asText())));
        JsonNode paid =
                tasks.json("/api/agents/priced/executions/" + free.path("id").asText());
        assertThat(paid.path("cost").asDouble()).isEqualTo(0.25);
    }
}
