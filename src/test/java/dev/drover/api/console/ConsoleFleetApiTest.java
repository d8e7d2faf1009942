package dev.drover.api.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.api.TestingApi.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ConsoleFleetApiTest {
    private static final TestingHome HOME = new TestingHome();
    private static String eve = "";
    private static UUID third = UUID.randomUUID();

    @BeforeAll
    static void fill() {
        eve = HOME.user("eve", "user");
        UUID first = HOME.agent("Bravo", "eve", "make");
        HOME.sql("insert into agent_tag (agent_id, tag) values (?, 'blue'), (?, 'red')", first, first);
        UUID second = HOME.agent("alpha", "eve", "trinity");
        HOME.machine(second, "stopped");
        third = HOME.agent("Charlie", "eve", "jettson");
        HOME.ended(third, "error");
        HOME.user("mallory", "user");
        HOME.agent("Foreign", "mallory", "make");
    }

    @AfterAll
    static void close() {
        HOME.close();
    }

    private static List<String> names(String query) {
        Reply reply = HOME.get(eve, "/api/v1/fleet?" + query);
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return reply.json().path("data").findValuesAsText("name");
    }

    @Test
    void listsTheAgentsOfAllDialectsThatTheCallerMaySee() {
        assertThat(names("")).containsExactlyInAnyOrder("Bravo", "alpha", "Charlie");
        assertThat(HOME.get(HOME.user("otto", "operator"), "/api/v1/fleet")
                        .json()
                        .path("data")
                        .findValuesAsText("name"))
                .contains("Foreign", "Bravo");
    }

    @Test
    void tellsHowEachStandsAndWhoseItIs() {
        JsonNode agent = HOME.get(eve, "/api/v1/fleet?search=bravo").json().at("/data/0");
        assertThat(agent.path("state").asText()).isEqualTo("idle");
        assertThat(agent.path("owner").asText()).isEqualTo("eve");
        assertThat(agent.path("dialect").asText()).isEqualTo("make");
        assertThat(agent.path("tags").toString()).isEqualTo("[\"blue\",\"red\"]");
        assertThat(agent.path("agent_id").asText()).startsWith("ag_");
        assertThat(agent.path("model").asText()).isEqualTo("jettson-6.0");
        assertThat(agent.path("last_activity_at").asText()).isNotEmpty();
        assertThat(agent.path("run_id").isNull()).isTrue();
    }

    @Test
    void findsByNameTagAndBothSpellingsOfTheId() {
        assertThat(names("search=BRA")).containsExactly("Bravo");
        assertThat(names("search=blu")).containsExactly("Bravo");
        assertThat(names("tag=red")).containsExactly("Bravo");
        assertThat(names("tag=re")).isEmpty();
        assertThat(names("search=" + third)).containsExactly("Charlie");
        String spelled = HOME.get(eve, "/api/v1/fleet?search=charlie")
                .json()
                .at("/data/0/agent_id")
                .asText();
        assertThat(names("search=" + spelled)).containsExactly("Charlie");
        assertThat(names("search=%25")).isEmpty();
        assertThat(names("search=%27%22")).isEmpty();
    }

    @Test
    void filtersByStateAndDialect() {
        assertThat(names("state=failed,off")).containsExactlyInAnyOrder("alpha", "Charlie");
        assertThat(names("dialect=make,jettson")).containsExactlyInAnyOrder("Bravo", "Charlie");
        assertThat(names("state=failed&dialect=make")).isEmpty();
    }

    @Test
    void pagesInEveryOrderWithoutLosingOrRepeatingAny() {
        for (String sort : List.of("created", "name", "activity", "state")) {
            List<String> paged = new ArrayList<>();
            String cursor = "";
            do {
                JsonNode page = HOME.get(eve, "/api/v1/fleet?limit=1&sort=" + sort + "&cursor=" + cursor)
                        .json();
                assertThat(page.path("total").asInt()).isEqualTo(3);
                paged.addAll(page.path("data").findValuesAsText("name"));
                cursor = page.path("next_cursor").isNull()
                        ? ""
                        : page.path("next_cursor").asText();
            } while (!cursor.isEmpty());
            assertThat(paged).as(sort).isEqualTo(names("sort=" + sort)).hasSize(3);
        }
        assertThat(names("sort=name")).containsExactly("alpha", "Bravo", "Charlie");
        assertThat(names("sort=state")).first().isEqualTo("Charlie");
    }

    @Test
    void refusesQueriesThatDoNotFit() {
        for (String query : List.of(
                "state=sleepy",
                "dialect=x",
                "sort=up",
                "limit=0",
                "cursor=x",
                "cursor=AAAA",
                "sort=activity&cursor=" + "MDE5YWJjZGUtMDAwMC03MDAwLTgwMDAtMDAwMDAwMDAwMDAwMA")) {
            Reply reply = HOME.get(eve, "/api/v1/fleet?" + query);
            assertThat(reply.status()).as(query).isEqualTo(400);
            assertThat(reply.code()).as(query).isEqualTo("invalid_query");
        }
    }

    @Test
    void listsModelsAndTools() {
        JsonNode models = HOME.get(eve, "/api/v1/models").json().path("data");
        assertThat(models.at("/0/name").asText()).isEqualTo("jettson-6.0");
        assertThat(models.at("/0/is_default").asBoolean()).isTrue();
        assertThat(models.at("/0/vendor").asText()).isEqualTo("offline");
        assertThat(models.at("/0/reasons").asBoolean(true)).isFalse();
        JsonNode tools = HOME.get(eve, "/api/v1/tools").json().path("data");
        assertThat(tools.findValuesAsText("name")).contains("jettson_shell_run", "jettson_http_request");
        assertThat(tools.findValuesAsText("description"))
                .allSatisfy(text -> assertThat(text).isNotBlank().doesNotContain("\n"));
    }
}
