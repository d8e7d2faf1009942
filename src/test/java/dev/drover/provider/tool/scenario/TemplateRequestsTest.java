package dev.drover.provider.tool.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drover.core.Json;
import dev.drover.core.egress.TestingNames;
import dev.drover.core.scenario.Action;
import dev.drover.core.scenario.Requests;
import dev.drover.core.tool.ToolContext;
import dev.drover.core.tool.ToolRefusal;
import dev.drover.provider.http.PinnedWebClient;
import dev.drover.testing.EchoServer;
import dev.drover.testing.RawServer;
import dev.drover.testing.TestingContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever a model puts into the places of a template, the request stays the one that its author wrote. */
@Timeout(60)
class TemplateRequestsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final EchoServer ECHO = new EchoServer();
    private static final EchoServer ELSEWHERE = new EchoServer();

    private final TemplateRequests requests = new TemplateRequests(new PinnedWebClient());

    @AfterAll
    static void close() {
        ECHO.close();
        ELSEWHERE.close();
    }

    private static ToolContext reaching(String... allowed) {
        return TestingContext.reaching(Path.of("."), new TestingNames(), allowed);
    }

    /** What the service saw; inputs in JSON with single quotes. */
    private JsonNode seen(Action.Request request, String input) throws ToolRefusal, JsonProcessingException {
        return seen(request, Map.of(), input);
    }

    private JsonNode seen(Action.Request request, Map<String, String> credentials, String input)
            throws ToolRefusal, JsonProcessingException {
        Json result = requests.send(
                request,
                credentials,
                new Json(input.replace('\'', '"')),
                reaching(ECHO.address(), ELSEWHERE.address()));
        return JSON.readTree(JSON.readTree(result.text()).path("text").asText());
    }

    private static Action.Request get(String target) {
        return new Action.Request("GET", ECHO.url(target), Map.of(), null, null);
    }

    private static Action.Request post(String body, @Nullable String type) {
        Map<String, String> headers = type == null ? Map.of() : Map.of("content-type", type);
        return new Action.Request("POST", ECHO.url("/p"), headers, body, null);
    }

    private static void assertRejected(ThrowingCallable call, String reason) {
        assertThatThrownBy(call).isInstanceOfSatisfying(ToolRefusal.class, refusal -> {
            assertThat(refusal.wasRejected()).isTrue();
            assertThat(refusal.reason()).contains(reason);
        });
    }

    private static void assertFailed(ThrowingCallable call, String reason) {
        assertThatThrownBy(call).isInstanceOfSatisfying(ToolRefusal.class, refusal -> {
            assertThat(refusal.wasRejected()).isFalse();
            assertThat(refusal.reason()).contains(reason);
        });
    }

    @Test
    void fillsPathAndQueryWithWords() throws Exception {
        JsonNode seen = seen(
                get("/users/{{ id }}/notes?q={{q}}&n={{n}}&on={{on}}&none={{none}}"),
                "{'id':'a b/ü','q':'1&admin=true#x+y','n':2.5,'on':true,'none':null}");
        assertThat(seen.path("target").asText())
                .isEqualTo("/users/a%20b%2F%C3%BC/notes?q=1%26admin%3Dtrue%23x%2By&n=2.5&on=true&none=");
    }

    @Test
    void climbsNowhere() {
        for (String step : List.of("..", ".", "../admin", "..\\\\admin", "a/../../b", "%2e%2e/..")) {
            assertRejected(() -> seen(get("/users/{{id}}/notes"), "{'id':'" + step + "'}"), "'..'");
        }
        assertRejected(() -> seen(get("/users/.{{id}}"), "{'id':'.'}"), "'..'");
        assertRejected(() -> seen(get("/users/{{a}}{{b}}"), "{'a':'.','b':'.'}"), "a, b");
        assertRejected(() -> seen(get("/users/{{id}}"), "{'id':''}"), "must not be empty");
        assertRejected(() -> seen(get("/users/{{id}}"), "{}"), "must not be empty");
    }

    @Test
    void letsDotsStandWithinAWord() throws Exception {
        assertThat(seen(get("/v/{{id}}"), "{'id':'1..2'}").path("target").asText())
                .isEqualTo("/v/1..2");
        assertThat(seen(get("/v/{{id}}"), "{'id':'%2e%2e'}").path("target").asText())
                .isEqualTo("/v/%252e%252e");
    }

    @Test
    void keepsHeadersOnOneLine() throws Exception {
        Action.Request request = new Action.Request("GET", ECHO.url("/"), Map.of("X-Who", "is {{who}}"), null, null);
        assertThat(seen(request, "{'who':'mira: 1'}").at("/headers/x-who").asText())
                .isEqualTo("is mira: 1");
        for (String line : List.of("a\\r\\nX-Admin: 1", "a\\nb", "a\\rb", "\\u0000", "\\u010d\\u010a")) {
            assertRejected(() -> seen(request, "{'who':'" + line + "'}"), "line break");
        }
    }

    @Test
    void breaksOutOfNoStringOfJson() throws Exception {
        JsonNode seen = seen(
                post("{\"a\": \"say {{x}}\", \"b\": {{y}}, \"c\": [{{z}}, {{none}}], \"d\": \"\\\\{{n}}\"}", null),
                "{'x':'\\\",\\\"admin\\\":true,\\\"y\\\":\\\"\\\\','y':{'k':['\\\"']},'z':'}','n':7}");
        assertThat(seen.at("/headers/content-type").asText()).isEqualTo("application/json");
        JsonNode body = JSON.readTree(seen.path("body").asText());
        assertThat(body.path("a").asText()).isEqualTo("say \",\"admin\":true,\"y\":\"\\");
        assertThat(body.path("b")).hasToString("{\"k\":[\"\\\"\"]}");
        assertThat(body.path("c")).hasToString("[\"}\",null]");
        assertThat(body.path("d").asText()).isEqualTo("\\7");
        assertThat(body.size()).isEqualTo(4);
    }

    @Test
    void fillsOtherBodiesByTheirTypes() throws Exception {
        String input = "{'x':'1&admin=1 <b a=\\\"c\\\">'}";
        assertThat(seen(post("v={{x}}", "application/x-www-form-urlencoded"), input)
                        .path("body")
                        .asText())
                .isEqualTo("v=1%26admin%3D1%20%3Cb%20a%3D%22c%22%3E");
        assertThat(seen(post("<v>{{x}}</v>", "text/xml; charset=utf-8"), input)
                        .path("body")
                        .asText())
                .isEqualTo("<v>1&amp;admin=1 &lt;b a=&quot;c&quot;&gt;</v>");
        JsonNode plain = seen(post("hello {{x}}", null), input);
        assertThat(plain.path("body").asText()).isEqualTo("hello 1&admin=1 <b a=\"c\">");
        assertThat(plain.at("/headers/content-type").asText()).startsWith("text/plain");
    }

    @Test
    void fillsNoPlacesThatInputsBring() throws Exception {
        assertThat(seen(post("{{a}} and {{b}}", "text/plain"), "{'a':'{{b}} {{secret.X}} $1 \\\\','b':'B'}")
                        .path("body")
                        .asText())
                .isEqualTo("{{b}} {{secret.X}} $1 \\ and B");
    }

    @Test
    void refusesTemplatesThatCannotBecomeJson() {
        for (String body : List.of(
                "{\"a\": }",
                "{\"a\": \"\\{{x}}\"}",
                "{\"a\": \"\\u00{{x}}\"}",
                "{\"a\": 1{{x}}}",
                "{\"a\": {{x}}{{x}}}",
                "{\"a\": \"{{x}}}",
                "[1] [2]")) {
            assertThat(requests.misfit(post(body, "application/json; charset=utf-8")))
                    .as(body)
                    .get()
                    .extracting(Requests.Misfit::field)
                    .isEqualTo("body");
        }
        for (String body : List.of("{\"{{x}}\": 1}", "{ {{x}}: 1}", "[{\"a\":{\"b{{x}}\":1}}]")) {
            assertThat(requests.misfit(post(body, null)))
                    .get()
                    .extracting(Requests.Misfit::reason)
                    .asString()
                    .contains("names");
        }
        assertThat(requests.misfit(post("{\"a\": {{x}}, \"b\": \"{{x}}\"}", null)))
                .isEmpty();
        assertThat(requests.misfit(post("{{x}}", null))).isEmpty();
        assertThat(requests.misfit(post("{\"a\": }", "text/plain"))).isEmpty();
    }

    @Test
    void sendsCredentialsToTheirOriginOnly() throws Exception {
        Map<String, String> credentials = Map.of("x-api-key", "k-123456789", "authorization", "Bearer t-123456789");
        Action.Request request =
                new Action.Request("GET", ECHO.url("/"), Map.of("X-Api-Key", "mine", "X-Plain", "p"), null, null);
        JsonNode home = seen(request, credentials, "{}");
        assertThat(home.at("/headers/x-plain").asText()).isEqualTo("p");
        assertThat(home.at("/headers/x-api-key").asText())
                .as("hidden in the result")
                .isEqualTo("***");
        assertThat(home.at("/headers/authorization").asText()).isEqualTo("Bearer ***");

        JsonNode within = seen(get("/away?to=/next"), credentials, "{}");
        assertThat(within.path("target").asText()).isEqualTo("/next");
        assertThat(within.at("/headers/x-api-key").asText()).isEqualTo("***");
        JsonNode outside = seen(get("/away?to=" + ELSEWHERE.url("/next")), credentials, "{}");
        assertThat(outside.path("target").asText()).isEqualTo("/next");
        assertThat(outside.path("headers").has("x-api-key")).isFalse();
        assertThat(outside.path("headers").has("authorization")).isFalse();
    }

    @Test
    void tellsOfFailures() throws IOException {
        assertFailed(() -> seen(get("/fail"), "{}"), "the service answered 422: {\"method\":\"GET\"");
        try (RawServer picture = RawServer.saying(
                "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: 3\r\nConnection: close\r\n\r\n\1\2\3")) {
            Action.Request request = new Action.Request("GET", picture.url("/"), Map.of(), null, null);
            assertFailed(
                    () -> requests.send(request, Map.of(), Json.EMPTY_OBJECT, reaching(picture.address())),
                    "no text: image/png");
        }
    }

    @Test
    void goesNowhereThatTheGuardForbids() {
        assertRejected(() -> requests.send(get("/"), Map.of(), Json.EMPTY_OBJECT, reaching()), "private/internal");
        assertRejected(
                () -> requests.send(
                        get("/away?to=" + ELSEWHERE.url("/")), Map.of(), Json.EMPTY_OBJECT, reaching(ECHO.address())),
                "private/internal");
        Action.Request metadata = new Action.Request("GET", "http://169.254.169.254/{{x}}", Map.of(), null, null);
        assertRejected(
                () -> requests.send(metadata, Map.of(), new Json("{\"x\":\"latest\"}"), reaching(ECHO.address())),
                "private/internal");
    }

    @Test
    void givesLongTextsCutAndEmptyOnesEmpty() throws Exception {
        String body = "x".repeat(2 << 20);
        try (RawServer large = RawServer.saying("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: "
                        + body.length() + "\r\nConnection: close\r\n\r\n" + body);
                RawServer empty = RawServer.saying("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n")) {
            ToolContext context = reaching(large.address(), empty.address());
            Action.Request much = new Action.Request("GET", large.url("/"), Map.of(), null, null);
            JsonNode told = JSON.readTree(
                    requests.send(much, Map.of(), Json.EMPTY_OBJECT, context).text());
            assertThat(told.path("truncated").asBoolean()).isTrue();
            assertThat(told.path("text").asText()).hasSize(1 << 20);
            Action.Request nothing = new Action.Request("DELETE", empty.url("/"), Map.of(), null, null);
            assertThat(requests.send(nothing, Map.of(), Json.EMPTY_OBJECT, context)
                            .text())
                    .isEqualTo("{\"text\":\"\"}");
        }
    }
}
