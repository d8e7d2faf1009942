package dev.drover.core.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.connection.ConnectionKind;
import dev.drover.core.id.ConnectionId;
import dev.drover.testing.TestingMcpServer;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What recipes are refused for, and what becomes of those that are not. */
@Timeout(120)
final class ScenariosTest {
    private static final String GOOD = "https://api.example/a";

    private final TestingMcpServer far = new TestingMcpServer();
    private final TestingScenarios room = new TestingScenarios(far.address());

    @AfterEach
    void close() {
        room.close();
        far.close();
    }

    static void assertRefused(ThrowingCallable call, String path, String reason) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.problem())
                                .isInstanceOfSatisfying(Problem.Invalid.class, invalid -> {
                                    assertThat(invalid.field()).isEqualTo(path);
                                    assertThat(invalid.reason()).contains(reason);
                                }));
    }

    private void refused(String path, String reason, Action action) {
        assertRefused(() -> room.made("s", action), path, reason);
    }

    private static Action url(String url) {
        return new Action.Request("GET", url, Map.of(), null, null);
    }

    private static Action header(String name, String value) {
        return new Action.Request("GET", GOOD, Map.of(name, value), null, null);
    }

    private static Action body(@Nullable String body) {
        return new Action.Request("POST", GOOD, Map.of(), body, null);
    }

    private static Recipe recipe(String name, String description, int timeout) {
        return new Recipe(name, description, true, null, null, url(GOOD), timeout);
    }

    @Test
    void keepsARecipeAsItIs() {
        Field tag = new Field("tag", FieldType.TEXT, "Tag", "One", true, List.of(), null);
        Field tags = new Field("tags", FieldType.ARRAY, null, null, false, List.of(), tag);
        Field all = new Field("all", FieldType.COLLECTION, null, null, false, List.of(tags), null);
        Action action =
                new Action.Request("POST", GOOD + "/{{all}}", Map.of("X-A", "{{all}}"), "{\"a\":{{all}}}", null);
        Recipe recipe = new Recipe("n", "d", false, List.of(all), List.of(), action, 600);
        Scenario made = room.scenarios.create(room.mira, recipe);
        assertThat(room.scenarios.scenario(room.mira, made.id())).isEqualTo(made);
        assertThat(made.recipe()).isEqualTo(recipe);
        assertThat(room.scenarios.list(room.mira)).containsExactly(made);
        assertThat(room.scenarios.list(room.other)).isEmpty();
        assertThatThrownBy(() -> room.scenarios.scenario(room.other, made.id())).isInstanceOf(Refused.class);
        assertThatThrownBy(() -> room.scenarios.delete(room.other, made.id())).isInstanceOf(Refused.class);
        room.scenarios.delete(room.mira, made.id());
        assertThatThrownBy(() -> room.scenarios.delete(room.mira, made.id())).isInstanceOf(Refused.class);
        assertThatThrownBy(() -> room.scenarios.change(room.mira, made, recipe)).isInstanceOf(Refused.class);
    }

    @Test
    void judgesWordsAndNumbersByTheirLimits() {
        room.scenarios.create(room.mira, recipe("n".repeat(255), "d".repeat(1_000), 1));
        room.scenarios.create(room.mira, recipe("n", "", 600));
        assertRefused(() -> room.scenarios.create(room.mira, recipe("", "", 1)), "name", "blank");
        assertRefused(() -> room.scenarios.create(room.mira, recipe("n".repeat(256), "", 1)), "name", "256");
        assertRefused(() -> room.scenarios.create(room.mira, recipe("n", "d".repeat(1_001), 1)), "description", "1001");
        assertRefused(() -> room.scenarios.create(room.mira, recipe("n", "", 0)), "timeoutSeconds", "0");
        assertRefused(() -> room.scenarios.create(room.mira, recipe("n", "", 601)), "timeoutSeconds", "601");
    }

    @Test
    void judgesWhereARequestGoes() {
        room.made("s", url("https://api.example/{{x}}?a={{ x }}"));
        room.made("tomorrow", url("https://not-yet.example/"));
        refused("http.method", "'TRACE'", new Action.Request("TRACE", GOOD, Map.of(), null, null));
        for (String host :
                List.of("https://{{x}}/", "https://api.example{{x}}/", "https://a:{{x}}@api.example/", "{{x}}")) {
            refused("http.url", "path and query only", url(host));
        }
        refused("http.url", "fragment", url(GOOD + "#{{x}}"));
        refused("http.url", "{{y}}", url(GOOD + "/{{y}}"));
        refused("http.url", "{{first name}}", url(GOOD + "/{{first name}}"));
        refused("http.url", "not an absolute", url("ftp://api.example/"));
        refused("http.url", "not an absolute", url("/relative"));
        refused("http.url", "blank", url(GOOD + "/a b"));
        refused("http.url", "private/internal", url("http://10.0.0.1/"));
        refused("http.url", "private/internal", url("http://127.0.0.1:1/{{x}}"));
        refused("http.url", "2048", url(GOOD + "/" + "u".repeat(2_048)));
    }

    @Test
    void judgesHeadersAndBodies() {
        room.made("s", header("X-A", "a {{x}}"));
        refused("http.headers.Host", "leave it away", header("Host", "a"));
        refused("http.headers.content-LENGTH", "leave it away", header("content-LENGTH", "1"));
        refused("http.headers.X {{x}}", "no name", header("X {{x}}", "1"));
        refused("http.headers.X-A", "{{y}}", header("X-A", "{{y}}"));
        refused("http.headers.X-A", "line break", header("X-A", "a\r\nX-B: b"));
        room.made("s", body("{\"a\":{{x}}}"));
        refused("http.body", "{{secret.KEY}}", body("{{secret.KEY}}"));
        refused("http.body", "must be JSON", body("{\"a\":}"));
        refused("http.body", "names", body("{\"{{x}}\":1}"));
        refused("http.body", "102401", body("b".repeat(102_401)));
    }

    @Test
    void judgesConnections() {
        ConnectionId http = room.connect(3, ConnectionKind.HTTP, "https://api.example/base?token=t", Map.of());
        room.made("s", new Action.Request("GET", GOOD, Map.of(), null, http));
        Action away = new Action.Request("GET", "https://93.184.215.14/", Map.of(), null, http);
        assertRefused(() -> room.made("s", away), "http.url", "does not lead to https://api.example, where");
        refused("http.connectionId", "is 4", new Action.Request("GET", GOOD, Map.of(), null, new ConnectionId(4)));
        refused("mcp.connectionId", "of the kind mcp", new Action.ServerTool(http, "say"));
        assertRefused(
                () -> room.scenarios.create(
                        room.other,
                        TestingScenarios.recipe("s", new Action.Request("GET", GOOD, Map.of(), null, http))),
                "http.connectionId",
                "is 3");
    }

    @Test
    void judgesTools() {
        ConnectionId server = room.connect(9, ConnectionKind.MCP, far.url(), Map.of());
        Scenario scenario = room.made("s", new Action.ServerTool(server, "say"));
        refused("mcp.tool", "'sing'; it has: say, add, fail", new Action.ServerTool(server, "sing"));
        refused("builtin", "'fly'; there are: http_request, shell_run", new Action.Builtin("fly"));
        refused("builtin", "jettson_shell_run", new Action.Builtin("jettson_shell_run"));
        room.made("s", new Action.Builtin("shell_run"));
        room.disconnect(server);
        Recipe was = scenario.recipe();
        Recipe renamed = new Recipe("renamed", "", false, was.input(), null, was.action(), 40);
        assertThat(room.scenarios.change(room.mira, scenario, renamed).recipe().name())
                .as("an action that stays is not judged again")
                .isEqualTo("renamed");
        Recipe other = new Recipe("n", "", true, null, null, was.action(), 40);
        assertRefused(() -> room.scenarios.change(room.mira, scenario, other), "mcp.connectionId", "is 9");
    }
}
