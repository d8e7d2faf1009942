package dev.drover.api.make;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.drover.api.TestingApi;
import dev.drover.api.TestingApi.Reply;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Connections by API, on a real server. */
final class MakeConnectionsApiTest {
    private static final TestingApi SERVER = new TestingApi();
    private static final String CONNECTIONS = "/api/v2/connections";
    private static final String TEAM = "?teamId=1";
    private static final String PLANTED = "planted-value-4711";

    @AfterAll
    static void close() {
        SERVER.close();
    }

    @BeforeEach
    void forgetAll() {
        SERVER.plane().database().database().jdbi().useHandle(handle -> handle.execute("delete from connection"));
    }

    @Test
    void makesChangesAndDeletesAConnectionAndNeverShowsItsValues() {
        Reply made = create("\"name\":\" Lab \",\"accountType\":\"ai-agent-openai-compatible\",\"apiKey\":\"" + PLANTED
                + "\",\"url\":\"https://llm.example/" + PLANTED + "\",\"models\":[\"a/b:free\"]");
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        JsonNode connection = made.json().path("connection");
        assertThat(connection.fieldNames())
                .toIterable()
                .containsExactly(
                        "id", "name", "accountName", "accountLabel", "accountType", "teamId", "editable", "models");
        int id = connection.path("id").asInt();
        assertThat(id).isGreaterThanOrEqualTo(100);
        assertThat(connection.path("name").asText()).isEqualTo("Lab");
        assertThat(connection.path("accountName").asText()).isEqualTo("ai-agent-openai-compatible");
        assertThat(connection.path("accountLabel").asText()).isEqualTo("OpenAI-compatible");
        assertThat(connection.path("teamId").asInt()).isEqualTo(1);
        assertThat(connection.path("editable").asBoolean()).isTrue();
        assertThat(connection.path("models")).hasToString("[\"a/b:free\"]");

        Reply changed = SERVER.patch(one(id), "{\"name\":\"Hall\",\"models\":[],\"apiKey\":\"other-4711\"}");
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.json().at("/connection/name").asText()).isEqualTo("Hall");
        assertThat(changed.json().at("/connection/models")).isEmpty();
        Reply got = SERVER.get(one(id));
        assertThat(got.json()).isEqualTo(changed.json());
        for (Reply reply : List.of(made, changed, got, SERVER.get(CONNECTIONS + TEAM))) {
            assertThat(reply.body()).doesNotContain(PLANTED).doesNotContain("other-4711");
        }

