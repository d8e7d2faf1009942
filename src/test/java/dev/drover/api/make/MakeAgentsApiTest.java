package dev.drover.api.make;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.api.TestingApi;
import dev.drover.api.TestingApi.Reply;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Agents by API, on a real server (contract, sections 3.1 to 3.5). */
final class MakeAgentsApiTest {
    private static final TestingMake SERVER = TestingMake.offline();
    private static final String SCENARIO = """
            {"name":"look up","http":{"method":"GET","url":"https://example.com/"}}""";

    @AfterAll
    static void close() {
        SERVER.close();
    }

    @BeforeEach
    void forgetAll() {
        SERVER.forgetAgents();
    }

    @Test
    void answersACreationWithExactlyTheDocumentedFields() {
        Reply made = SERVER.create("Helper", "do what user says", "");
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        assertThat(made.json().fieldNames())
                .toIterable()
                .containsExactly("agentId", "name", "teamId", "makeConnectionId", "defaultModel", "systemPrompt");
        assertThat(UUID.fromString(made.text("agentId")).version()).isEqualTo(7);
        assertThat(made.json().path("teamId").isInt()).isTrue();
        assertThat(made.json().path("makeConnectionId").asInt()).isEqualTo(TestingMake.CONNECTION);
        assertThat(made.text("defaultModel")).isEqualTo("jettson-6.0");
        assertThat(made.text("systemPrompt")).isEqualTo("do what user says");
    }

    @Test
    void listsABareArrayOldestFirstAndShowsPartsOnRequest() {
        assertThat(SERVER.list("")).isEmpty();
        List<String> ids = IntStream.range(0, 3)
                .mapToObj(n -> SERVER.create("Same name", "p", "").text("agentId"))
                .toList();
        JsonNode all = SERVER.list("");
        assertThat(all.isArray()).isTrue();
        assertThat(all.findValuesAsText("id")).containsSequence(ids);
        assertThat(all.get(0).fieldNames())
                .toIterable()
                .contains("id", "name", "teamId", "createdAt", "systemPrompt", "defaultModel")
                .contains("invocationConfig", "scenarios", "mcpConfigs", "historyConfig", "llmConfig")
                .contains("contexts", "outputParser")
                .doesNotContain("makeConnectionId", "outputParserFormat", "pastConfigurations");
        assertThat(all.get(0).at("/invocationConfig/recursionLimit").asInt()).isEqualTo(300);
        assertThat(SERVER.list("&pg[limit]=1&pg%5Boffset%5D=1").findValuesAsText("id"))
                .containsExactly(ids.get(1));
    }

    @Test
    void listsAgentsOfOtherDialectsOnRequest() {
        String own = SERVER.create("Helper", "p", "").text("agentId");
        SERVER.api().post("/api/v1/agents", "{\"task\":\"GET nothing\",\"memory\":{\"extract\":false}}");
        assertThat(SERVER.list("").findValuesAsText("id")).containsExactly(own);
        JsonNode all = SERVER.list("&origin=all");
        assertThat(all).hasSize(2);
        assertThat(all.get(1).path("systemPrompt").asText()).isEmpty();
        assertThat(all.get(1).path("defaultModel").asText()).isEqualTo("jettson-6.0");
        assertThat(all.get(1).path("scenarios")).isEmpty();
        assertThat(SERVER.api().get(SERVER.path("", "&origin=trinity")).status())
                .isEqualTo(400);
    }

    @Test
    void showsOneAgentWholeUnderTheNamesOfAnswers() {
        int scenario = SERVER.scenario(SCENARIO);
        String id = SERVER.create("Helper", "p", """
                ,"llmConfig":{"maxTokens":"500"},"invocationConfig":{"recursionLimit":"20","timeout":""},
                "historyConfig":{"iterationsFromHistoryCount":"7"},
                "scenarios":[{"makeScenarioId":%d,"approvalMode":"approval-required"}],
                "outputParserFormat":{"type":"make-schema","schema":[{"name":"answer","type":"text"}]}
                """.formatted(scenario)).text("agentId");
        JsonNode agent = SERVER.get(id).json();
        assertThat(agent.path("makeConnectionId").asInt()).isEqualTo(TestingMake.CONNECTION);
        assertThat(agent.path("makeConnectionType").asText()).isEqualTo("ai-provider");
        assertThat(agent.path("llmProviderId").asInt()).isEqualTo(TestingMake.CONNECTION);
        assertThat(agent.at("/llmConfig/maxTokens").asInt()).isEqualTo(500);
        assertThat(agent.at("/invocationConfig/recursionLimit").asInt()).isEqualTo(20);
        assertThat(agent.at("/historyConfig/iterationsFromHistoryCount").asInt())
                .isEqualTo(7);
        assertThat(agent.at("/scenarios/0/makeScenarioId").asInt()).isEqualTo(scenario);
        assertThat(agent.at("/scenarios/0/approvalMode").asText()).isEqualTo("approval-required");
        assertThat(agent.at("/outputParser/type").asText()).isEqualTo("make-schema");
        assertThat(agent.at("/outputParser/schema/0/name").asText()).isEqualTo("answer");
        assertThat(agent.path("pastConfigurations")).isEmpty();
    }

