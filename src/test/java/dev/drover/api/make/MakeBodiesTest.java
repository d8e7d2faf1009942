package dev.drover.api.make;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.Routes;
import dev.drover.api.http.Answer;
import dev.drover.api.http.Gate;
import dev.drover.api.http.Method;
import dev.drover.api.http.Operation;
import dev.drover.api.http.Route;
import dev.drover.api.http.TestingHttp;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the Make dialect takes bodies, and what it says of those that do not fit. */
class MakeBodiesTest {
    private static final String PATH = "/api/v2/things";
    private static final TestingHttp SERVER = new TestingHttp(List.of(new Route(
            Method.POST, PATH, Routes.dialect(PATH), Gate.OPEN, Operation.of("Test", call -> {
                String name = call.fields().byPath().text("name");
                return Answer.ok(Map.of("name", name == null ? "" : name));
            }))));

    @AfterAll
    static void close() {
        SERVER.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "application/json;charset=utf-8",
                "Application/JSON ; charset=UTF-8",
                "application/vnd.make+json"
            })
    void takesWhatCallsItselfJson(String type) {
        assertThat(post(type, "{\"name\":\"x\"}").body()).isEqualTo("{\"name\":\"x\"}");
    }

    @Test
    void takesJsonThatCallsItselfNothing() {
        assertThat(SERVER.post("good", PATH, "{\"name\":\"x\"}").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain;charset=UTF-8", "application/x-www-form-urlencoded", "application/jsonish"})
    void refusesWhatCallsItselfSomethingElse(String type) {
        HttpResponse<String> answer = post(type, "{\"name\":\"x\"}");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .isEqualTo("{\"detail\":\"The body is not JSON: its Content-Type is '" + type
                        + "'\",\"message\":\"Bad Request\",\"code\":\"SC400\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "\"text\"", "{\"a\":1}{}", "{\"a\":1,\"a\":2}"})
    void refusesWhatIsNoJsonObject(String body) {
        HttpResponse<String> answer = post("application/json", body);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("\"code\":\"SC400\"");
    }

    @Test
    void callsTooLargeABodyABadRequest() {
        int around = "{\"name\":\"\"}".length();
        int most = (int) Operation.USUAL_LIMIT;
        assertThat(post("application/json", named(most - around)).statusCode()).isEqualTo(200);
        for (int size : new int[] {most + 1 - around, 33 << 20}) {
            HttpResponse<String> answer = post("application/json", named(size));
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).contains("The body is larger than", "\"code\":\"SC400\"");
        }
    }

    private static String named(int length) {
        return "{\"name\":\"" + "x".repeat(length) + "\"}";
    }

    private static HttpResponse<String> post(String type, String body) {
        return TestingHttp.send(
                SERVER.as("good", PATH).header("Content-Type", type).POST(HttpRequest.BodyPublishers.ofString(body)));
    }
}
