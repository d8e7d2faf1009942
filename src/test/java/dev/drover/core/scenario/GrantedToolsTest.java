package dev.drover.core.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.core.Json;
import dev.drover.core.connection.ConnectionKind;
import dev.drover.core.id.ConnectionId;
import dev.drover.core.id.ScenarioId;
import dev.drover.core.tool.Tool;
import dev.drover.core.tool.ToolGrant;
import dev.drover.core.tool.ToolResult;
import dev.drover.testing.EchoServer;
import dev.drover.testing.TestingMcpServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Scenarios and servers' tools as models call them. */
@Timeout(120)
final class GrantedToolsTest {
    private final EchoServer echo = new EchoServer();
    private final TestingMcpServer far = new TestingMcpServer();
    private final TestingScenarios room = new TestingScenarios(echo.address(), far.address());

    @AfterEach
    void close() {
        room.close();
        far.close();
        echo.close();
    }

    private Action get(String target) {
        return new Action.Request("GET", echo.url(target), Map.of(), null, null);
    }

    private ConnectionId server() {
        return room.connect(9, ConnectionKind.MCP, far.url(), Map.of("authorization", "Bearer t"));
    }

    private static List<String> names(List<Tool> tools) {
        return tools.stream().map(tool -> tool.spec().name()).toList();
    }

    @Test
    void callsAServiceAndPicksWhatIsDeclared() throws InterruptedException {
        Recipe whole = TestingScenarios.recipe("Look it up", get("/find?q={{x}}"));
        Field target = new Field("target", FieldType.TEXT, null, null, true, List.of(), null);
        Field absent = new Field("absent", FieldType.TEXT, null, null, false, List.of(), null);
        Scenario picky = room.scenarios.create(
                room.mira,
                new Recipe(whole.name(), "Finds.", true, whole.input(), List.of(target, absent), whole.action(), 40));
        assertThat(room.tools(TestingScenarios.grant(picky)).getFirst().spec()).satisfies(spec -> {
            assertThat(spec.name()).isEqualTo("Look_it_up");
            assertThat(spec.description()).isEqualTo("Finds.");
            assertThat(spec.inputSchema().text()).contains("\"x\":{\"type\":\"string\"}");
        });
        ToolResult result = room.call(TestingScenarios.grant(picky), "{'x':'a&b'}");
        assertThat(result.output().text()).isEqualTo("{\"target\":\"/find?q=a%26b\"}");
        assertThat(result.isError()).isFalse();

        ToolResult plain = room.call(TestingScenarios.grant(room.made("plain", whole.action())), "{}");
        assertThat(plain.output().text()).startsWith("{\"text\":\"{\\\"method\\\":\\\"GET\\\"");
    }

    @Test
    void judgesInputBeforeAnythingIsSent() throws InterruptedException {
        ToolGrant grant = TestingScenarios.grant(room.made("s", get("/{{x}}")));
        ToolResult result = room.call(grant, "{'x':5}");
        assertThat(result.isError()).isTrue();
        assertThat(result.output().text()).contains("Make scenario rejected the call", "/x");
    }

    @Test
    void executesNothingThatAHumanMustApprove() throws InterruptedException {
        Scenario scenario = room.made("pay", new Action.Request("POST", echo.url("/"), Map.of(), "x", null));
        ToolResult result = room.call(new ToolGrant.OfScenario(scenario.id(), true), "{}");
        assertThat(result.isError()).isTrue();
        assertThat(result.output().text()).contains("a human must approve", "not executed");
    }

    @Test
    void isRepeatableAsItsMethodIs() throws InterruptedException {
        for (String method : List.of("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")) {
            Scenario scenario = room.made(method, new Action.Request(method, echo.url("/"), Map.of(), null, null));
            boolean repeatable =
                    room.tools(TestingScenarios.grant(scenario)).getFirst().repeatable(Json.EMPTY_OBJECT);
            assertThat(repeatable)
                    .as(method)
                    .isEqualTo(List.of("GET", "HEAD", "OPTIONS").contains(method));
        }
    }

    @Test
    void tellsTheModelWhenTimeIsUp() throws InterruptedException {
        Recipe slow = TestingScenarios.recipe("slow", get("/slow"));
        Scenario scenario =
                room.scenarios.create(room.mira, new Recipe("slow", "", true, slow.input(), null, slow.action(), 1));
        ToolResult result = room.call(TestingScenarios.grant(scenario), "{}");
        assertThat(result.isError()).isTrue();
        assertThat(result.output().text()).contains("no result within 1 seconds");
    }