    @Test
    void changesWhatIsGivenAndKeepsWhatItWasBefore() {
        String id =
                SERVER.create("Helper", "p", ",\"llmConfig\":{\"maxTokens\":5}").text("agentId");
        Reply renamed = SERVER.patch(id, "{\"name\":\" Renamed \",\"makeConnectionId\":99,\"teamId\":77}");
        assertThat(renamed.status()).isEqualTo(204);
        assertThat(renamed.body()).isEmpty();
        assertThat(SERVER.patch(id, "{}").status()).isEqualTo(204);
        assertThat(SERVER.patch(id, "{\"historyConfig\":{\"iterationsFromHistoryCount\":3}}")
                        .status())
                .isEqualTo(204);
        assertThat(SERVER.patch(id, "{\"historyConfig\":null,\"systemPrompt\":\"q\"}")
                        .status())
                .isEqualTo(204);
        JsonNode agent = SERVER.get(id).json();
        assertThat(agent.path("name").asText()).isEqualTo("Renamed");
        assertThat(agent.path("systemPrompt").asText()).isEqualTo("q");
        assertThat(agent.at("/llmConfig/maxTokens").asInt()).isEqualTo(5);
        assertThat(agent.at("/historyConfig/iterationsFromHistoryCount").asInt())
                .isEqualTo(10);
        assertThat(agent.path("pastConfigurations").findValuesAsText("name"))
                .containsExactly("Helper", "Renamed", "Renamed");
        assertThat(agent.at("/pastConfigurations/2/historyConfig/iterationsFromHistoryCount")
                        .asInt())
                .isEqualTo(3);
        assertThat(agent.at("/pastConfigurations/0").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "name",
                        "llmConfig",
                        "scenarios",
                        "mcpConfigs",
                        "defaultModel",
                        "systemPrompt",
                        "historyConfig",
                        "invocationConfig");
    }

    @Test
    void keepsTheLastTwentyPastConfigurations() {
        String id = SERVER.create("0", "p", "").text("agentId");
        IntStream.rangeClosed(1, 22).forEach(n -> SERVER.patch(id, "{\"name\":\"" + n + "\"}"));
        List<String> past = SERVER.get(id).json().path("pastConfigurations").findValuesAsText("name");
        assertThat(past).hasSize(20).startsWith("2").endsWith("21");
    }

