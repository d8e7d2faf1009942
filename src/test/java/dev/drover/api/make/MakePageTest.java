package dev.drover.api.make;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.Routes;
import dev.drover.api.http.Answer;
import dev.drover.api.http.Gate;
import dev.drover.api.http.Method;
import dev.drover.api.http.Operation;
import dev.drover.api.http.Route;
import dev.drover.api.http.TestingHttp;
import java.net.http.HttpResponse;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MakePageTest {
    private static final List<Integer> ALL = List.of(3, 1, 10, 2);
    private static final SequencedMap<String, Comparator<Integer>> COLUMNS =
            new LinkedHashMap<>(Map.of("size", Comparator.naturalOrder()));
    private static final TestingHttp SERVER = new TestingHttp(List.of(
            new Route(Method.GET, "/api/v2/sorted", Routes.dialect("/api/v2/x"), Gate.OPEN, sorted()),
            new Route(Method.GET, "/api/v2/bare", Routes.dialect("/api/v2/x"), Gate.OPEN, bare())));

    static {
        COLUMNS.put("word", Comparator.comparing(String::valueOf));
    }

    private static Operation sorted() {
        return Operation.of("Test", call -> {
            MakePage page = MakePage.read(call, COLUMNS);
            return Answer.ok(Map.of("numbers", page.of(ALL, COLUMNS), "pg", page));
        });
    }

    private static Operation bare() {
        return Operation.of("Test", call -> Answer.ok(MakePage.cut(call, ALL)));
    }

    @AfterAll
    static void close() {
        SERVER.close();
    }

    @Test
    void sortsByTheFirstColumnUnlessAskedOtherwise() {
        assertThat(get("/api/v2/sorted").body())
                .contains("\"numbers\":[1,2,3,10]")
                .contains("\"pg\":{\"limit\":10000,\"offset\":0,\"sortBy\":\"size\",\"sortDir\":\"asc\"}");
        assertThat(get("/api/v2/sorted?pg%5BsortBy%5D=word&pg%5BsortDir%5D=desc&pg%5Boffset%5D=1&pg%5Blimit%5D=2")
                        .body())
                .contains("\"numbers\":[2,10]")
                .contains("\"pg\":{\"limit\":2,\"offset\":1,\"sortBy\":\"word\",\"sortDir\":\"desc\"}");
    }

    @Test
    void cutsAListOfFixedOrder() {
        assertThat(get("/api/v2/bare").body()).isEqualTo("[3,1,10,2]");
        assertThat(get("/api/v2/bare?pg%5Blimit%5D=1&pg%5Boffset%5D=2").body()).isEqualTo("[10]");
        assertThat(get("/api/v2/bare?pg%5Boffset%5D=2147483647").body()).isEqualTo("[]");
        assertThat(get("/api/v2/bare?pg%5Blimit%5D=10000").body()).isEqualTo("[3,1,10,2]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit%5D=0",
                "limit%5D=10001",
                "limit%5D=ten",
                "limit%5D=",
                "limit%5D=-1",
                "offset%5D=-1",
                "offset%5D=2147483648",
                "sortBy%5D=colour",
                "sortDir%5D=up"
            })
    void namesTheParameterThatDoesNotFit(String given) {
        HttpResponse<String> answer = get("/api/v2/sorted?pg%5B" + given);
        assertThat(answer.statusCode()).isEqualTo(400);
        String name = "pg[" + given.substring(0, given.indexOf('%')) + "]";
        assertThat(answer.body()).contains("\"message\":\"" + name + " must be ");
    }

    private static HttpResponse<String> get(String path) {
        return SERVER.get("good", path);
    }
}
