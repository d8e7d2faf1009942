package dev.drover.api.jettson;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.api.TestingApi;
import dev.drover.testing.TestingAgents;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists of some agents only (contract, section 13.8). */
class JettsonFilterTest {
    private static final TestingApi API = new TestingApi();
    private static final List<String> EVEN = new ArrayList<>();
    private static final List<String> ODD = new ArrayList<>();

    @BeforeAll
    static void spawn() {
        TestingAgents agents = TestingAgents.of(API.plane());
        for (int i = 0; i < 6; i++) {
            List<String> side = i % 2 == 0 ? EVEN : ODD;
            side.addFirst(agents.spawn(
                    i == 5 ? "$ sleep 600" : "say " + i,
                    Map.of("metadata", Map.of("side", i % 2 == 0 ? "even" : "odd", "n", String.valueOf(i)))));
        }
        EVEN.forEach(agents::finished);
        ODD.subList(1, 3).forEach(agents::finished);
        agents.awaitEvent(ODD.getFirst(), "tool_use");
    }

    @AfterAll
    static void close() {
        API.close();
    }

    private static List<String> ids(String query) {
        TestingApi.Reply reply = API.get("/api/v1/agents" + query);
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return reply.json().path("data").findValuesAsText("agent_id");
    }

    @Test
    void takesAnyOfSomeStatuses() {
        assertThat(ids("?status=running")).containsExactly(ODD.getFirst());
        assertThat(ids("?status=running,completed")).hasSize(6);
        assertThat(ids("?status=error,idle")).isEmpty();
        assertThat(ids("?status=idle")).isEmpty();
    }

    @Test
    void takesAllOfSomeMetadata() {
        assertThat(ids("?metadata.side=even")).isEqualTo(EVEN);
        assertThat(ids("?metadata.side=even&metadata.n=2")).containsExactly(EVEN.get(1));
        assertThat(ids("?metadata.side=even&metadata.n=1")).isEmpty();
        assertThat(ids("?metadata.other=1")).isEmpty();
        assertThat(ids("?metadata.side=odd&status=completed")).isEqualTo(ODD.subList(1, 3));
    }

    @Test
    void takesTheDialectOfBirth() {
        assertThat(ids("?origin=all")).hasSize(6).isSortedAccordingTo(Collections.reverseOrder());
        assertThat(ids("?origin=jettson")).hasSize(6);
    }

    @Test
    void goesOnFromAnyCursorUnderAnyFilter() {
        JsonNode first = API.get("/api/v1/agents?limit=2&metadata.side=even").json();
        String cursor = first.path("next_cursor").asText();
        assertThat(cursor).isEqualTo(EVEN.get(1));
        assertThat(ids("?limit=2&metadata.side=even&cursor=" + cursor)).containsExactly(EVEN.get(2));
        assertThat(ids("?metadata.side=odd&cursor=" + cursor)).containsExactly(ODD.get(2));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?status=done",
                "?status=",
                "?status=running,",
                "?origin=slaw",
                "?metadata.a=1&metadata.a=2",
                "?metadata.a=%00"
            })
    void refusesWhatItDoesNotKnow(String query) {
        TestingApi.Reply reply = API.get("/api/v1/agents" + query);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo("invalid_query");
    }
}
