package dev.drover.api.make;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.api.TestingApi;
import dev.drover.api.TestingApi.Reply;
import java.net.http.HttpRequest;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class MakeAccountApiTest {
    private static final TestingApi SERVER = new TestingApi(
            Map.of("DROVER_MODEL", "offline", "DROVER_PLAN", "pro", "DROVER_TIME_ZONE", "Europe/Prague"));

    @AfterAll
    static void close() {
        SERVER.close();
    }

    @Test
    void tellsWhoTheCallerIs() {
        Reply reply = SERVER.get("/api/v2/users/me");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).isEqualTo("application/json");
        assertThat(reply.body())
                .isEqualTo("{\"authUser\":{\"id\":1,\"name\":\"admin\",\"email\":\"\",\"language\":\"en\","
                        + "\"timezone\":\"Europe/Prague\",\"locale\":\"en_US\"}}");
    }

    @Test
    void tellsScopesInTheWordsOfMake() {
        JsonNode authorization =
                SERVER.get("/api/v2/users/me/current-authorization").json().path("authorization");
        assertThat(authorization.path("authUsed").asText()).isEqualTo("token");
        assertThat(authorization.path("scope").toString())
                .isEqualTo("[\"ai-agents:read\",\"ai-agents:write\",\"memory:read\",\"memory:write\","
                        + "\"secrets:manage\",\"webhooks:manage\",\"keys:manage\"]");
        String token = personal("[\"ai-agents:read\"]");
        assertThat(SERVER.send(SERVER.as(token, "/api/v2/users/me/current-authorization"))
                        .body())
                .isEqualTo("{\"authorization\":{\"authUsed\":\"token\",\"scope\":[\"ai-agents:read\"]}}");
    }

    @Test
    void tellsTheLimitOfThePlanWhenNoneIsSet() {
        JsonNode organization = SERVER.get("/api/v2/organizations/1").json().path("organization");
        assertThat(organization.path("license").toString()).isEqualTo("{\"apiLimit\":120}");
        assertThat(organization.path("zone").asText())
                .isEqualTo(SERVER.plane().url().getAuthority());
        assertThat(organization.path("teams").toString())
                .isEqualTo("[{\"id\":1,\"name\":\"admin\",\"organizationId\":1}]");
    }

    @Test
    void listsWithTheEchoOfThePage() {
        assertThat(SERVER.get("/api/v2/teams?organizationId=1").body())
                .isEqualTo("{\"teams\":[{\"id\":1,\"name\":\"admin\",\"organizationId\":1}],"
                        + "\"pg\":{\"limit\":10000,\"offset\":0,\"sortBy\":\"id\",\"sortDir\":\"asc\"}}");
        JsonNode page = SERVER.get("/api/v2/organizations?cols%5B%5D=*&pg%5Boffset%5D=1&pg%5BsortBy%5D=name")
                .json();
        assertThat(page.path("organizations")).isEmpty();
        assertThat(page.path("pg").toString())
                .isEqualTo("{\"limit\":10000,\"offset\":1,\"sortBy\":\"name\",\"sortDir\":\"asc\"}");
        assertThat(SERVER.get("/api/v2/organizations")
                        .json()
                        .at("/organizations/0/id")
                        .asInt())
                .isEqualTo(1);
        assertThat(SERVER.get("/api/v2/teams/1").body())
                .isEqualTo("{\"team\":{\"id\":1,\"name\":\"admin\",\"organizationId\":1}}");
    }

    @Test
    void refusesWhatIsNotTheCallers() {
        String denied = "{\"detail\":\"Access denied.\",\"message\":\"Permission denied\",\"code\":\"SC403\"}";
        for (String path : new String[] {"/organizations/2", "/teams/2", "/teams?organizationId=2"}) {
            Reply reply = SERVER.get("/api/v2" + path);
            assertThat(reply.status()).as(path).isEqualTo(403);
            assertThat(reply.body()).isEqualTo(denied);
        }
        String blind = personal("[\"memory:read\"]");
        assertThat(SERVER.send(SERVER.as(blind, "/api/v2/users/me")).body()).isEqualTo(denied);
    }

    @Test
    void namesWhatIsMissingOrWrong() {
        Reply missing = SERVER.get("/api/v2/teams");
        assertThat(missing.status()).isEqualTo(400);
        assertThat(missing.body())
                .isEqualTo("{\"detail\":\"Validation failed for 1 parameter.\",\"message\":\"Bad Request\","
                        + "\"code\":\"SC400\",\"suberrors\":[{\"message\":\"organizationId Required\","
                        + "\"name\":\"Error\"}]}");
        for (String path : new String[] {"/organizations/one", "/teams/0", "/teams?organizationId=", "/teams/-1"}) {
            assertThat(SERVER.get("/api/v2" + path).status()).as(path).isEqualTo(400);
        }
    }

    @Test
    void asksForATokenInMakesWords() {
        for (String header : new String[] {"Token", "Token 11111111-1111-4111-8111-111111111111", "Basic x"}) {
            Reply reply = SERVER.send(SERVER.to("/api/v2/users/me").header("Authorization", header));
            assertThat(reply.status()).isEqualTo(401);
            assertThat(reply.body())
                    .isEqualTo("{\"detail\":\"Access denied.\",\"message\":\"Unauthorized\",\"code\":\"SC401\"}");
        }
    }

    @Test
    void takesBothWordsWithEveryKindOfCredential() {
        String jwt = SERVER.send(SERVER.to("/token")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString("username=admin&password=a+password+for+tests")))
                .json()
                .path("access_token")
                .asText();
        String api = SERVER.post("/api/v1/keys", "{\"name\":\"a key\"}")
                .json()
                .path("secret")
                .asText();
        for (String credential : new String[] {jwt, api, personal("[\"ai-agents:read\"]")}) {
            for (String word : new String[] {"Token ", "Bearer ", "token ", "BEARER "}) {
                Reply reply = SERVER.send(SERVER.to("/api/v2/users/me").header("Authorization", word + credential));
                assertThat(reply.status()).as(word + credential).isEqualTo(200);
            }
        }
    }

    @Test
    void answersOtherMethodsAndUnknownPathsInMakesWords() {
        Reply wrong = SERVER.delete("/api/v2/users/me");
        assertThat(wrong.status()).isEqualTo(405);
        assertThat(wrong.header("Allow")).isEqualTo("GET, HEAD");
        assertThat(wrong.json().path("code").asText()).isEqualTo("SC405");
        Reply options =
                SERVER.send(SERVER.as("/api/v2/users/me").method("OPTIONS", HttpRequest.BodyPublishers.noBody()));
        assertThat(options.status()).isEqualTo(405);
        assertThat(options.header("Allow")).isEqualTo("GET, HEAD");
        Reply head = SERVER.send(SERVER.as("/api/v2/users/me").method("HEAD", HttpRequest.BodyPublishers.noBody()));
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        Reply unknown = SERVER.get("/api/v2/users/you");
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.json().path("code").asText()).isEqualTo("SC404");
        assertThat(unknown.json().path("detail").asText()).contains("/api/v2/users/you");
        assertThat(unknown.header("x-request-id")).isNotEmpty();
    }

    @Test
    void stopsAnOrganizationThatAsksTooOften() {
        try (TestingApi server = new TestingApi(Map.of("DROVER_MODEL", "offline", "DROVER_REQUESTS_PER_MINUTE", "3"))) {
            assertThat(server.get("/api/v2/organizations/1")
                            .json()
                            .at("/organization/license/apiLimit")
                            .asInt())
                    .isEqualTo(3);
            Reply reply = server.get("/api/v2/users/me");
            // A minute that turns meanwhile starts to count anew.
            for (int i = 0; i < 8 && reply.status() == 200; i++) {
                reply = server.get("/api/v2/users/me");
            }
            assertThat(reply.status()).isEqualTo(429);
            assertThat(reply.json().path("code").asText()).isEqualTo("SC429");
            assertThat(Integer.parseInt(reply.header("Retry-After"))).isBetween(1, 60);
            assertThat(server.get("/api/v2/teams/2").status()).isEqualTo(403);
            assertThat(server.get("/api/v1/agents").status()).isEqualTo(200);
        }
    }

    private static String personal(String scopes) {
        String secret = SERVER.post(
                        "/api/v1/keys", "{\"name\":\"mine\",\"kind\":\"personal\",\"scopes\":" + scopes + "}")
                .json()
                .path("secret")
                .asText();
        assertThat(secret).matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
        return secret;
    }
}
