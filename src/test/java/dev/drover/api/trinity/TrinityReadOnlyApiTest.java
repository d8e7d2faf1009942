package dev.drover.api.trinity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.api.TestingApi.Reply;
import dev.drover.core.StartFailure;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Read-only workspaces, with computers that can have them. */
class TrinityReadOnlyApiTest {
    private static @Nullable TestingFleet fleet;
    private static String otto = "";

    @BeforeAll
    static void make() {
        try {
            TestingFleet made = new TestingFleet(Map.of("DROVER_MODEL", "offline", "DROVER_COMPUTERS", "bubblewrap"));
            otto = made.user("otto", "user");
            made.agent("clerk", "otto");
            fleet = made;
        } catch (StartFailure e) {
            Assumptions.abort("needs bubblewrap: " + e.getMessage());
        }
    }

    @AfterAll
    static void close() {
        if (fleet != null) {
            fleet.close();
        }
    }

    private static Reply get(String path) {
        return fleet().get(otto, "/api/agents/" + path);
    }

    private static Reply put(String path, String body) {
        return fleet().send(otto, "PUT", "/api/agents/" + path, body);
    }

    private static TestingFleet fleet() {
        TestingFleet found = fleet;
        if (found == null) {
            throw new AssertionError("the server did not start");
        }
        return found;
    }

    @Test
    void readsReadOnlyAsGenerouslyAsTheProduct() {
        JsonNode usual = get("clerk/read-only").json();
        assertThat(usual.path("enabled").asBoolean()).isFalse();
        assertThat(texts(usual.at("/config/blocked_patterns")))
                .contains("*.py", "*.js", "CLAUDE.md")
                .hasSize(28);
        assertThat(texts(usual.at("/config/allowed_patterns")))
                .contains("content/*", "output/*")
                .hasSize(7);
        for (String no : List.of("0", "\"\"", "\"false\"", "\"NO\"", "\"off\"", "\"0\"", "false")) {
            assertThat(put("clerk/read-only", "{\"enabled\":" + no + "}")
                            .json()
                            .path("enabled")
                            .asBoolean())
                    .as(no)
                    .isFalse();
        }
        Reply on = put("clerk/read-only", "{\"enabled\":\"yes\",\"config\":{\"allowed_patterns\":[\"out/*\"]}}");
        assertThat(on.text("message")).contains("Read-only mode enabled");
        assertThat(on.json().path("hooks_injected").asBoolean()).isTrue();
        assertThat(on.json().at("/config/allowed_patterns").toString()).isEqualTo("[\"out/*\"]");
        assertThat(on.json().at("/config/blocked_patterns")).hasSize(28);
        assertThat(get("clerk/read-only").json().path("enabled").asBoolean()).isTrue();
        Reply off = put("clerk/read-only", "{\"enabled\":false}");
        assertThat(off.text("message")).contains("Read-only mode disabled");
        assertThat(off.json().path("config").isNull()).isTrue();
        for (String bad : List.of(
                "{}",
                "{\"enabled\":null}",
                "{\"enabled\":[]}",
                "{\"enabled\":true,\"config\":7}",
                "{\"enabled\":true,\"config\":{\"blocked_patterns\":\"*.py\"}}")) {
            assertThat(put("clerk/read-only", bad).status()).as(bad).isEqualTo(400);
        }
        assertThat(put("clerk/read-only", "[]").status()).isEqualTo(422);
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::asText).toList();
    }
}