    @Test
    void leavesOutWhatIsNotToBeHadAndSaysWhy() throws InterruptedException {
        Scenario off = room.made("off", get("/"));
        Recipe was = off.recipe();
        room.scenarios.change(
                room.mira, off, new Recipe("off", "", false, was.input(), null, was.action(), was.timeoutSeconds()));
        Scenario gone = room.made("gone", get("/"));
        room.scenarios.delete(room.mira, gone.id());
        Scenario others = room.scenarios.create(room.other, TestingScenarios.recipe("others", get("/")));
        assertThat(room.tools(
                        TestingScenarios.grant(off),
                        TestingScenarios.grant(gone),
                        TestingScenarios.grant(others),
                        new ToolGrant.OfServer(new ConnectionId(77), List.of())))
                .isEmpty();
        assertThat(room.missing)
                .containsExactly(
                        "Scenario " + off.id() + " gives no tool: it is not active",
                        "Scenario " + gone.id() + " gives no tool: it has been deleted",
                        "Scenario " + others.id() + " gives no tool: it has been deleted",
                        "Connection 77 gives no tool: there is no connection 77 of the kind mcp any more");
    }

    @Test
    void givesEveryToolANameOfItsOwn() throws InterruptedException {
        ConnectionId server = server();
        Scenario first = room.made("say", get("/"));
        Scenario second = room.made("say", get("/"));
        assertThat(names(room.tools(
                        TestingScenarios.grant(first),
                        TestingScenarios.grant(second),
                        new ToolGrant.OfServer(server, List.of()))))
                .containsExactly("say", "say_" + second.id(), "say_9", "add", "fail");
        assertThat(names(room.tools(new ToolGrant.OfServer(server, List.of("say", "lost")))))
                .containsExactly("say");
        assertThat(room.missing).containsExactly("Connection 9 has no more: lost");
    }

    @Test
    void callsToolsOfAServerByItsCredentials() throws InterruptedException {
        ToolGrant grant = new ToolGrant.OfServer(server(), List.of("say"));
        assertThat(room.call(grant, "{'words':'hi'}").output().text())
                .isEqualTo("{\"text\":\"hi\",\"structured_content\":{\"said\":\"hi\",\"more\":1}}");
        assertThat(room.call(grant, "{}").output().text()).contains("MCP rejected the call", "words");
        assertThat(far.heard()).contains("tools/call Bearer t").doesNotContain("tools/call null");
        assertThat(far.heard().stream().filter(each -> each.startsWith("tools/list")))
                .as("asked once a minute")
                .hasSize(1);
        ToolResult failed = room.call(new ToolGrant.OfServer(server(), List.of("fail")), "{}");
        assertThat(failed.output().text()).contains("the tool fail");
        assertThat(failed.isError()).isTrue();
    }

    @Test
    void wrapsAToolOfAServerInAScenario() throws InterruptedException {
        server();
        Field said = new Field("said", FieldType.TEXT, null, null, true, List.of(), null);
        Action action = new Action.ServerTool(new ConnectionId(9), "say");
        Scenario scenario =
                room.scenarios.create(room.mira, new Recipe("speak", "", true, null, List.of(said), action, 40));
        Tool tool = room.tools(TestingScenarios.grant(scenario)).getFirst();
        assertThat(tool.spec().description()).isEqualTo("It will say.");
        assertThat(tool.spec().inputSchema().text()).contains("words");
        assertThat(room.call(TestingScenarios.grant(scenario), "{'words':'hi'}")
                        .output()
                        .text())
                .isEqualTo("{\"said\":\"hi\"}");
        Scenario add = room.made("add", new Action.ServerTool(new ConnectionId(9), "add"));
        assertThat(room.tools(TestingScenarios.grant(add)).getFirst().repeatable(Json.EMPTY_OBJECT))
                .isTrue();
    }

    @Test
    void goesOnWithoutAServerThatIsAway() throws InterruptedException {
        ToolGrant all = new ToolGrant.OfServer(server(), List.of());
        Scenario declared = room.made("declared", new Action.ServerTool(new ConnectionId(9), "say"));
        List<Tool> before = room.tools(all);
        far.goAway(true);
        assertThat(names(room.tools(all))).as("known for a minute").isEqualTo(names(before));
        assertThat(room.call(new ToolGrant.OfServer(new ConnectionId(9), List.of("say")), "{'words':'x'}"))
                .satisfies(result -> assertThat(result.output().text()).contains("account 9", "503"));
        room.clock.pass(Duration.ofMinutes(2));
        assertThat(names(room.tools(all, TestingScenarios.grant(declared)))).containsExactly("declared");
        assertThat(room.missing).singleElement().asString().contains("Connection 9 gives no tool", "503");
        assertThat(room.call(TestingScenarios.grant(declared), "{}").isError()).isTrue();
        far.goAway(false);
        assertThat(names(room.tools(all))).isEqualTo(names(before));
    }

