package dev.drover.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.api.Routes;
import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.StartFailure;
import dev.drover.core.access.Scope;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class HttpServerTest {
    record Thing(String someName, Instant madeAt) {}

    private static final Thing THING = new Thing("Zoë", Instant.parse("2026-05-14T18:42:00Z"));
    private static final TestingHttp SERVER = new TestingHttp(
            List.of(
                    route(Method.GET, "/api/v1/things", Gate.scope(Scope.AGENTS_READ), call -> Answer.ok(THING)),
                    route(Method.POST, "/api/v1/things", Gate.scope(Scope.AGENTS_WRITE), call -> Answer.ok(THING)),
                    route(Method.GET, "/api/v1/large", Gate.OPEN, call -> Answer.ok("x".repeat(300_000))),
                    route(Method.GET, "/api/v1/near", Gate.NEARBY, call -> Answer.noContent()),
                    route(Method.GET, "/api/v1/broken", Gate.OPEN, call -> {
                        throw new IllegalStateException("the secret cause");
                    }),
                    route(Method.GET, "/api/v1/away", Gate.OPEN, call -> {
                        throw new Refused(new Problem.Unavailable("the database", null));
                    })),
            HttpSettings.at("127.0.0.1", 0).withOrigins(Set.of("http://localhost:3000")));

    @AfterAll
    static void close() {
        SERVER.close();
    }

    @Test
    void answersInSnakeCaseWithExactMilliseconds() {
        HttpResponse<String> answer = SERVER.get("reader", "/api/v1/things");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(answer.body()).isEqualTo("{\"some_name\":\"Zoë\",\"made_at\":\"2026-05-14T18:42:00.000Z\"}");
    }

    @Test
    void takesBothSchemeWordsInAnyCase() {
        for (String header : List.of("Bearer reader", "bearer reader", "TOKEN reader", "Token  reader")) {
            HttpResponse<String> answer =
                    TestingHttp.send(SERVER.to("/api/v1/things").header("Authorization", header));
            assertThat(answer.statusCode()).as(header).isEqualTo(200);
        }
    }

    @Test
    void asksForACredential() {
        for (String header : List.of("Basic cmVhZGVy", "Bearer", "Bearer unknown", "reader")) {
            HttpResponse<String> answer =
                    TestingHttp.send(SERVER.to("/api/v1/things").header("Authorization", header));
            assertThat(answer.statusCode()).as(header).isEqualTo(401);
            assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
            assertThat(answer.body()).startsWith("{\"error\":{\"code\":\"invalid_api_key\",");
        }
        assertThat(TestingHttp.send(SERVER.to("/api/v1/things")).statusCode()).isEqualTo(401);
    }

    @Test
    void tellsWhichScopeIsMissing() {
        HttpResponse<String> answer = SERVER.post("reader", "/api/v1/things", "{}");
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body())
                .contains("\"code\":\"insufficient_scope\"")
                .contains("\"details\":{\"scope\":\"agents:write\"}");
    }

    @Test
    void answersUnknownPathsInTheWordsOfTheirDialect() {
        assertThat(body("/api/v1/nothing")).contains("{\"error\":{\"code\":\"not_found\"");
        assertThat(body("/api/v2/ai-agents/v1/agents")).contains("\"message\":\"Not Found\",\"code\":\"SC404\"");
        assertThat(body("/api/agents/zed")).isEqualTo("{\"detail\":\"Not Found\"}");
        assertThat(body("/nowhere")).isEqualTo("{\"detail\":\"Not Found\"}");
        String slaw = "{\"error\":\"API route not found\",\"code\":\"route_not_found\"}";
        assertThat(body("/api/squads")).isEqualTo(slaw);
        assertThat(body("/api/agents/me")).isEqualTo(slaw);
        assertThat(body("/api/agents/0190A1B2-0000-7000-8000-00000000000A/keys"))
                .isEqualTo(slaw);
    }

    @Test
    void namesTheMethodsThatThereAre() {
        HttpResponse<String> answer =
                TestingHttp.send(SERVER.to("/api/v1/things").DELETE());
        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).hasValue("GET, HEAD, POST");
        assertThat(answer.body()).contains("\"code\":\"method_not_allowed\"");
    }

    @Test
    void answersHeadWithoutABody() {
        HttpResponse<String> answer = TestingHttp.send(
                SERVER.as("reader", "/api/v1/things").method("HEAD", HttpRequest.BodyPublishers.noBody()));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValueAsLong("Content-Length")).hasValue(57);
        assertThat(answer.body()).isEmpty();
        assertThat(SERVER.get("reader", "/api/v1/things").statusCode()).isEqualTo(200);
    }

    @Test
    void givesEveryAnswerAnId() {
        assertThat(SERVER.get("reader", "/nowhere").headers().firstValue("X-Request-Id"))
                .isPresent();
        HttpResponse<String> echoed = TestingHttp.send(SERVER.to("/nowhere").header("X-Request-Id", "mine-1"));
        assertThat(echoed.headers().firstValue("X-Request-Id")).hasValue("mine-1");
        HttpResponse<String> replaced = TestingHttp.send(SERVER.to("/nowhere").header("X-Request-Id", "a b\"c"));
        assertThat(replaced.headers().firstValue("X-Request-Id")).isPresent().isNotEqualTo("a b\"c");
    }

    @Test
    void hidesWhatBroke() {
        HttpResponse<String> answer = SERVER.get("good", "/api/v1/broken");
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body())
                .contains("\"code\":\"internal_error\"")
                .contains(answer.headers().firstValue("X-Request-Id").orElseThrow())
                .doesNotContain("secret", "IllegalState");
    }

    @Test
    void saysWhenToComeBack() {
        HttpResponse<String> answer = SERVER.get("good", "/api/v1/away");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        assertThat(answer.body()).contains("\"code\":\"provider_unavailable\"");
    }

    @Test
    void writesLargeAnswersWhole() {
        assertThat(SERVER.get("good", "/api/v1/large").body()).hasSize(300_002);
    }

    @Test
    void letsThisMachineInWithoutACredentialButNoProxy() {
        assertThat(TestingHttp.send(SERVER.to("/api/v1/near")).statusCode()).isEqualTo(204);
        HttpRequest.Builder forwarded = SERVER.to("/api/v1/near").header("X-Forwarded-For", "203.0.113.9");
        assertThat(TestingHttp.send(forwarded).statusCode()).isEqualTo(401);
    }

    @Test
    void letsListedOriginsOnlyReadAnswers() {
        HttpResponse<String> listed = TestingHttp.send(SERVER.to("/nowhere").header("Origin", "http://localhost:3000"));
        assertThat(listed.headers().firstValue("Access-Control-Allow-Origin")).hasValue("http://localhost:3000");
        HttpResponse<String> other = TestingHttp.send(SERVER.to("/nowhere").header("Origin", "http://evil.test"));
        assertThat(other.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
        HttpResponse<String> preflight = TestingHttp.send(SERVER.to("/api/v1/things")
                .header("Origin", "http://localhost:3000")
                .header("Access-Control-Request-Method", "POST")
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody()));
        assertThat(preflight.statusCode()).isEqualTo(204);
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Headers"))
                .hasValueSatisfying(headers -> assertThat(headers).contains("Authorization", "Idempotency-Key"));
    }

    @Test
    void countsRequestsByTheTemplateOfTheirPath() {
        body("/api/v1/nothing-1");
        body("/api/v1/nothing-2");
        assertThat(SERVER.measured())
                .contains("drover_http_requests_seconds_count{method=\"GET\",route=\"none\",status=\"404\"}")
                .doesNotContain("nothing-1");
    }

    @Test
    void saysInOneLineThatAPortIsTaken() {
        HttpSettings taken = HttpSettings.at("127.0.0.1", SERVER.port());
        assertThatThrownBy(() -> new TestingHttp(List.of(), taken).close())
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("127.0.0.1:" + SERVER.port())
                .hasMessageContaining("--port")
                .hasMessageNotContaining("\n");
    }

    private static String body(String path) {
        return SERVER.get("good", path).body();
    }

    private static Route route(Method method, String path, Gate gate, Handler handler) {
        return new Route(method, path, Routes.dialect(path), gate, Operation.of("Test", handler));
    }
}
