package dev.drover.api.make;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.TestingApi.Reply;
import dev.drover.testing.CountingServer;
import dev.drover.testing.TestingPlane;
import dev.drover.testing.model.Asked;
import dev.drover.testing.model.ScriptedModelServer;
import dev.drover.testing.model.Turn;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs that fail, and requests that are refused before there is a run: loudly, and with nothing left behind. */
final class MakeTroubleTest {
    private static final String KEY = "sk-planted-4711-4711-4711-4711";
    private static final String SHORT = "{\"invocationConfig\":{\"timeout\":1}}";
    private static final String SAID = "'messages':[{'role':'user','content':'I'}]";
    private static final String NOBODY = "0190a000-0000-7000-8000-00000000dead";

    private static CountingServer world;
    private static ScriptedModelServer model;
    private static TestingPlane plane;
    private static TestingTalker make;

    @BeforeAll
    static void start() throws IOException {
        world = new CountingServer();
        model = ScriptedModelServer.start(MakeTroubleTest::turn);
        String egress = world.address() + "," + URI.create(model.baseUrl()).getAuthority();
        Map<String, String> settings = new HashMap<>(TestingTalker.settings(model.baseUrl(), egress));
        settings.put("OPENAI_API_KEY", KEY);
        plane = TestingPlane.start(settings);
        make = TestingTalker.of(plane);
    }

    @AfterAll
    static void close() throws IOException {
        plane.close();
        model.close();
        world.close();
    }

    private static Turn turn(Asked asked) {
        return switch (asked.task()) {
            case "silent" -> Turn.silence();
            case "wordless" -> Turn.text();
            case "blank" -> Turn.text(" ", "\n");
            case "401" -> Turn.status(401, "Incorrect API key provided: " + KEY);
            case "400" -> Turn.status(400, "the model is not in the mood");
            case "500" -> Turn.status(500, "the vendor is on fire");
            case "slow tool" -> asked.turn() == 0 ? Turn.call("slow", "{}") : Turn.text("Done.");
            case "wait a little" -> Turn.text("Done.").slowly(Duration.ofSeconds(2), Duration.ZERO);
            default -> Turn.text("Done.");
        };
    }

    @Test
    void aModelThatNeverAnswersIsOutOfTimeAfterItsStep() {
        String agent = make.agent();
        Reply reply = make.run(agent, "late", SHORT, "silent");
        assertThat(reply.status()).isEqualTo(504);
        assertThat(reply.json().path("code").asText()).isEqualTo("SC504");
        assertThat(reply.json().path("detail").asText()).contains("1 s");
        String stream = make.post(
                        TestingTalker.path(agent) + "/run/stream", TestingTalker.order("late", SHORT, "silent"))
                .body();
        assertThat(stream).contains("event:error\n").contains("\"code\":\"SC504\"");
        assertThat(make.thread(agent, "late")).isEmpty();
    }

    @Test
    void aToolThatTakesTooLongEndsTheRunToo() {
        world.stallOnce("GET /slow");
        int scenario = make.scenario(
                "slow", "\"http\":{\"method\":\"GET\",\"url\":\"http://%s/slow\"}".formatted(world.address()));
        String agent = make.agent(TestingTalker.scenarios(scenario), "\"invocationConfig\":{\"timeout\":1}");
        assertThat(make.run(agent, "slow tool").status()).isEqualTo(504);
        assertThat(make.run(agent, "slow tool").status())
                .as("the second answers")
                .isEqualTo(200);
    }

