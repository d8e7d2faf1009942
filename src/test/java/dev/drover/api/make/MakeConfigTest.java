package dev.drover.api.make;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.api.TestingApi.Reply;
import dev.drover.testing.TestingPlane;
import dev.drover.testing.model.Asked;
import dev.drover.testing.model.Script;
import dev.drover.testing.model.ScriptedModelServer;
import dev.drover.testing.model.Turn;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How an agent and a run are set up, and what of it the model is asked with. */
final class MakeConfigTest {
    private static final String NOW =
            "Current time \\(ISO\\): \\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}[+-]\\d\\d:\\d\\d";
    private static final String SCHEMA = """
            "outputParser":{"type":"make-schema","schema":[
              {"name":"title","type":"text","required":true},
              {"name":"count","type":"uinteger"},
              {"name":"lines","type":"array","spec":
                {"type":"collection","spec":[{"name":"text","type":"text","required":true}]}},
              {"name":"owner","type":"collection","spec":[{"name":"mail","type":"email"}]}]}
            """;

    private static ScriptedModelServer model;
    private static TestingPlane plane;
    private static TestingTalker make;
    private static volatile Script script = TestingTalker::heard;

    @BeforeAll
    static void start() throws IOException {
        model = ScriptedModelServer.start(asked -> script.next(asked));
        plane = TestingPlane.scripted(model);
        make = TestingTalker.of(plane);
    }

    @AfterAll
    static void close() throws IOException {
        plane.close();
        model.close();
    }

    private static Asked lastAsked() {
        return model.asked().getLast();
    }

    private static JsonNode answered(Reply reply) {
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return reply.json();
    }

    private static JsonNode run(String agent, String config) {
        return answered(make.run(agent, TestingTalker.NEW_THREAD, config, "go"));
    }

    @Test
    void theModelIsToldTheAgentsPromptTheAdditionAndTheTime() {
        script = TestingTalker::heard;
        String agent = make.agent();
        JsonNode plain = run(agent, "{}");
        assertThat(lastAsked().system()).matches("Be brief\\.\\n" + NOW);
        assertThat(plain.at("/executionSteps/0/content").asText())
                .isEqualTo(lastAsked().system());

        run(agent, "{\"additionalSystemPrompt\":\"Be kind.\"}");
        assertThat(lastAsked().system()).matches("Be brief\\.\\n\\nBe kind\\.\\n" + NOW);
        run(agent, "{\"systemPrompt\":\"Shout.\",\"additionalSystemPrompt\":\"Twice.\"}");
        assertThat(lastAsked().system()).matches("Shout\\.\\n\\nTwice\\.\\n" + NOW);
        run(agent, "{\"systemPrompt\":\"Shout.\",\"additionalSystemPrompt\":\"\"}");
        assertThat(lastAsked().system()).matches("Shout\\.\\n" + NOW);
        run(agent, "{}");
        assertThat(lastAsked().system()).as("for one run only").matches("Be brief\\.\\n" + NOW);
    }

    @Test
    void passagesOfFilesStandBesideThePromptAndNotInItsStep() {
        script = TestingTalker::heard;
        String agent = make.agent();
        Reply file = make.post("/ai-agents/v1/contexts", """
                {"agentId":"%s","name":"wine.md","content":"The cellar keeps a Riesling of 1971 behind the stairs."}
                """.formatted(agent));
        assertThat(file.status()).as(file.body()).isEqualTo(201);
        JsonNode answer = answered(make.run(agent, "Where is the Riesling of 1971?"));
        assertThat(lastAsked().system()).contains("Be brief.", "behind the stairs");
        assertThat(answer.at("/executionSteps/0/content").asText()).doesNotContain("behind the stairs");
        assertThat(answer.path("executionSteps")).hasSize(3);
    }

