package dev.drover.api.make;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.api.TestingApi;
import dev.drover.api.TestingApi.Reply;
import dev.drover.testing.EchoServer;
import dev.drover.testing.RawServer;
import dev.drover.testing.TestingMcpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Scenarios by API, on a real server. */
@Timeout(120)
final class MakeScenariosApiTest {
    private static final BlockingQueue<String> CALLED = new LinkedBlockingQueue<>();
    private static final AtomicInteger TIMES = new AtomicInteger();
    private static final EchoServer ECHO = new EchoServer();
    private static final TestingMcpServer FAR = new TestingMcpServer();
    private static final RawServer CALLBACK = callback();
    private static final TestingApi SERVER = new TestingApi(Map.of(
            "DROVER_MODEL",
            "offline",
            "DROVER_EGRESS_ALLOW",
            String.join(",", ECHO.address(), FAR.address(), CALLBACK.address())));
    private static final String PLACE = "/api/v2/scenarios";
    private static final String TEAM = "?teamId=1";

    /** Takes what is posted, the second time around: the first time it says that it is at fault. */
    private static RawServer callback() {
        try {
            return new RawServer((head, in, out) -> {
                int length = Integer.parseInt(head.replaceAll("(?is).*content-length: *([0-9]+).*", "$1"));
                String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
                CALLED.add(body);
                String status = TIMES.incrementAndGet() == 1 ? "500 Oh" : "200 OK";
                out.write(("HTTP/1.1 " + status + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                        .getBytes(StandardCharsets.UTF_8));
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterAll
    static void close() throws IOException {
        SERVER.close();
        CALLBACK.close();
        FAR.close();
        ECHO.close();
    }

    private static String json(String text) {
        return text.replace('\'', '"');
    }

    private static Reply create(String body) {
        return SERVER.post(PLACE + TEAM, json(body));
    }

    /** The path of a new scenario, by its body without braces. */
    private static String made(String body) {
        Reply reply = create("{" + body + "}");
        assertThat(reply.status()).as(reply.body()).isEqualTo(201);
        return PLACE + "/" + reply.json().at("/scenario/id").asInt();
    }

    private static String http(String rest) {
        return "'http':{'method':'GET','url':'" + ECHO.url("/e") + "'" + rest + "}";
    }

    private static Reply run(String path, String body) {
        return SERVER.post(path + "/run", json(body));
    }

    private static void refused(Reply reply, String message) {
        assertThat(reply.status()).as(reply.body()).isEqualTo(400);
        assertThat(reply.json().path("code").asText()).isEqualTo("SC400");
        assertThat(reply.json().at("/suberrors/0/message").asText()).contains(message);
    }

    private static Reply whole() {
        return create("{'name':' Get it ','description':'d','teamId':'1','scheduling':{'type':'on-demand'},"
                + "'input':[{'name':'x','type':'text','label':'X','help':'an x','required':true},"
                + "{'name':'c','type':'collection','spec':[{'name':'n','type':'uinteger'}]},"
                + "{'name':'a','type':'array','spec':{'type':'email'}}],'output':null,'timeoutSeconds':'10',"
                + "'http':{'method':'post','url':'" + ECHO.url("/{{x}}") + "','headers':{'X-A':'{{x}}'},"
                + "'body':{'a':'{{c}}','b':'{{x}}!','c':['{{a}}']}}}");
    }

    @Test
    void makesAndShowsAScenario() {
        Reply made = whole();
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        JsonNode scenario = made.json().path("scenario");
        assertThat(made.json().fieldNames()).toIterable().containsExactly("scenario");
        assertThat(scenario.fieldNames())
                .toIterable()
                .containsExactly(
                        "id",
                        "teamId",
                        "name",
                        "description",
                        "isActive",
                        "scheduling",
                        "input",
                        "output",
                        "http",
                        "timeoutSeconds",
                        "createdAt",
                        "updatedAt");
        assertThat(scenario.path("teamId").asInt()).isEqualTo(1);
        assertThat(scenario.path("name").asText()).isEqualTo("Get it");
        assertThat(scenario.path("isActive").asBoolean()).isTrue();
        assertThat(scenario.path("scheduling")).hasToString("{\"type\":\"on-demand\"}");
        assertThat(scenario.at("/http/method").asText()).isEqualTo("POST");
        assertThat(scenario.at("/http/body").asText()).isEqualTo("{\"a\":{{c}},\"b\":\"{{x}}!\",\"c\":[{{a}}]}");
        assertThat(scenario.at("/input/1/spec/0/type").asText()).isEqualTo("uinteger");
        assertThat(scenario.at("/input/2/spec")).hasToString("{\"type\":\"email\",\"required\":false}");

        String path = PLACE + "/" + scenario.path("id").asInt();
        assertThat(SERVER.get(path + TEAM).json()).isEqualTo(made.json());
        Reply shape = SERVER.get(path + "/interface");
        assertThat(shape.json().fieldNames()).toIterable().containsExactly("interface");
        assertThat(shape.json().at("/interface/input")).isEqualTo(scenario.path("input"));
        assertThat(shape.json().at("/interface").has("output")).isTrue();
        assertThat(shape.json().at("/interface/output").isNull()).isTrue();
    }

    @Test
    void changesWhatIsGiven() {
        JsonNode scenario = whole().json().path("scenario");
        String path = PLACE + "/" + scenario.path("id").asInt();
        Reply changed = SERVER.patch(path + TEAM, json("{'isActive':false,'http':{'headers':null},'output':[]}"));
        assertThat(changed.status()).as(changed.body()).isEqualTo(200);
        assertThat(changed.json().at("/scenario/isActive").asBoolean()).isFalse();
        assertThat(changed.json().at("/scenario/http").has("headers")).isFalse();
        assertThat(changed.json().at("/scenario/http/url")).isEqualTo(scenario.at("/http/url"));
        assertThat(changed.json().at("/scenario/output")).hasToString("[]");
        assertThat(SERVER.patch(path + TEAM, "{}").json().at("/scenario/name").asText())
                .isEqualTo("Get it");
        Reply swapped = SERVER.patch(path + TEAM, json("{'builtin':'http_request','input':null}"));
        assertThat(swapped.json().path("scenario").has("http")).isFalse();
        assertThat(swapped.json().at("/scenario/builtin").asText()).isEqualTo("http_request");
    }

    @Test
    void knowsNoScenarioThatWasDeleted() {
        String path = made("'name':'gone','builtin':'http_request'");
        Reply gone = SERVER.delete(path + TEAM);
        assertThat(gone.status()).isEqualTo(204);
        assertThat(gone.body()).isEmpty();
        for (Reply missing : List.of(
                SERVER.delete(path + TEAM),
                SERVER.get(path + TEAM),
                SERVER.get(path + "/interface"),
                run(path, "{}"),
                SERVER.patch(path + TEAM, "not JSON"))) {
            assertThat(missing.status()).isEqualTo(404);
            assertThat(missing.json().path("code").asText()).isEqualTo("SC404");
        }
    }

    @Test
    void listsByPages() {
        made("'name':'zz','builtin':'http_request'");
        made("'name':'aa','builtin':'http_request'");
        Reply all = SERVER.get(PLACE + TEAM + "&cols%5B%5D=id&cols%5B%5D=name");
        assertThat(all.json().path("scenarios").size()).isGreaterThanOrEqualTo(2);
        assertThat(all.json().at("/scenarios/0").has("scheduling")).isTrue();
        assertThat(all.json().at("/pg/sortBy").asText()).isEqualTo("id");
        Reply first =
                SERVER.get(PLACE + TEAM + "&pg%5Blimit%5D=1&pg%5Boffset%5D=0&pg%5BsortBy%5D=name&pg%5BsortDir%5D=desc");
        assertThat(first.json().path("scenarios").size()).isEqualTo(1);
        assertThat(first.json().at("/scenarios/0/name").asText()).isEqualTo("zz");
        assertThat(first.json().path("pg").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("limit", "offset", "sortBy", "sortDir");
        refused(SERVER.get(PLACE + TEAM + "&pg%5BsortBy%5D=colour"), "pg[sortBy]");
    }

    @Test
    void asksForTheTeamFirst() {
        assertThat(SERVER.send(SERVER.to(PLACE)).status()).isEqualTo(401);
        refused(SERVER.get(PLACE), "teamId Required");
        refused(SERVER.get(PLACE + "?teamId=x"), "teamId");
        assertThat(SERVER.get(PLACE + "?teamId=77").status()).isEqualTo(403);
        assertThat(SERVER.get(PLACE + "/1/interface?teamId=77").status()).isEqualTo(403);
        refused(SERVER.get(PLACE + "/x" + TEAM), "scenarioId");
        refused(SERVER.get(PLACE + "/x/interface"), "scenarioId");
        assertThat(SERVER.get(PLACE + "/99999/interface").status()).isEqualTo(404);
        String other = SERVER.post("/api/v1/keys", "{\"name\":\"reads\",\"scopes\":[\"agents:read\"]}")
                .json()
                .path("secret")
                .asText();
        Reply readOnly = SERVER.send(SERVER.as(other, PLACE + TEAM).POST(HttpRequest.BodyPublishers.ofString("{}")));
        assertThat(readOnly.status()).isEqualTo(403);
    }

    @Test
    void refusesEachFieldByItsPath() {
        refused(create("{}"), "name Required");
        refused(create("{'name':'n'}"), "http must be the only one");
        refused(create("{'name':'n','builtin':'http_request'," + http("") + "}"), "builtin must be the only one");
        refused(create("{'name':'n','builtin':'fly'}"), "builtin must be a tool of this server, but is 'fly'");
        refused(create("{'name':'n','teamId':2,'builtin':'http_request'}"), "teamId must be the team of the query");
        refused(create("{'name':'n','http':{'url':'http://a/'}}"), "http.method Required");
        refused(create("{'name':'n','http':{'method':'GET'}}"), "http.url Required");
        refused(create("{'name':'n'," + http(",'headers':{'a':1}") + "}"), "http.headers.a must be a string");
        refused(create("{'name':'n'," + http(",'body':'{{y}}'") + "}"), "http.body has the place '{{y}}'");
        refused(create("{'name':'n'," + http(",'connectionId':9999") + "}"), "http.connectionId must be a connection");
        refused(create("{'name':'n','mcp':{'tool':'t'}}"), "mcp.connectionId Required");
        refused(create("{'name':'n','mcp':{'connectionId':9999,'tool':'t'}}"), "mcp.connectionId must be");
        refused(create("{'name':'n','timeoutSeconds':601,'builtin':'http_request'}"), "timeoutSeconds must be");
        refused(create("{'name':'n','scheduling':{'type':'daily'},'builtin':'http_request'}"), "scheduling.type");
        refused(create("{'name':'n','http':{'method':'GET','url':'http://10.1.1.1/'}}"), "http.url cannot be used");
    }

    @Test
    void refusesEachDeclaredFieldByItsPath() {
        refused(field("{'type':'text'}"), "input[0].name Required");
        refused(field("{'name':'a b','type':'text'}"), "input[0].name must be 1 to 64");
        refused(field("{'name':'a'}"), "input[0].type Required");
        refused(field("{'name':'a','type':'select'}"), "input[0].type must be one of text, email");
        refused(field("{'name':'a','type':'text'},{'name':'a','type':'any'}"), "input has two fields named 'a'");
        refused(field("{'name':'a','type':'text','spec':[]}"), "input[0].spec is for fields");
        refused(
                field("{'name':'a','type':'collection','spec':[{'name':'b','type':'no'}]}"),
                "input[0].spec[0].type must be");
        refused(field("{'name':'a','type':'array','spec':{'type':'no'}}"), "input[0].spec.type must be");
        refused(field("'a'"), "input");
        String deep = "{'name':'a','type':'any'}";
        for (int i = 0; i < 8; i++) {
            deep = "{'name':'a','type':'collection','spec':[" + deep + "]}";
        }
        refused(field(deep), "spec must hold at most 100 fields, at most 8 levels deep");
    }

    private static Reply field(String fields) {
        return create("{'name':'n','builtin':'http_request','input':[" + fields + "]}");
    }

    @Test
    void runsAndAnswersWithOutputs() {
        String path = made("'name':'r','input':[{'name':'q','type':'text','required':true}],"
                + "'output':[{'name':'target','type':'text'}],'http':{'method':'GET','url':'" + ECHO.url("/f?q={{q}}")
                + "'}");
        Reply reply = run(path, "{'data':{'q':'a b'},'responsive':true}");
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(reply.json().fieldNames()).toIterable().containsExactly("executionId", "status", "outputs");
        assertThat(reply.json().path("status").asInt()).isEqualTo(1);
        assertThat(reply.json().path("outputs")).hasToString("{\"target\":\"/f?q=a%20b\"}");
        refused(run(path, "{'data':{},'responsive':true}"), "data does not fit");
        refused(run(path, "{'data':[]}"), "data must be an object");
        refused(run(path, "{'data':{'q':'a'},'callbackUrl':'http://10.0.0.1/'}"), "callbackUrl cannot be used");
        refused(run(path, "{'data':{'q':'a'},'callbackUrl':'mailto:a@b'}"), "callbackUrl cannot be used");
        assertThat(SERVER.patch(path + TEAM, "{\"isActive\":false}").status()).isEqualTo(200);
        refused(run(path, "{'data':{'q':'a'}}"), "scenarioId is not active");
    }

    @Test
    void tellsOfAFailureAsStatus3() {
        String path = made("'name':'f','timeoutSeconds':1,'http':{'method':'GET','url':'" + ECHO.url("/fail") + "'}");
        Reply reply = run(path, "{'responsive':true}");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("status").asInt()).isEqualTo(3);
        assertThat(reply.json().has("outputs")).isFalse();
        assertThat(reply.json().at("/error/message").asText()).contains("the service answered 422");
        SERVER.patch(path + TEAM, json("{'http':{'url':'" + ECHO.url("/slow") + "'}}"));
        assertThat(run(path, "{'responsive':true}").json().at("/error/message").asText())
                .contains("no result within 1 seconds");
    }

    @Test
    void goesOnInTheBackgroundAndCallsBackAtTheEnd() throws InterruptedException {
        String path = made("'name':'b'," + http(""));
        Reply reply = run(path, "{'callbackUrl':'" + CALLBACK.url("/done") + "','data':{}}");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().fieldNames()).toIterable().containsExactly("executionId");
        String first = CALLED.poll(30, TimeUnit.SECONDS);
        assertThat(first).contains(reply.json().path("executionId").asText(), "\"status\":1", "\"outputs\":{");
        assertThat(CALLED.poll(30, TimeUnit.SECONDS))
                .as("again, since the server was at fault")
                .isEqualTo(first);
    }

    @Test
    void opensAComputerForAToolThatNeedsOne() {
        String path = made("'name':'sh','builtin':'shell_run'");
        Reply reply = run(path, "{'responsive':true,'data':{'command':'echo in $PWD; echo hi > a; cat a'}}");
        assertThat(reply.json().path("status").asInt()).as(reply.body()).isEqualTo(1);
        assertThat(reply.json().path("outputs").toString()).contains("hi");
        refused(run(path, "{'responsive':true}"), "command");
    }

    @Test
    void reachesToolsOfAConnectedServer() {
        Reply connection = SERVER.post(
                "/api/v2/connections" + TEAM,
                json("{'name':'far','accountType':'mcp','url':'" + FAR.url() + "','token':'secret-token'}"));
        assertThat(connection.status()).as(connection.body()).isEqualTo(201);
        int id = connection.json().at("/connection/id").asInt();
        String path = made("'name':'say','mcp':{'connectionId':" + id + ",'tool':'say'},"
                + "'output':[{'name':'said','type':'text'}]");
        assertThat(SERVER.get(path + TEAM).json().at("/scenario/mcp/tool").asText())
                .isEqualTo("say");
        Reply reply = run(path, "{'responsive':true,'data':{'words':'hello'}}");
        assertThat(reply.json().path("outputs")).as(reply.body()).hasToString("{\"said\":\"hello\"}");
        assertThat(FAR.heard()).contains("tools/call Bearer secret-token");
        refused(create("{'name':'n','mcp':{'connectionId':" + id + ",'tool':'sing'}}"), "it has: say, add, fail");
        refused(create("{'name':'n'," + http(",'connectionId':" + id) + "}"), "of the kind http");
        assertThat(SERVER.delete("/api/v2/connections/" + id + TEAM).status()).isEqualTo(204);
        Reply gone = run(path, "{'responsive':true,'data':{'words':'hello'}}");
        assertThat(gone.json().path("status").asInt()).isEqualTo(3);
        assertThat(gone.json().at("/error/message").asText()).contains("there is no connection " + id);
    }
}
