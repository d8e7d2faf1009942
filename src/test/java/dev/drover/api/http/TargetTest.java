package dev.drover.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.Routes;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {
    private static final TestingHttp SERVER = new TestingHttp(List.of(new Route(
            Method.GET,
            "/api/v2/things",
            Routes.dialect("/api/v2/things"),
            Gate.OPEN,
            Operation.of("Test", call -> Answer.ok(call.queries(""))))));

    @AfterAll
    static void close() {
        SERVER.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"pg[limit]=5&teamId=1", "pg%5Blimit%5D=5&teamId=1", "pg%5blimit]=5&teamId=1"})
    void takesBracketsAsTheyAreAndEncoded(String query) throws IOException {
        assertThat(get("/api/v2/things?" + query))
                .startsWith("HTTP/1.1 200")
                .endsWith("{\"pg[limit]\":\"5\",\"teamId\":\"1\"}");
    }

    @Test
    void takesOneNameWithBracketsTwice() throws IOException {
        assertThat(get("/api/v2/things?cols[]=id&cols%5B%5D=id&x=[1]"))
                .startsWith("HTTP/1.1 200")
                .endsWith("{\"cols[]\":\"id\",\"x\":\"[1]\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v2/things?a=%zz",
                "/api/v2/things?a=%5",
                "/api/v2/things?a={b}",
                "/api/v2/things?a=\"b\"",
                "/api/v2/things?a=<b>",
                "/api/v2/things?a=b\\c",
                "/api/v2/things?a=b^c",
                "/api/v2/things?a=ü",
                "/api/v2/things?a=b#<c>",
                "/api/v2/thi[ng]s",
                "/api/v2/things%zz"
            })
    void refusesWhatIsNoTargetOtherwise(String target) throws IOException {
        assertThat(get(target)).startsWith("HTTP/1.1 400").contains("\"code\":\"SC400\"");
    }

    private static String get(String target) throws IOException {
        return SERVER.raw("GET " + target + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    }
}