    @Test
    void aCallerIsKeptOnlySoLongButAStreamIsNot() throws Exception {
        Map<String, String> settings = new HashMap<>(TestingTalker.settings(model.baseUrl(), world.address()));
        settings.put("DROVER_RUN_WAIT_SECONDS", "1");
        try (TestingPlane hasty = TestingPlane.start(settings)) {
            TestingTalker talker = TestingTalker.of(hasty);
            String agent = talker.agent();
            int before = model.brokenOff();
            Reply reply = talker.run(agent, "t", "silent");
            assertThat(reply.status()).isEqualTo(504);
            assertThat(reply.json().path("detail").asText()).contains("1 s");
            assertThat(model.awaitBrokenOff(before + 1, Duration.ofSeconds(30))).isTrue();
            int goingOn = hasty.database()
                    .database()
                    .jdbi()
                    .withHandle(handle -> handle.createQuery("select count(*) from run where ended_at is null")
                            .mapTo(Integer.class)
                            .one());
            assertThat(goingOn).isZero();
            String stream = talker.stream(agent, "t", "wait a little").body();
            assertThat(stream).contains("Done.").doesNotContain("event:error");
            assertThat(talker.thread(agent, "t")).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"wordless", "blank"})
    void anEmptyAnswerIsNone(String task) {
        String agent = make.agent();
        Reply reply = make.run(agent, task, task);
        assertThat(reply.status()).isEqualTo(502);
        assertThat(reply.json().path("detail").asText()).contains("without a word");
        assertThat(make.stream(agent, task, task).body())
                .contains("event:error\n")
                .contains("SC502");
        assertThat(make.thread(agent, task)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"401, API key", "400, mood", "500, fire"})
    void whatTheVendorSaysIsToldWithoutItsKey(String task, String cause) {
        Reply reply = make.run(make.agent(), task);
        assertThat(reply.status()).isEqualTo(502);
        assertThat(reply.json().path("code").asText()).isEqualTo("SC502");
        assertThat(reply.json().path("detail").asText()).contains(cause);
        assertThat(reply.body()).doesNotContain(KEY).doesNotContain("4711-4711");
    }

    @Test
    void whatWasDeletedSinceIsNamed() {
        int scenario = make.scenario(
                "gone", "\"http\":{\"method\":\"GET\",\"url\":\"http://%s/gone\"}".formatted(world.address()));
        int kept = make.scenario("kept", "\"builtin\":\"memory_search\"");
        String agent = make.agent(TestingTalker.scenarios(kept, scenario));
        assertThat(make.delete("/scenarios/" + scenario).status()).isEqualTo(204);
        for (String how : new String[] {"/run", "/run/stream"}) {
            Reply reply = make.post(
                    TestingTalker.path(agent) + how, TestingTalker.order(TestingTalker.NEW_THREAD, "{}", "go"));
            assertThat(TestingTalker.wrong(reply))
                    .startsWith("scenarios[1].makeScenarioId ")
                    .contains(" " + scenario);
        }
        String other = "{" + TestingTalker.scenarios(kept) + "}";
        assertThat(make.run(agent, TestingTalker.NEW_THREAD, other, "go").status())
                .as("others in their place")
                .isEqualTo(200);
        assertThat(TestingTalker.wrong(
                        make.run(agent, TestingTalker.NEW_THREAD, "{" + TestingTalker.scenarios(scenario) + "}", "go")))
                .startsWith("config.scenarios[0].makeScenarioId ");
        assertThat(make.patch(TestingTalker.path(agent), other).status()).isEqualTo(204);
        assertThat(make.run(agent, "go").status()).isEqualTo(200);
    }

    @Test
    void aDeletedConnectionIsNamed() {
        Reply made = make.post("/connections", """
                {"name":"own","accountType":"ai-agent-openai-compatible","url":"%s/v1","models":["scripted"]}
                """.formatted(model.baseUrl()));
        int connection = made.json().at("/connection/id").asInt();
        String agent = make.post("/ai-agents/v1/agents", """
                {"name":"a","teamId":1,"makeConnectionId":%d,"defaultModel":"scripted","systemPrompt":"p"}
                """.formatted(connection))
                .json()
                .path("agentId")
                .asText();
        assertThat(make.delete("/connections/" + connection).status()).isEqualTo(204);
        assertThat(TestingTalker.wrong(make.run(agent, "go")))
                .startsWith("makeConnectionId is " + connection)
                .contains("deleted");
        assertThat(make.get(TestingTalker.path(agent)).status()).isEqualTo(200);
        assertThat(make.delete(TestingTalker.path(agent)).status()).isEqualTo(204);
    }

