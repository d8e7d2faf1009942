package dev.drover.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.Routes;
import dev.drover.core.access.Scope;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class BodyTest {
    private static final int MEBIBYTE = 1 << 20;
    private static final Gate GATE = Gate.scope(Scope.AGENTS_WRITE);
    private static final TestingHttp SERVER = new TestingHttp(
            List.of(
                    route("/api/v1/echo", Operation.of("Echo", call -> Answer.ok(said(call)))),
                    route("/api/v1/ignore", Operation.of("Ignore", call -> Answer.noContent()))),
            TestingHttp.hasty());

    @AfterAll
    static void close() {
        SERVER.close();
    }

    @Test
    void readsAnObjectOfAnyContentType() {
        assertThat(echo("{\"word\":\"hello\",\"other\":[1]}").body()).isEqualTo("{\"word\":\"hello\"}");
    }

    @Test
    void refusesWhatIsNoObject() {
        for (String body : List.of("", "[]", "\"x\"", "null", "1", "{", "{\"word\":}", "word=hello", "{} {}")) {
            HttpResponse<String> answer = echo(body);
            assertThat(answer.statusCode()).as(body).isEqualTo(400);
            assertThat(answer.body()).as(body).contains("\"code\":\"invalid_body\"");
        }
    }

    @Test
    void refusesHostileJson() {
        String deep = "{\"word\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}";
        for (String body :
                List.of(deep, "{\"word\":\"a\",\"word\":\"b\"}", "{\"word\":\"\\u0000\"}", "{\"word\":NaN}")) {
            assertThat(echo(body).statusCode()).isEqualTo(400);
        }
    }

    @Test
    void tellsWhichFieldIsWrong() {
        assertThat(echo("{\"word\":7}").body())
                .contains("\"details\":{", "\"field\":\"word\"", "\"reason\":\"must be a string, but is a number\"");
    }

    @Test
    void takesABodyAtTheLimitAndNoneAboveIt() {
        String filler = "x".repeat(MEBIBYTE - "{\"word\":\"\"}".length());
        assertThat(echo("{\"word\":\"" + filler + "\"}").statusCode()).isEqualTo(200);
        HttpResponse<String> answer = echo("{\"word\":\"" + filler + "x\"}");
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).contains("\"code\":\"payload_too_large\"");
    }

    @Test
    void countsBodiesThatNameNoLength() {
        HttpResponse<String> answer = TestingHttp.send(SERVER.as("good", "/api/v1/echo")
                .POST(HttpRequest.BodyPublishers.ofInputStream(
                        () -> new ByteArrayInputStream(new byte[3 * MEBIBYTE]))));
        assertThat(answer.statusCode()).isEqualTo(413);
    }

    @Test
    void turnsAwayEnormousBodiesUnread() throws IOException {
        String answer = SERVER.raw("POST /api/v1/echo HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer good\r\n"
                + "Content-Length: 99999999999\r\n\r\n{");
        assertThat(answer).startsWith("HTTP/1.1 413").contains("payload_too_large", "X-Request-Id");
        String chunked = SERVER.raw("POST /api/v1/echo HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer good\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n7fffffff\r\n{");
        assertThat(chunked).startsWith("HTTP/1.1 4");
    }

    @Test
    void cutsOffABodyThatDoesNotCome() throws IOException {
        String answer = SERVER.raw("POST /api/v1/echo HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer good\r\n"
                + "Content-Length: 10\r\n\r\n{");
        // The only way to stop waiting for a socket closes it, so there may be no answer to read.
        assertThat(answer)
                .satisfiesAnyOf(
                        text -> assertThat(text).isEmpty(),
                        text -> assertThat(text).contains("408"));
    }

    @Test
    void keepsTheConnectionWhenNobodyWantedTheBody() throws IOException {
        String post = "POST /api/v1/ignore HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n";
        String answers = SERVER.raw(
                post + "\r\nGET / HTT" + post + "Authorization: Bearer good\r\nConnection: close\r\n\r\nGET / HTT");
        assertThat(answers).containsSubsequence("HTTP/1.1 401", "HTTP/1.1 204").doesNotContain("HTTP/1.1 400");
    }

    @Test
    void answersBrokenHttpInTheEnvelope() throws IOException {
        assertThat(SERVER.raw("GET /api/v1/e%zzcho HTTP/1.1\r\nHost: x\r\n\r\n"))
                .startsWith("HTTP/1.1 400")
                .contains("{\"error\":{\"code\":\"invalid_query\"", "X-Request-Id");
        assertThat(SERVER.raw("GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n"))
                .startsWith("HTTP/1.1 400")
                .contains("{\"detail\":");
    }

    private static Object said(Call call) {
        String word = call.fields().text("word");
        return Map.of("word", word == null ? "" : word);
    }

    private static HttpResponse<String> echo(String body) {
        return SERVER.post("good", "/api/v1/echo", body);
    }

    private static Route route(String path, Operation operation) {
        return new Route(Method.POST, path, Routes.dialect(path), GATE, operation);
    }
}
