package dev.drover.api.trinity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.api.TestingApi.Reply;
import dev.drover.api.trinity.TrinityRights.Need;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every route below an agent's name, asked by everybody of each kind; a route that is not in the table fails. */
class TrinityRightsTest {
    private static final String ONE = "/api/agents/{name}";
    private static final String DENIED = "Access denied to agent";
    private static final String NOT_OWNER = "Owner access required";
    private static final String UNKNOWN = "Agent not found";

    private static final TestingFleet FLEET = new TestingFleet();
    private static final Map<String, Need> TABLE = TrinityRights.table();
    private static final String ADMIN = FLEET.user("ada", "admin");
    private static final String OPERATOR = FLEET.user("oscar", "operator");
    private static final String OWNER = FLEET.user("otto", "user");
    private static final String SHARED = FLEET.user("mira", "user");
    private static final String STRANGER = FLEET.user("xaver", "user");
    private static int number;

    static {
        FLEET.agent("caller", "otto");
        FLEET.agent("friend", "otto");
        FLEET.agent("other", "xaver");
    }

    @AfterAll
    static void close() {
        FLEET.close();
    }

    /** A route of the server's own description. */
    private record Asked(String method, String path) {
        String name() {
            return method + " " + path;
        }

        String row() {
            return TrinityRights.plain(method + " " + path.substring(ONE.length()));
        }

        /** With a parameter that names a further agent, which is there; the others name nothing. */
        String of(String agent) {
            return path.replace("{name}", agent).replace("{target}", "friend").replaceAll("\\{[^}]+}", "x");
        }
    }

    private static List<Asked> routes() {
        List<Asked> routes = new ArrayList<>();
        JsonNode paths =
                FLEET.api().send(FLEET.api().to("/openapi.json")).json().path("paths");
        paths.properties().stream()
                .filter(path -> path.getKey().equals(ONE) || path.getKey().startsWith(ONE + "/"))
                .forEach(path -> path.getValue()
                        .fieldNames()
                        .forEachRemaining(
                                method -> routes.add(new Asked(method.toUpperCase(Locale.ROOT), path.getKey()))));
        return routes;
    }

    @Test
    void everyRouteHasItsRow() {
        assertThat(routes())
                .as("a route without a row in TrinityRights")
                .isNotEmpty()
                .allSatisfy(route -> assertThat(TABLE).as(route.name()).containsKey(route.row()));
    }

    @TestFactory
    Stream<DynamicTest> everyRouteAsksForTheRight() {
        return routes().stream()
                .filter(route -> TABLE.containsKey(route.row()))
                .map(route -> DynamicTest.dynamicTest(route.name(), () -> judge(route)));
    }

    private static void judge(Asked route) {
        Need need = TABLE.get(route.row());
        SoftAssertions softly = new SoftAssertions();
        if (need == Need.NOTHING) {
            softly.assertThat(bare(route).status()).isNotEqualTo(401);
            softly.assertAll();
            return;
        }
        softly.assertThat(bare(route).body()).as("no token").isEqualTo("{\"detail\":\"Not authenticated\"}");
        softly.assertThat(ask("nonsense", route, "friend").body())
                .as("bad token")
                .isEqualTo("{\"detail\":\"Could not validate credentials\"}");
        if (need == Need.SETTING) {
            softly.assertThat(ask(STRANGER, route, "friend").status()).isEqualTo(403);
            softly.assertAll();
            return;
        }
        for (String anybody : List.of(ADMIN, OPERATOR, OWNER, SHARED, STRANGER)) {
            softly.assertThat(ask(anybody, route, "unknown-agent").detail())
                    .as("unknown agent")
                    .isEqualTo(UNKNOWN);
        }
        String agent = agent();
        String itself = FLEET.credential("otto", "agent_key", agent);
        String permitted = FLEET.credential("otto", "agent_key", "caller");
        String notOwner = need == Need.OWN ? NOT_OWNER : "";
        softly.assertThat(ask(STRANGER, route, agent).detail()).as("stranger").isEqualTo(DENIED);
        softly.assertThat(ask(FLEET.credential("otto", "agent_key", "friend"), route, agent)
                        .detail())
                .as("another agent of the owner")
                .isEqualTo(DENIED);
        softly.assertThat(ask(OWNER, route, "other").detail())
                .as("owner of another")
                .isEqualTo(DENIED);
        softly.assertThat(ask(SHARED, route, agent).right()).as("shared").isEqualTo(notOwner);
        softly.assertThat(ask(itself, route, agent).right())
                .as("the agent itself")
                .isEqualTo(notOwner);
        softly.assertThat(ask(permitted, route, agent).right())
                .as("an agent that may call it")
                .isEqualTo(notOwner);
        for (String entitled : List.of(OWNER, ADMIN, OPERATOR)) {
            softly.assertThat(ask(entitled, route, agent()).right())
                    .as("owner level")
                    .isEmpty();
        }
        softly.assertAll();
    }

    /** Anew for each, since some of those who may delete it do. */
    private static String agent() {
        String name = "made-" + number++;
        FLEET.agent(name, "otto");
        FLEET.sql(
                "insert into agent_share (agent_id, email, shared_by, created_at) values (?, ?, ?, now())",
                FLEET.agentId(name),
                "mira@example.org",
                FLEET.userId("otto"));
        FLEET.sql(
                "insert into agent_permission (source_id, target_id) values (?, ?)",
                FLEET.agentId("caller"),
                FLEET.agentId(name));
        return name;
    }

    private static Reply bare(Asked route) {
        return FLEET.api()
                .send(FLEET.api()
                        .to(route.of("friend"))
                        .method(route.method(), HttpRequest.BodyPublishers.ofString("{}")));
    }

    private static Verdict ask(String credential, Asked route, String agent) {
        return new Verdict(FLEET.send(credential, route.method(), route.of(agent), "{}"));
    }

    /** An answer, as far as rights go. */
    private record Verdict(Reply reply) {
        int status() {
            return reply.status();
        }

        String body() {
            return reply.body();
        }

        String detail() {
            return reply.body().startsWith("{") ? reply.text("detail") : reply.body();
        }

        /** The refusal for want of a right; empty when there was none, whatever else was wrong. */
        String right() {
            boolean isOfRights =
                    status() == 401 || List.of(DENIED, NOT_OWNER, UNKNOWN).contains(detail());
            return isOfRights ? detail() : "";
        }
    }
}