    @Test
    void lendsNothingOfAConnectionThatWasDeleted() throws InterruptedException {
        ConnectionId http = room.connect(3, ConnectionKind.HTTP, echo.url("/base"), Map.of("x-key", "k-123456789"));
        Scenario scenario = room.made("s", new Action.Request("GET", echo.url("/a"), Map.of(), null, http));
        ToolGrant grant = TestingScenarios.grant(scenario);
        assertThat(room.call(grant, "{}").output().text()).contains("\\\"x-key\\\":\\\"***\\\"");
        room.connect(3, ConnectionKind.HTTP, far.url(), Map.of("x-key", "k-123456789"));
        assertThat(room.call(grant, "{}").output().text())
                .contains("rejected the call", "does not lead to http://" + far.address());
        room.disconnect(http);
        assertThat(room.call(grant, "{}").output().text()).contains("there is no connection 3");
    }

    @Test
    void callsBuiltInToolsByTheirOwnRules() throws InterruptedException {
        Scenario own = room.scenarios.create(
                room.mira, new Recipe("web", "", true, null, null, new Action.Builtin("http_request"), 40));
        ToolGrant grant = TestingScenarios.grant(own);
        Tool tool = room.tools(grant).getFirst();
        assertThat(tool.spec().inputSchema().text()).contains("\"method\"");
        assertThat(tool.repeatable(new Json("{\"method\":\"GET\",\"url\":\"http://a\"}")))
                .isTrue();
        assertThat(tool.repeatable(new Json("{\"method\":\"POST\",\"url\":\"http://a\"}")))
                .isFalse();
        assertThat(room.call(grant, "{'method':'GET','url':'" + echo.url("/z") + "'}")
                        .output()
                        .text())
                .contains("\"status_code\":200");

        Scenario declared = room.made("declared", new Action.Builtin("shell_run"));
        assertThat(room.call(TestingScenarios.grant(declared), "{'x':'a'}")
                        .output()
                        .text())
                .contains("scenario rejected the call", "command");
    }

    @Test
    void refusesGrantsOfWhatIsNotThere() {
        server();
        Scenario mine = room.made("mine", get("/"));
        ToolGrant good = TestingScenarios.grant(mine);
        room.grants.refuseUnknown(
                room.mira.user().id(), List.of(good, new ToolGrant.OfServer(new ConnectionId(9), List.of("add"))), "");
        refused("scenarios[1].makeScenarioId", "4711", good, new ToolGrant.OfScenario(new ScenarioId(4711), false));
        refused("mcpConfigs[0].mcpConnectionId", "10", good, new ToolGrant.OfServer(new ConnectionId(10), List.of()));
        refused(
                "mcpConfigs[0].toolIds[1]",
                "'sing'",
                new ToolGrant.OfServer(new ConnectionId(9), List.of("say", "sing")));
        far.goAway(true);
        room.clock.pass(Duration.ofMinutes(2));
        refused("mcpConfigs[0].toolIds[0]", "503", new ToolGrant.OfServer(new ConnectionId(9), List.of("say")));
        room.grants.refuseUnknown(
                room.mira.user().id(), List.of(new ToolGrant.OfServer(new ConnectionId(9), List.of())), "");
    }

    private void refused(String path, String value, ToolGrant... granted) {
        ScenariosTest.assertRefused(
                () -> room.grants.refuseUnknown(room.mira.user().id(), List.of(granted), "config."),
                "config." + path,
                value);
    }

    @Test
    void describesWhatWasGranted() {
        ConnectionId server = server();
        assertThat(room.grants.serverName(room.mira.user().id(), server)).contains("account 9");
        assertThat(room.grants.serverName(room.mira.user().id(), new ConnectionId(10)))
                .isEmpty();
        assertThat(room.grants.tools(room.mira.user().id(), new ToolGrant.OfServer(server, List.of("add"))))
                .containsExactly(new Grants.Described("add", "add", "It will add."));
        room.disconnect(server);
        assertThat(room.grants.tools(room.mira.user().id(), new ToolGrant.OfServer(server, List.of("add"))))
                .containsExactly(new Grants.Described("add", "add", ""));
    }
}
