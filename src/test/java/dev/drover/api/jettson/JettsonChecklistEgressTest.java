package dev.drover.api.jettson;

import static dev.drover.api.jettson.TestingTools.call;
import static dev.drover.api.jettson.TestingTools.error;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.api.TestingApi;
import dev.drover.api.TestingApi.Reply;
import dev.drover.core.egress.TestingNames;
import dev.drover.testing.CountingServer;
import dev.drover.testing.Waiting;
import dev.drover.testing.model.Script;
import dev.drover.testing.model.Turn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The compatibility checklist of the Jettson contract (section 16), line 12: what the world hears of agents, whichever
 * way they take. 127.0.0.2 stands for a public address; nobody may reach the server that is planted on 127.0.0.1.
 */
final class JettsonChecklistEgressTest {
    private static final TestingNames NAMES = new TestingNames();
    private static final CountingServer PLANTED = server("127.0.0.1", 0);
    private static final CountingServer NEIGHBOUR = server("127.0.0.2", PLANTED.port());
    private static final TestingOutside OUTSIDE =
            TestingOutside.leadingTo("http://" + PLANTED.address() + "/elsewhere");
    private static final TestingTools TOOLS = TestingTools.open(OUTSIDE.address() + ",127.0.0.2/32", NAMES);
    private static final TestingApi API = new TestingApi(TOOLS.stage().plane());