    @Test
    void aProfileThatTheServerHasNoMoreIsNamed() {
        String agent = make.agent();
        plane.database()
                .database()
                .jdbi()
                .useHandle(handle ->
                        handle.execute("update agent set profile = 'old-1.0' where id = cast(? as uuid)", agent));
        assertThat(TestingTalker.wrong(make.run(agent, "go"))).startsWith("defaultModel is 'old-1.0'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|messages Required",
                "{'messages':null,'config':{}}|messages Required",
                "{'messages':[],'config':{}}|messages must hold at least one",
                "{'messages':{},'config':{}}|messages must be an array",
                "{'messages':'hello','config':{}}|messages must be an array",
                "{'messages':['hello'],'config':{}}|messages[0] must be an object",
                "{'messages':[{'role':'assistant','content':'I'}],'config':{}}|messages must hold a message",
                "{'messages':[{'role':'system','content':'I'}],'config':{}}|messages[0].role must be user",
                "{'messages':[{'role':'USER','content':'I'}],'config':{}}|messages[0].role must be user",
                "{'messages':[{'content':'I'}],'config':{}}|messages[0].role Required",
                "{'messages':[{'role':7,'content':'I'}],'config':{}}|messages[0].role must be a string",
                "{'messages':[{'role':'user'}],'config':{}}|messages[0].content Required",
                "{'messages':[{'role':'user','content':''}],'config':{}}|messages[0].content must not be blank",
                "{'messages':[{'role':'user','content':7}],'config':{}}|messages[0].content must be a string",
                "{'messages':[{'role':'user','content':[]}],'config':{}}|messages[0].content must be a string",
                "{'messages':[{'role':'user','content':'a\\u0000b'}],'config':{}}|messages[0].content must not contain",
                "{SAID}|config Required",
                "{SAID,'config':null}|config Required",
                "{SAID,'config':[]}|config must be an object",
                "{SAID,'config':'x'}|config must be an object",
                "{SAID,'config':{},'threadId':''}|threadId must be 1 to 255",
                "{SAID,'config':{},'threadId':7}|threadId must be a string",
                "{SAID,'config':{},'threadId':'a\\u0000'}|threadId must not contain",
                "{SAID,'config':{},'callbackUrl':'ftp://x'}|callbackUrl must be",
                "{SAID,'config':{},'callbackUrl':[]}|callbackUrl must be a string",
                "{SAID,'config':{'systemPrompt':''}}|config.systemPrompt must be at least 1",
                "{SAID,'config':{'systemPrompt':7}}|config.systemPrompt must be a string",
                "{SAID,'config':{'scenarios':{}}}|config.scenarios must be an array",
                "{SAID,'config':{'scenarios':[{'makeScenarioId':4040}]}}|config.scenarios[0].makeScenarioId must be",
                "{SAID,'config':{'scenarios':[{'makeScenarioId':'x'}]}}|config.scenarios[0].makeScenarioId must be",
                "{SAID,'config':{'scenarios':[{}]}}|config.scenarios[0].makeScenarioId Required",
                "{SAID,'config':{'mcpConfigs':[{'mcpConnectionId':4040}]}}|config.mcpConfigs[0].mcpConnectionId",
                "{SAID,'config':{'outputParser':{'type':'xml'}}}|config.outputParser.type must be",
                "{SAID,'config':{'outputParser':{'type':'make-schema'}}}|config.outputParser.schema must hold",
                "{SAID,'config':{'outputParser':{'schema':{}}}}|config.outputParser.schema must be",
                "{SAID,'config':{'llmConfig':[]}}|config.llmConfig must be an object",
                "{SAID,'config':{'historyConfig':'x'}}|config.historyConfig must be an object",
                "{SAID,'config':{'invocationConfig':7}}|config.invocationConfig must be an object"
            },
            quoteCharacter = '`')
    void eachFieldOfARunIsJudged(String body, String wrong) {
        String agent = Shared.AGENT;
        for (String how : new String[] {"/run", "/run/stream"}) {
            Reply reply = make.post(
                    TestingTalker.path(agent) + how, body.replace("SAID", SAID).replace('\'', '"'));
            assertThat(TestingTalker.wrong(reply)).startsWith(wrong);
        }
    }