    @Test
    void deletesForGood() {
        String id = SERVER.create("Helper", "p", "").text("agentId");
        Reply deleted = SERVER.delete(id);
        assertThat(deleted.status()).isEqualTo(204);
        assertThat(deleted.body()).isEmpty();
        assertThat(SERVER.delete(id).status()).isEqualTo(404);
        assertThat(SERVER.get(id).status()).isEqualTo(404);
        assertThat(SERVER.patch(id, "{}").status()).isEqualTo(404);
        assertThat(SERVER.run(id, "{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"config\":{}}")
                        .status())
                .isEqualTo(404);
        assertThat(SERVER.list("")).isEmpty();
        assertThat(SERVER.api().get("/api/v1/agents?origin=all").json().path("data"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name              | name Required",
                "teamId            | teamId Required",
                "makeConnectionId  | makeConnectionId Required",
                "defaultModel      | defaultModel Required",
                "systemPrompt      | systemPrompt Required"
            })
    void saysWhichFieldOfACreationIsMissing(String field, String message) {
        Reply refused = SERVER.createWithout(field);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text("code")).isEqualTo("SC400");
        assertThat(refused.text("message")).isEqualTo("Bad Request");
        assertThat(refused.json().at("/suberrors/0/message").asText()).isEqualTo(message);
        assertThat(refused.json().at("/suberrors/0/name").asText()).isEqualTo("Error");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"llmConfig\":{\"maxTokens\":0}}                                   | llmConfig.maxTokens",
                "{\"llmConfig\":{\"maxTokens\":\"many\"}}                            | llmConfig.maxTokens",
                "{\"llmConfig\":7}                                                   | llmConfig",
                "{\"invocationConfig\":{\"recursionLimit\":1001}}                    | invocationConfig.recursionLimit",
                "{\"invocationConfig\":{\"timeout\":60000}}                          | invocationConfig.timeout",
                "{\"historyConfig\":{\"iterationsFromHistoryCount\":101}}"
                        + " | historyConfig.iterationsFromHistoryCount",
                "{\"historyConfig\":{\"iterationsFromHistoryCount\":-1}}"
                        + " | historyConfig.iterationsFromHistoryCount",
                "{\"scenarios\":[{}]}                                                | scenarios[0].makeScenarioId",
                "{\"scenarios\":[{\"makeScenarioId\":424242}]}                       | scenarios[0].makeScenarioId",
                "{\"scenarios\":[{\"makeScenarioId\":1,\"approvalMode\":\"maybe\"}]} | scenarios[0].approvalMode",
                "{\"mcpConfigs\":[{\"mcpConnectionId\":1}]}                          | mcpConfigs[0].toolIds",
                "{\"mcpConfigs\":[{\"mcpConnectionId\":4242,\"toolIds\":[]}]}        | mcpConfigs[0].mcpConnectionId",
                "{\"outputParserFormat\":{\"type\":\"xml\"}}                         | outputParserFormat.type",
                "{\"outputParserFormat\":{\"type\":\"make-schema\"}}                 | outputParserFormat.schema",
                "{\"outputParserFormat\":{\"type\":\"make-schema\",\"schema\":[{\"name\":\"a\",\"type\":\"blob\"}]}}"
                        + " | outputParserFormat.schema[0].type",
                "{\"name\":\"  \"}                                                   | name",
                "{\"name\":5}                                                        | name",
                "{\"name\":\"me\"}                                                   | name",
                "{\"systemPrompt\":\"\"}                                             | systemPrompt",
                "{\"defaultModel\":\"gpt-99\"}                                       | defaultModel"
            })
    void namesTheWholePathOfWhatDoesNotFitAChange(String body, String path) {
        String id = SERVER.create("Helper", "p", "").text("agentId");
        Reply refused = SERVER.patch(id, body);
        assertThat(refused.status()).as(refused.body()).isEqualTo(400);
        assertThat(refused.json().at("/suberrors/0/message").asText()).startsWith(path + " ");
        assertThat(SERVER.get(id).json().path("pastConfigurations")).isEmpty();
    }

    @Test
    void takesEachNumberAtItsBounds() {
        String id = SERVER.create("n".repeat(255), "p", "").text("agentId");
        String bounds = """
                {"invocationConfig":{"recursionLimit":%d,"timeout":%d},
                "historyConfig":{"iterationsFromHistoryCount":%d},"llmConfig":{"maxTokens":1}}""";
        assertThat(SERVER.patch(id, bounds.formatted(1, 1, 0)).status()).isEqualTo(204);
        assertThat(SERVER.patch(id, bounds.formatted(1_000, 600, 100)).status()).isEqualTo(204);
        assertThat(SERVER.patch(id, bounds.formatted(1_000, 601, 100)).status()).isEqualTo(400);
        assertThat(SERVER.create("n".repeat(256), "p", "").status()).isEqualTo(400);
    }

    @Test
    void refusesAConnectionAModelAndATeamThatAreNotThere() {
        assertThat(SERVER.createOn(4711, "jettson-6.0")
                        .json()
                        .at("/suberrors/0/message")
                        .asText())
                .startsWith("makeConnectionId is 4711");
        assertThat(SERVER.createOn(TestingMake.CONNECTION, "gpt-99")
                        .json()
                        .at("/suberrors/0/message")
                        .asText())
                .startsWith("defaultModel is 'gpt-99'");
        Reply other = SERVER.create("x", "p", ",\"contexts\":[{\"id\":\"" + UUID.randomUUID() + "\"}]");
        assertThat(other.json().at("/suberrors/0/message").asText()).startsWith("contexts");
        assertThat(SERVER.list("")).isEmpty();
        TestingApi api = SERVER.api();
        String agents = "/api/v2/ai-agents/v1/agents";
        assertThat(api.get(agents).status()).isEqualTo(400);
        assertThat(api.get(agents).text("code")).isEqualTo("SC400");
        assertThat(api.get(agents + "?teamId=x").status()).isEqualTo(400);
        assertThat(api.get(agents + "?teamId=0").status()).isEqualTo(400);
        Reply forbidden = api.get(agents + "?teamId=2");
        assertThat(forbidden.status()).isEqualTo(403);
        assertThat(forbidden.text("message")).isEqualTo("Permission denied");
        assertThat(forbidden.text("detail")).isEqualTo("Access denied.");
        assertThat(forbidden.text("code")).isEqualTo("SC403");
        assertThat(api.send(api.to(agents + "?teamId=1")).status()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "01a202b2", "..%2f1"})
    void refusesAnIdThatIsNoUuid(String id) {
        assertThat(SERVER.get(id).status()).isEqualTo(400);
        assertThat(SERVER.delete(id).status()).isEqualTo(400);
    }

    @Test
    void lacksAnAgentThatIsNotThere() {
        Reply missing = SERVER.get(UUID.randomUUID().toString());
        assertThat(missing.status()).isEqualTo(404);
        assertThat(missing.text("code")).isEqualTo("SC404");
    }
}