    private static CountingServer server(String host, int port) {
        try {
            return new CountingServer(host, port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @BeforeAll
    static void nameMcpServers() throws IOException {
        NAMES.answering("mcp.example", "127.0.0.1");
        Path file = TOOLS.stage().plane().data().resolve("mcp.json");
        Files.writeString(file, """
                {"mcpServers": {"far": {"url": "http://mcp.example:%d/mcp"}, "planted": {"url": "http://%s/mcp"},
                "metadata": {"url": "http://169.254.169.254/mcp"}}}
                """.formatted(OUTSIDE.port(), PLANTED.address()));
        TOOLS.stage().plane().restart();
    }

    @AfterAll
    static void close() throws IOException {
        TOOLS.close();
        OUTSIDE.close();
        NEIGHBOUR.close();
        PLANTED.close();
    }

    /** What no path may reach, by address, by odd spelling and by name. */
    private static List<String> forbidden(String path) {
        String port = ":" + PLANTED.port() + "/" + path;
        NAMES.answering("inside." + path + ".example", "192.168.0.1");
        NAMES.answering("mixed." + path + ".example", "127.0.0.2", "127.0.0.1");
        return List.of(
                "http://127.0.0.1" + port,
                "http://[::1]" + port,
                "http://[::ffff:127.0.0.1]" + port,
                "http://[64:ff9b::7f00:1]" + port,
                "http://[2002:7f00:1::]" + port,
                "http://0177.0.0.1" + port,
                "http://2130706433" + port,
                "http://0x7f.1" + port,
                "http://10.0.0.1/",
                "http://169.254.169.254/latest/meta-data",
                "http://100.64.0.1/",
                "http://[fd00::1]/",
                "http://user@127.0.0.2" + port,
                "http://inside." + path + ".example" + port,
                "http://mixed." + path + ".example" + port,
                "http://drover.example/",
                "http://API.Drover.Example./",
                OUTSIDE.redirect());
    }

    @Test
    void theHttpToolReachesNothingPrivateAndOnlyTheAddressThatWasChecked() {
        NAMES.answering("rebinding.http.example", "127.0.0.2").answering("rebinding.http.example", "127.0.0.1");
        String rebinding = "http://rebinding.http.example:" + PLANTED.port() + "/rebinding";
        List<Turn> calls = new ArrayList<>(
                List.of(call("http_request", "method", "GET", "url", rebinding), get(rebinding), get("ftp://x/")));
        forbidden("http").forEach(url -> calls.add(get(url)));
        List<JsonNode> results = TOOLS.results("reach inside by http", calls);
        assertThat(results.getFirst().path("status_code").asInt()).isEqualTo(200);
        assertThat(NEIGHBOUR.count("GET /rebinding")).isEqualTo(1);
        for (int i = 1; i < results.size(); i++) {
            assertThat(error(results.get(i))).as("call " + i).startsWith("Jettson HTTP rejected the request: ");
        }
        assertThat(PLANTED.total()).isZero();
    }

    private static Turn get(String url) {
        return call("http_request", "method", "GET", "url", url);
    }

    @Test
    void theShellReachesNothingPrivateAndNothingPastTheProxy() {
        TOOLS.needsIsolation();
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/curl")), "needs curl: install the package curl");
        String urls = forbidden("shell").stream()
                // No client sends userinfo to its proxy.
                .filter(url -> !url.contains("user@"))
                .map(url -> "'" + url + "'")
                .collect(Collectors.joining(" "));
        String inside = "for url in " + urls + "; do curl -sgL -m 5 -o /dev/null -w '%{http_code} ' \"$url\"; done";
        List<JsonNode> shell = TOOLS.results(
                "reach inside by shell",
                List.of(
                        call("shell_run", "command", "curl -sS http://" + NEIGHBOUR.address() + "/shell"),
                        call("shell_run", "command", inside, "timeout_seconds", 60),
                        call("shell_run", "command", inside.replace("-sgL", "-sgLp"), "timeout_seconds", 60),
                        call("shell_run", "command", "curl -sS --noproxy '*' " + NEIGHBOUR.address() + "/direct")));
        assertThat(shell.get(0).path("stdout").asText()).isEqualTo("answer to GET /shell");
        assertThat(shell.get(1).path("stdout").asText()).matches("(403 ){17}");
        assertThat(shell.get(2).path("stdout").asText()).matches("(000 ){17}");
        assertThat(shell.get(3).path("exit_code").asInt()).isNotZero();
        assertThat(NEIGHBOUR.count("GET /shell")).isEqualTo(1);
        assertThat(NEIGHBOUR.count("GET /direct")).isZero();
        assertThat(PLANTED.total()).isZero();
    }

    @Test
    void theBrowserReachesNothingPrivate() {
        TOOLS.needsBrowser();
        List<Turn> calls = new ArrayList<>(List.of(call("browser_navigate", "url", OUTSIDE.collage())));
        forbidden("browser").forEach(url -> calls.add(call("browser_navigate", "url", url)));
        List<JsonNode> results = TOOLS.results("reach inside by browser", calls);
        assertThat(results.getFirst().path("title").asText()).isEqualTo("Seen");
        for (int i = 1; i < results.size(); i++) {
            assertThat(error(results.get(i))).as("call " + i).startsWith("Jettson Browser rejected the request: ");
        }
        assertThat(PLANTED.total()).isZero();
    }

    @Test
    void webhooksReachNothingPrivateNeitherWhenTheyAreMadeNorWhenTheyAreSent() {
        List<String> urls = forbidden("webhook");
        for (String url : urls.subList(0, urls.size() - 1)) {
            Reply refusal = API.post("/api/v1/webhooks", "{\"url\":\"" + url + "\"}");
            assertThat(refusal.code()).as(url).isEqualTo("invalid_body");
            assertThat(refusal.json().at("/error/details/field").asText()).isEqualTo("url");
            assertThat(API.post("/api/v1/agents", "{\"task\":\"x\",\"webhook_url\":\"" + url + "\"}")
                            .code())
                    .as(url)
                    .isEqualTo("invalid_body");
        }
        NAMES.answering("rebinding.webhook.example", "127.0.0.2").answering("rebinding.webhook.example", "127.0.0.1");
        JsonNode turned = delivery("http://rebinding.webhook.example:" + PLANTED.port() + "/webhook");
        assertThat(turned.path("error").asText()).contains("private/internal");
        assertThat(delivery(OUTSIDE.redirect()).path("http_status").asInt())
                .as("redirects are not followed")
                .isEqualTo(302);
        assertThat(PLANTED.total()).isZero();
    }

    /** The first attempt to send something there. */
    private static JsonNode delivery(String url) {
        Reply made = API.post("/api/v1/webhooks", "{\"url\":\"" + url + "\",\"events\":[\"agent.error\"]}");
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        String hook = "/api/v1/webhooks/" + made.json().path("webhook_id").asText();
        assertThat(API.post(hook + "/test", "").status()).isEqualTo(202);
        String deliveries = hook + "/deliveries";
        Waiting.until(() -> {
            JsonNode first = API.get(deliveries).json().at("/data/0");
            return !first.path("http_status").isNull() || !first.path("error").isNull();
        });
        return API.get(deliveries).json().at("/data/0");
    }

    @Test
    void mcpServersInPrivatePlacesAreNeverAsked() throws IOException {
        for (String server : List.of("planted", "metadata")) {
            Reply refusal = API.post("/api/v1/agents", "{\"task\":\"x\",\"tools\":[\"mcp_" + server + "_*\"]}");
            assertThat(refusal.json().at("/error/details/field").asText()).isEqualTo("tools");
        }
        assertThat(PLANTED.total()).isZero();

        String agent = TOOLS.stage()
                .play(
                        "call far away",
                        Map.of("tools", List.of("mcp_far_go")),
                        Script.inOrder(Turn.call("jettson_mcp_far_go", "{}"), Turn.text("Done.")));
        TOOLS.agents().finished(agent);
        assertThat(TOOLS.stage().asked("call far away").getLast().lastToolResult())
                .isEqualTo("{\"text\":\"went\"}");

        NAMES.answering("mcp.example", "10.0.0.1");
        NAMES.resolve("mcp.example");
        int calls = OUTSIDE.called().size();
        String second = TOOLS.stage()
                .play(
                        "call far away again",
                        Map.of("tools", List.of("mcp_far_go")),
                        Script.inOrder(Turn.call("jettson_mcp_far_go", "{}"), Turn.text("Done.")));
        TOOLS.agents().finished(second);
        assertThat(TOOLS.stage().asked("call far away again").getLast().lastToolResult())
                .contains("Jettson MCP rejected the request: ", "private/internal");
        assertThat(OUTSIDE.called()).hasSize(calls);
    }
}