    @Test
    void theMostTokensReachTheModel() {
        script = TestingTalker::heard;
        String agent = make.agent("\"llmConfig\":{\"maxTokens\":\"77\"}");
        run(agent, "{}");
        assertThat(mostTokens()).isEqualTo(77);
        run(agent, "{\"llmConfig\":{\"maxTokens\":\"55\"}}");
        assertThat(mostTokens()).isEqualTo(55);
        run(agent, "{\"llmConfig\":{\"maxTokens\":\"\"}}");
        assertThat(mostTokens()).isEqualTo(77);
        run(agent, "{\"llmConfig\":{}}");
        assertThat(mostTokens()).isEqualTo(77);
    }

    private static int mostTokens() {
        JsonNode body = lastAsked().body();
        return body.path("max_completion_tokens").asInt(body.path("max_tokens").asInt());
    }

    @ParameterizedTest
    @CsvSource({
        "historyConfig, iterationsFromHistoryCount, 7, 101, -1",
        "llmConfig, maxTokens, 7, 2147483648, 0",
        "invocationConfig, recursionLimit, 7, 1001, 0",
        "invocationConfig, timeout, 7, 60000, 0"
    })
    void numbersAreReadFromStringsToo(String object, String field, int good, String tooMuch, String tooLittle) {
        script = TestingTalker::heard;
        String strings = "\"%s\":{\"%s\":\"%d\"}".formatted(object, field, good);
        String agent = make.agent(strings);
        assertThat(shown(agent, object, field)).isEqualTo(good);
        patched(agent, object, field, "\"8\"");
        assertThat(shown(agent, object, field)).isEqualTo(8);
        patched(agent, object, field, "\"\"");
        assertThat(shown(agent, object, field)).as("empty is left out").isEqualTo(8);
        patched(agent, object, field, "null");
        assertThat(shown(agent, object, field)).isEqualTo(8);
        String fresh = make.agent("\"%s\":{\"%s\":\"\"}".formatted(object, field));
        assertThat(make.get(TestingTalker.path(fresh)).status()).isEqualTo(200);
        for (String value : List.of("\"9\"", "9", "\"\"", "null", "\" 9 \"")) {
            run(agent, "{\"%s\":{\"%s\":%s}}".formatted(object, field, value));
        }
        for (String value :
                List.of(tooMuch, tooLittle, "\"x\"", "1.5", "\"1.5\"", "true", "[1]", "{}", "99999999999")) {
            String wrong = "{\"%s\":{\"%s\":%s}}".formatted(object, field, value);
            String path = object + "." + field + " ";
            assertThat(TestingTalker.wrong(make.run(agent, TestingTalker.NEW_THREAD, wrong, "go")))
                    .startsWith("config." + path);
            assertThat(TestingTalker.wrong(make.patch(TestingTalker.path(agent), wrong)))
                    .startsWith(path);
        }
        assertThat(shown(agent, object, field)).isEqualTo(8);
    }

    private static void patched(String agent, String object, String field, String value) {
        Reply reply = make.patch(TestingTalker.path(agent), "{\"%s\":{\"%s\":%s}}".formatted(object, field, value));
        assertThat(reply.status()).as(reply.body()).isEqualTo(204);
    }

    private static int shown(String agent, String object, String field) {
        return make.get(TestingTalker.path(agent))
                .json()
                .path(object)
                .path(field)
                .asInt();
    }

    @Test
    void anAnswerByASchemaComesAsTextAndAsObject() {
        String good =
                "{\"title\":\"a\\nb\",\"count\":3,\"lines\":[{\"text\":\"x\"}],\"owner\":{\"mail\":\"a@b.example\"}}";
        script = Script.inOrder(Turn.text("Here you are:\n```json\n" + good + "\n```"));
        String agent = make.agent();
        JsonNode answer = run(agent, "{" + SCHEMA + "}");
        assertThat(answer.path("response").asText()).isEqualTo(good);
        assertThat(answer.at("/jsonResponse/title").asText()).isEqualTo("a\nb");
        assertThat(answer.at("/jsonResponse/lines/0/text").asText()).isEqualTo("x");
        assertThat(lastAsked().system()).contains("JSON Schema", "\"minimum\":0", "\"required\":[\"title\"]");
        assertThat(answer.at("/executionSteps/0/content").asText()).doesNotContain("JSON Schema");

        script = TestingTalker::heard;
        assertThat(run(agent, "{}").has("jsonResponse"))
                .as("only with make-schema")
                .isFalse();
    }

