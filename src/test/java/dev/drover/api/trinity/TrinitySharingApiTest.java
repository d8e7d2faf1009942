package dev.drover.api.trinity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.api.TestingApi.Reply;
import java.net.http.HttpRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TrinitySharingApiTest {
    private static final TestingFleet FLEET = new TestingFleet();
    private static final String OTTO = FLEET.user("otto", "user");
    private static final String MIRA = FLEET.user("mira", "user");

    @BeforeAll
    static void make() {
        for (String name : new String[] {"ledger", "clerk", "baker", "porter", "smith"}) {
            FLEET.agent(name, "otto");
        }
        FLEET.agent("hers", "mira");
    }

    @AfterAll
    static void close() {
        FLEET.close();
    }

    private static Reply otto(String method, String path, String body) {
        return FLEET.send(OTTO, method, "/api/agents/" + path, body);
    }

    @Test
    void sharesWithAnAddressUntilItIsTakenBack() {
        Reply shared = otto("POST", "ledger/share", "{\"email\":\"MIRA@Example.org\"}");
        assertThat(shared.status()).as(shared.body()).isEqualTo(200);
        assertThat(shared.json().path("id").isIntegralNumber()).isTrue();
        assertThat(shared.json().path("shared_by_id").isIntegralNumber()).isTrue();
        assertThat(shared.text("agent_name")).isEqualTo("ledger");
        assertThat(shared.text("shared_with_email")).isEqualTo("mira@example.org");
        assertThat(shared.text("shared_by_email")).isEqualTo("otto@example.org");
        assertThat(shared.text("created_at")).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(FLEET.get(MIRA, "/api/agents/ledger/tags").status()).isEqualTo(200);
        assertThat(FLEET.get(MIRA, "/api/agents/ledger/shares").body())
                .isEqualTo("{\"detail\":\"Owner access required\"}");

        Reply again = otto("POST", "ledger/share", "{\"email\":\"Mira@example.org\"}");
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.text("detail")).isEqualTo("Agent is already shared with Mira@example.org");

        otto("POST", "ledger/share", "{\"email\":\"not an address\"}");
        JsonNode list = otto("GET", "ledger/shares", "").json();
        assertThat(list.findValuesAsText("shared_with_email")).containsExactly("not an address", "mira@example.org");

        Reply ended = otto("DELETE", "ledger/share/MIRA@example.org", "");
        assertThat(ended.body()).isEqualTo("{\"message\":\"Sharing removed for MIRA@example.org\"}");
        Reply unknown = otto("DELETE", "ledger/share/mira@example.org", "");
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.text("detail")).isEqualTo("No sharing found for mira@example.org");
        assertThat(FLEET.get(MIRA, "/api/agents/ledger/tags").body())
                .isEqualTo("{\"detail\":\"Access denied to agent\"}");
    }

    @Test
    void refusesWhatCannotBeShared() {
        Reply self = otto("POST", "ledger/share", "{\"email\":\"Otto@Example.ORG\"}");
        assertThat(self.status()).isEqualTo(400);
        assertThat(self.text("detail")).isEqualTo("Cannot share an agent with yourself");
        assertThat(otto("POST", "ledger/share", "{}")
                        .json()
                        .at("/detail/0/type")
                        .asText())
                .isEqualTo("missing");
        assertThat(otto("POST", "ledger/share", "{\"email\":7}")
                        .json()
                        .at("/detail/0/type")
                        .asText())
                .isEqualTo("string_type");
        assertThat(otto("POST", "ledger/share", "{\"email\":\"" + "x".repeat(5_000) + "\"}")
                        .status())
                .isEqualTo(400);
        assertThat(otto("DELETE", "ledger/share/%00", "").status()).isEqualTo(400);
        assertThat(otto("GET", "no-such/shares", "").body()).isEqualTo("{\"detail\":\"Agent not found\"}");
    }

    @Test
    void keepsTags() {
        assertThat(otto("PUT", "clerk/tags", "{\"tags\":[\" Beta\",\"alpha\",\"beta \",\"x-1\"]}")
                        .body())
                .isEqualTo("{\"agent_name\":\"clerk\",\"tags\":[\"alpha\",\"beta\",\"x-1\"]}");
        assertThat(otto("POST", "clerk/tags/Gamma", "").body()).contains("[\"alpha\",\"beta\",\"gamma\",\"x-1\"]");
        assertThat(otto("DELETE", "clerk/tags/x-1", "").body()).contains("[\"alpha\",\"beta\",\"gamma\"]");
        otto("PUT", "baker/tags", "{\"tags\":[\"beta\"]}");
        FLEET.send(MIRA, "PUT", "/api/agents/hers/tags", "{\"tags\":[\"secret\"]}");
        assertThat(FLEET.get(OTTO, "/api/tags").body())
                .isEqualTo("{\"tags\":[{\"tag\":\"beta\",\"count\":2},{\"tag\":\"alpha\",\"count\":1},"
                        + "{\"tag\":\"gamma\",\"count\":1}]}");
        assertThat(FLEET.api().get("/api/tags").body()).contains("secret");
        for (String bad : new String[] {"a%20b", "%C3%A4", "x".repeat(51), "a_b"}) {
            assertThat(otto("POST", "clerk/tags/" + bad, "").status()).as(bad).isEqualTo(400);
        }
        assertThat(otto("PUT", "clerk/tags", "{\"tags\":[\"\"]}").status()).isEqualTo(400);
        assertThat(otto("PUT", "clerk/tags", "{\"tags\":\"a\"}").status()).isEqualTo(422);
        assertThat(otto("GET", "clerk/tags", "").body()).contains("[\"alpha\",\"beta\",\"gamma\"]");
    }

    @Test
    void permitsCallsOnlyWhileTheOwnerHasAccess() {
        assertThat(otto("POST", "porter/permissions/smith", "").body())
                .isEqualTo("{\"status\":\"added\",\"source_agent\":\"porter\",\"target_agent\":\"smith\"}");
        assertThat(otto("POST", "porter/permissions/smith", "").text("status")).isEqualTo("already_exists");
        assertThat(otto("POST", "porter/permissions/hers", "").body())
                .isEqualTo("{\"detail\":\"Access denied to agent\"}");
        assertThat(otto("POST", "porter/permissions/nobody", "").status()).isEqualTo(404);
        assertThat(otto("POST", "porter/permissions/porter", "").status()).isEqualTo(400);

        FLEET.send(MIRA, "POST", "/api/agents/hers/share", "{\"email\":\"otto@example.org\"}");
        assertThat(otto("PUT", "porter/permissions", "{\"permitted_agents\":[\"hers\",\"smith\"]}")
                        .body())
                .isEqualTo("{\"source_agent\":\"porter\",\"permitted_agents\":[\"hers\",\"smith\"]}");
        String porter = FLEET.credential("otto", "agent_key", "porter");
        assertThat(FLEET.get(porter, "/api/agents/hers/tags").status()).isEqualTo(200);
        assertThat(FLEET.get(porter, "/api/agents/ledger/tags").status()).isEqualTo(403);

        FLEET.send(MIRA, "DELETE", "/api/agents/hers/share/otto@example.org", "");
        assertThat(FLEET.get(porter, "/api/agents/hers/tags").status()).isEqualTo(403);
        assertThat(otto("GET", "porter/permissions", "").body()).contains("[\"smith\"]");
        assertThat(otto("DELETE", "porter/permissions/smith", "").text("status"))
                .isEqualTo("removed");
        assertThat(otto("DELETE", "porter/permissions/smith", "").text("status"))
                .isEqualTo("not_found");
        assertThat(otto("PUT", "porter/permissions", "{}").status()).isEqualTo(422);
    }

    @Test
    void refusesAPermissionThatTheOwnerCouldNotUse() {
        Reply granted = FLEET.api()
                .send(FLEET.api()
                        .as("/api/agents/smith/permissions/hers")
                        .method("POST", HttpRequest.BodyPublishers.noBody()));
        assertThat(granted.status()).isEqualTo(400);
        assertThat(granted.text("detail")).startsWith("The owner of smith has no access to hers");
    }

    @Test
    void showsPicturesToEverybody() {
        assertThat(FLEET.api().send(FLEET.api().to("/api/agents/smith/avatar")).body())
                .isEqualTo("{\"detail\":\"No avatar found\"}");
        assertThat(FLEET.api().send(FLEET.api().to("/api/agents/nobody/avatar")).body())
                .isEqualTo("{\"detail\":\"No avatar found\"}");
        assertThat(otto("PUT", "smith/avatar", "GIF89a").status()).isEqualTo(400);
        assertThat(otto("PUT", "smith/avatar", "RIFF....WEBPVP8 ").status()).isEqualTo(200);
        Reply shown = FLEET.api().send(FLEET.api().to("/api/agents/smith/avatar"));
        assertThat(shown.header("Content-Type")).isEqualTo("image/webp");
        assertThat(shown.header("Cache-Control")).contains("max-age=86400");
        assertThat(otto("POST", "smith/avatar/identity", "{\"identity_prompt\":\"an owl\"}")
                        .text("identity_prompt"))
                .isEqualTo("an owl");
        assertThat(otto("GET", "smith/avatar/identity", "")
                        .json()
                        .path("has_avatar")
                        .asBoolean())
                .isTrue();
        assertThat(otto("POST", "smith/avatar/generate", "").status()).isEqualTo(501);
    }
}