        Reply deleted = SERVER.delete(one(id));
        assertThat(deleted.status()).isEqualTo(204);
        assertThat(deleted.body()).isEmpty();
        assertThat(SERVER.delete(one(id)).status()).isEqualTo(404);
        assertThat(SERVER.get(one(id)).status()).isEqualTo(404);
        assertThat(SERVER.patch(one(id), "{}").status()).isEqualTo(404);
    }

    @Test
    void takesMakesOwnWordForTheName() {
        Reply made = create("\"accountName\":\"My shop\",\"accountType\":\"http\",\"token\":\"t\"");
        assertThat(made.json().at("/connection/name").asText()).isEqualTo("My shop");
        assertThat(made.json().path("connection").has("models")).isFalse();
        int id = made.json().at("/connection/id").asInt();
        Reply changed = SERVER.patch(one(id), made.json().path("connection").toString());
        assertThat(changed.json()).isEqualTo(made.json());
    }

    @Test
    void listsTheServersOwnAndTheTeams() {
        create("\"name\":\"b\",\"accountType\":\"http\"");
        create("\"name\":\"a\",\"accountType\":\"mcp\",\"url\":\"https://mcp.example/mcp\"");

        assertThat(names("")).containsExactly("Drover offline", "b", "a");
        assertThat(names("&cols%5B%5D=*&pg%5BsortBy%5D=name")).containsExactly("Drover offline", "a", "b");
        assertThat(names("&pg%5BsortBy%5D=accountName&pg%5BsortDir%5D=desc"))
                .containsExactly("a", "b", "Drover offline");
        assertThat(names("&pg%5Blimit%5D=1&pg%5Boffset%5D=1")).containsExactly("b");
        assertThat(SERVER.get(CONNECTIONS + TEAM + "&pg%5BsortBy%5D=secret").status())
                .isEqualTo(400);
    }

    private static List<String> names(String query) {
        JsonNode list = SERVER.get(CONNECTIONS + TEAM + query).json();
        assertThat(list.fieldNames()).toIterable().containsExactly("connections");
        return list.path("connections").findValuesAsText("name");
    }

    @Test
    void leavesTheServersOwnAlone() {
        assertThat(SERVER.get(one(5)).json().at("/connection/editable").asBoolean())
                .isFalse();
        for (Reply refused : List.of(SERVER.patch(one(5), "{\"name\":\"mine\"}"), SERVER.delete(one(5)))) {
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.body()).contains("SC400", "settings of this server");
        }
    }

    @Test
    void judgesEachField() {
        refused("", "name Required");
        refused("\"name\":\"x\"", "accountType Required");
        refused("\"name\":\"x\",\"accountType\":\"telepathy\"", "accountType must be one of ai-provider, openai-gpt-3");
        refused("\"accountType\":\"http\"", "name Required");
        refused("\"accountType\":\"http\",\"name\":\"  \"", "name must have 1 to 128");
        refused("\"accountType\":\"http\",\"name\":\"" + "n".repeat(129) + "\"", "name must have 1 to 128");
        assertThat(create("\"accountType\":\"http\",\"name\":\"" + "n".repeat(128) + "\"")
                        .status())
                .isEqualTo(201);
        refused("\"accountType\":\"http\",\"name\":7", "name must be a string");
        refused(http("\"models\":[\"a\"]"), "models is for connections to models only");
        refused(http("\"headers\":{\"bad name\":\"x\"}"), "headers has 'bad name'");
        refused(http("\"headers\":{\"Host\":\"x\"}"), "headers has 'host'");
        refused(http("\"headers\":{\"a\":\"x\\ny\"}"), "headers has a value of 'a'");
        refused(http("\"headers\":{\"a\":7}"), "headers.a must be a string");
        refused(http("\"headers\":{\"A\":\"1\",\"a\":\"2\"}"), "headers has 'a' twice");
        refused(http("\"headerName\":\"x\""), "headerName says where apiKey goes");
        refused(http("\"apiKey\":\"k\",\"headerName\":\"a b\""), "headerName has 'a b'");
        refused(http("\"username\":\"u\""), "password Required");
        refused(http("\"password\":\"p\""), "username Required");
        refused(http("\"username\":\"u:v\",\"password\":\"p\""), "username must not contain a colon");
        refused(http("\"token\":\"t\",\"username\":\"u\",\"password\":\"p\""), "token and username");
        refused(http("\"token\":\"" + "t".repeat(8193) + "\""), "token must be 1 to 8192");
        assertThat(create(http("\"token\":\"" + "t".repeat(8192) + "\"")).status())
                .isEqualTo(201);
        refused(http("\"headers\":" + headers(21)), "headers holds 21");
        assertThat(create(http("\"headers\":" + headers(20))).status()).isEqualTo(201);
    }

    @Test
    void judgesWhatLeadsToModels() {
        refused(lab("\"apiKey\":\"k\""), "url Required");
        refused(lab("\"url\":\"ftp://x/v1\""), "url must be an absolute http or https URL");
        refused(lab("\"url\":\"https://u:p@x/v1\""), "url must be an absolute");
        refused(lab("\"url\":\"https://x/#v1\""), "url must be an absolute");
        refused(lab("\"url\":\"HTTPS://x.example/v1\""), "url must be an absolute");
        refused(lab("\"url\":\"https://x.example/v1?a=b\""), "url must not have a query");
        refused(lab("\"url\":\"http://127.0.0.1:8000/v1\""), "url cannot be called");
        refused(lab("\"url\":\"http://169.254.169.254/v1\""), "private/internal");
        refused(lab("\"url\":\"https://x.example/v1\",\"headers\":{\"a\":\"b\"}"), "no headers");
        refused(lab("\"url\":\"https://x.example/v1\",\"apiKey\":\"a b\""), "apiKey must be 1 to 8192");
        refused(lab("\"url\":\"https://x.example/v1\",\"models\":[\"a b\"]"), "models has 'a b'");
        refused(lab("\"url\":\"https://x.example/v1\",\"models\":\"a\""), "models must be an array");
        refused(lab("\"url\":\"https://x.example/v1\",\"models\":" + models(101)), "models holds 101");
        assertThat(create(lab("\"baseUrl\":\"https://x.example/v1\",\"models\":" + models(100)))
                        .status())
                .isEqualTo(201);
        refused("\"name\":\"n\",\"accountType\":\"openai-gpt-3\"", "apiKey Required");
        refused("\"name\":\"n\",\"accountType\":\"amazon-bedrock\",\"apiKey\":\"k\"", "url Required");
        refused("\"name\":\"n\",\"accountType\":\"mcp\"", "url Required");
        assertThat(create("\"name\":\"n\",\"accountType\":\"openai-gpt-3\",\"apiKey\":\"k\"")
                        .status())
                .isEqualTo(201);
        assertThat(create("\"name\":\"n\",\"accountType\":\"ai-provider\"").status())
                .isEqualTo(201);
    }

    @Test
    void checksTeamAndPathBeforeTheBody() {
        assertThat(SERVER.get(CONNECTIONS).status()).isEqualTo(400);
        assertThat(SERVER.get(CONNECTIONS + "?teamId=x").status()).isEqualTo(400);
        assertThat(SERVER.get(CONNECTIONS + "?teamId=4711").status()).isEqualTo(403);
        assertThat(SERVER.post(CONNECTIONS + "?teamId=4711", "no JSON").status())
                .isEqualTo(403);
        assertThat(SERVER.patch(CONNECTIONS + "/x" + TEAM, "no JSON").status()).isEqualTo(400);
        assertThat(SERVER.patch(one(4711), "no JSON").status()).isEqualTo(404);
        assertThat(SERVER.post(CONNECTIONS + TEAM, "no JSON").status()).isEqualTo(400);
        assertThat(SERVER.send(SERVER.to(CONNECTIONS + TEAM)).status()).isEqualTo(401);
    }

    @Test
    void isOfNoUseToOtherTeamsAndToKeysThatOnlyRead() {
        int id = create("\"name\":\"n\",\"accountType\":\"http\"")
                .json()
                .at("/connection/id")
                .asInt();
        String others = key("{\"name\":\"t\",\"mode\":\"test\"}");
        int team = SERVER.plane()
                .database()
                .database()
                .jdbi()
                .withHandle(handle -> handle.createQuery("select team from app_user where name = 'admin+test'")
                        .mapTo(Integer.class)
                        .one());
        assertThat(SERVER.send(SERVER.as(others, one(id))).status()).isEqualTo(403);
        String there = CONNECTIONS + "/" + id + "?teamId=" + team;
        assertThat(SERVER.send(SERVER.as(others, there)).status()).isEqualTo(404);
        assertThat(SERVER.send(SERVER.as(others, there).DELETE()).status()).isEqualTo(404);
        assertThat(SERVER.send(SERVER.as(others, CONNECTIONS + "?teamId=" + team))
                        .json()
                        .path("connections"))
                .hasSize(1);

        String reader = key("{\"name\":\"r\",\"scopes\":[\"agents:read\"]}");
        assertThat(SERVER.send(SERVER.as(reader, one(id))).status()).isEqualTo(200);
        assertThat(SERVER.send(SERVER.as(reader, one(id)).DELETE()).status()).isEqualTo(403);
        assertThat(SERVER.send(SERVER.as(reader, CONNECTIONS + TEAM).POST(BodyPublishers.ofString("{}")))
                        .status())
                .isEqualTo(403);
    }

    private static String key(String body) {
        return SERVER.post("/api/v1/keys", body).json().path("secret").asText();
    }

    private static Reply create(String fields) {
        return SERVER.post(CONNECTIONS + TEAM, "{" + fields + "}");
    }

    private static void refused(String fields, String reason) {
        Reply reply = create(fields);
        assertThat(reply.status()).as(fields).isEqualTo(400);
        assertThat(reply.json().path("code").asText()).isEqualTo("SC400");
        assertThat(reply.json().at("/suberrors/0/message").asText()).contains(reason);
    }

    private static String http(String fields) {
        return "\"name\":\"n\",\"accountType\":\"http\"," + fields;
    }

    private static String lab(String fields) {
        return "\"name\":\"n\",\"accountType\":\"ai-agent-openai-compatible\"," + fields;
    }

    private static String headers(int count) {
        var headers = JsonNodeFactory.instance.objectNode();
        IntStream.range(0, count).forEach(number -> headers.put("h" + number, "v"));
        return headers.toString();
    }

    private static String models(int count) {
        var models = JsonNodeFactory.instance.arrayNode();
        IntStream.range(0, count).forEach(number -> models.add("m" + number));
        return models.toString();
    }

    private static String one(int id) {
        return CONNECTIONS + "/" + id + TEAM;
    }

    @Test
    void sendsOldCredentialsToNoNewServer() {
        int id = create("\"name\":\"Lab\",\"accountType\":\"ai-agent-openai-compatible\",\"apiKey\":\"" + PLANTED
                        + "\",\"url\":\"https://llm.example/v1\"")
                .json()
                .at("/connection/id")
                .asInt();
        Reply refused = SERVER.patch(one(id), "{\"url\":\"https://elsewhere.example/v1\"}");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().at("/suberrors/0/message").asText()).startsWith("url leads to another server");
        assertThat(SERVER.patch(one(id), "{\"url\":\"https://llm.example/v2\"}").status())
                .isEqualTo(200);
        assertThat(SERVER.patch(one(id), "{\"url\":\"https://elsewhere.example/v1\",\"apiKey\":\"new-one\"}")
                        .status())
                .isEqualTo(200);
    }
}