    @Test
    void anAnswerThatDoesNotFitIsRepairedOnce() {
        String agent = make.agent("\"outputParserFormat\":" + SCHEMA.strip().substring("\"outputParser\":".length()));
        script = Script.inOrder(Turn.text("{\"title\":7}"), Turn.text("{\"title\":\"seven\"}"));
        JsonNode repaired = run(agent, "{}");
        assertThat(repaired.at("/jsonResponse/title").asText()).isEqualTo("seven");
        assertThat(repaired.at("/tokenUsageSummary/totalTokens").asInt()).isEqualTo(30);
        assertThat(make.thread(agent, repaired.path("threadId").asText()))
                .containsExactly(List.of("user: go", "assistant: {\"title\":\"seven\"}"));

        script = Script.inOrder(Turn.text("no"), Turn.text("no again"), Turn.text("{\"title\":\"too late\"}"));
        Reply reply = make.run(agent, "twice", "go");
        assertThat(reply.status()).isEqualTo(502);
        assertThat(reply.json().path("code").asText()).isEqualTo("SC502");
        assertThat(make.thread(agent, "twice")).isEmpty();

        script = Script.inOrder(Turn.text("plain"));
        assertThat(run(agent, "{\"outputParser\":{\"type\":\"text\"}}")
                        .path("response")
                        .asText())
                .isEqualTo("plain");
    }

    @Test
    void rawLineBreaksInAStringAreNoJsonAndAreRepaired() {
        String agent = make.agent();
        script = Script.inOrder(Turn.text("{\"title\":\"a\nb\"}"), Turn.text("{\"title\":\"a\\nb\"}"));
        JsonNode answer = run(agent, "{" + SCHEMA + "}");
        assertThat(answer.at("/jsonResponse/title").asText()).isEqualTo("a\nb");
        assertThat(answer.path("response").asText()).isEqualTo("{\"title\":\"a\\nb\"}");
    }

    @Test
    void aRepairIsOneStepMore() {
        String agent = make.agent();
        String config = "{\"invocationConfig\":{\"recursionLimit\":%d}," + SCHEMA + "}";
        script = Script.inOrder(Turn.text("no"), Turn.text("{\"title\":\"x\"}"));
        run(agent, config.formatted(2));
        script = Script.inOrder(Turn.text("no"), Turn.text("{\"title\":\"x\"}"));
        assertThat(TestingTalker.wrong(make.run(agent, TestingTalker.NEW_THREAD, config.formatted(1), "go")))
                .contains("recursionLimit");
    }

    @Test
    void exactlySoManyStepsAreTaken() {
        int scenario = make.scenario("time", "\"builtin\":\"memory_search\"");
        String agent = make.agent(TestingTalker.scenarios(scenario));
        Script twice = Script.byTurn(
                Turn.call("time", "{\"query\":\"a\"}"), Turn.call("time", "{\"query\":\"b\"}"), Turn.text("Done."));
        script = twice;
        JsonNode five = run(agent, "{\"invocationConfig\":{\"recursionLimit\":5}}");
        assertThat(five.path("executionSteps")).hasSize(7);
        for (int limit = 1; limit <= 4; limit++) {
            int before = model.asked().size();
            Reply reply =
                    make.run(agent, "loop", "{\"invocationConfig\":{\"recursionLimit\":%d}}".formatted(limit), "go");
            assertThat(TestingTalker.wrong(reply)).contains("invocationConfig.recursionLimit", "limit of " + limit);
            assertThat(model.asked().size() - before).isEqualTo((limit + 1) / 2);
        }
        assertThat(make.thread(agent, "loop")).isEmpty();
        String stream = make.post(
                        TestingTalker.path(agent) + "/run/stream",
                        TestingTalker.order("loop", "{\"invocationConfig\":{\"recursionLimit\":2}}", "go"))
                .body();
        assertThat(stream)
                .contains("event:error")
                .contains("SC400", "recursionLimit")
                .doesNotContain("\"Done.\"");
        answered(make.run(agent, "loop", "go"));
    }
}