    private static final class Shared {
        static final String AGENT = make.agent();
    }

    @Test
    void oddTextIsTakenOrRefusedButNeverBreaks() {
        String agent = make.agent();
        String halved = "{\"messages\":[{\"role\":\"user\",\"content\":\"half \\ud83d here\"}],\"config\":{}}";
        assertThat(make.post(TestingTalker.path(agent) + "/run", halved).status())
                .isIn(200, 400);
        String thread = "{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"config\":{},\"threadId\":\"\\udc00\"}";
        assertThat(make.post(TestingTalker.path(agent) + "/run", thread).status())
                .isIn(200, 400);
        assertThat(make.run(agent, "😀".repeat(127), "x").status()).isEqualTo(200);
        assertThat(make.run(agent, "t".repeat(255), "x").status()).isEqualTo(200);
        assertThat(make.run(agent, "t".repeat(256), "x").status()).isEqualTo(400);
        assertThat(make.stream(agent, "zeile\r\nX-Bad: 1 ä😀", "x").header("X-Make-Thread-Id"))
                .isEqualTo("zeile%0D%0AX-Bad: 1 %C3%A4%F0%9F%98%80");
        assertThat(make.get(TestingTalker.path(agent) + "/threads/%00").status())
                .isIn(400, 404);
        assertThat(make.get(TestingTalker.path(agent) + "/threads/%FF").status())
                .isIn(400, 404);
        assertThat(make.delete(TestingTalker.path(agent) + "/threads/a%00b").status())
                .isIn(400, 404);
        assertThat(make.patch(TestingTalker.path(agent), "{\"name\":\"half \\ud83d\",\"systemPrompt\":\"\\udc00\"}")
                        .status())
                .isIn(204, 400);
        assertThat(make.get(TestingTalker.path(agent)).status()).isEqualTo(200);
        assertThat(make.run(agent, "x").status()).isEqualTo(200);
    }

    @Test
    void aMegabyteIsTakenAndNineAreNot() {
        String agent = make.agent();
        String long1 = "ä".repeat(500_000);
        Reply taken = make.run(agent, "big", long1);
        assertThat(taken.status()).isEqualTo(200);
        assertThat(taken.json().at("/executionSteps/1/content").asText()).isEqualTo(long1);
        assertThat(make.run(agent, "big", "and now?").status()).isEqualTo(200);
        Reply refused = make.run(agent, "big", "x".repeat(9_000_000));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().path("detail").asText()).contains("larger than");
    }

    @Test
    void whatIsNotThereIsNotFoundBeforeTheBodyIsRead() {
        for (String how : new String[] {"/run", "/run/stream"}) {
            assertThat(make.post(TestingTalker.path(NOBODY) + how, "{").status())
                    .isEqualTo(404);
            assertThat(make.post(TestingTalker.path("not-a-uuid") + how, "{").status())
                    .isEqualTo(400);
            String here = "/api/v2" + TestingTalker.path(Shared.AGENT) + how;
            assertThat(make.post(here + "?teamId=2", "{").status()).isEqualTo(403);
            assertThat(make.post(here + "?teamId=x", "{").status()).isEqualTo(400);
            assertThat(make.post(here, "{").status()).isEqualTo(400);
            assertThat(make.get(here + "?teamId=1").status()).isEqualTo(405);
        }
    }
}
