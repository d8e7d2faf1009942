package dev.drover.api.trinity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.api.TestingApi.Reply;
import java.net.http.HttpRequest;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The texts and values that clients look for (contract, section 14), a row a test. */
class TrinityTextsTest {
    private static final TestingFleet FLEET = new TestingFleet();
    private static final String OTTO = FLEET.user("otto", "user");
    private static final String MIRA = FLEET.user("mira", "user");

    @BeforeAll
    static void make() {
        assertThat(otto("POST", "", "{\"name\":\"alpha\"}").status()).isEqualTo(200);
        assertThat(otto("POST", "", "{\"name\":\"off\"}").status()).isEqualTo(200);
        assertThat(otto("POST", "/off/stop", "").status()).isEqualTo(200);
    }

    @AfterAll
    static void close() {
        FLEET.close();
    }

    private static Reply otto(String method, String path, String body) {
        return FLEET.send(OTTO, method, "/api/agents" + path, body);
    }

    private static String detail(Reply reply, int status) {
        assertThat(reply.status()).as(reply.body()).isEqualTo(status);
        return reply.text("detail");
    }

    @Test
    void startStopAndDelete() {
        otto("POST", "", "{\"name\":\"brief\"}");
        assertThat(otto("POST", "/brief/stop", "").text("message")).isEqualTo("Agent brief stopped");
        assertThat(otto("POST", "/brief/start", "").text("message")).isEqualTo("Agent brief started");
        assertThat(otto("DELETE", "/brief", "").text("message")).isEqualTo("Agent brief deleted");
    }

    @Test
    void create() {
        assertThat(detail(otto("POST", "", "{\"name\":\"alpha\"}"), 409)).isEqualTo("Agent already exists");
        assertThat(detail(otto("POST", "", "{\"name\":\"!!!\"}"), 400))
                .isEqualTo("Invalid agent name - must contain at least one alphanumeric character");
        assertThat(detail(otto("POST", "", "{\"name\":\"slots\"}"), 400))
                .isEqualTo("Invalid agent name - 'slots' is reserved");
    }

    @Test
    void anyRoute() {
        assertThat(detail(otto("GET", "/nobody", ""), 404)).isEqualTo("Agent not found");
        assertThat(detail(FLEET.api().send(FLEET.api().to("/api/agents/alpha")), 401))
                .isEqualTo("Not authenticated");
        assertThat(detail(FLEET.get("nonsense", "/api/agents/alpha"), 401)).isEqualTo("Could not validate credentials");
        assertThat(detail(FLEET.get(MIRA, "/api/agents/alpha"), 403)).isEqualTo("Access denied to agent");
        assertThat(otto("POST", "/off/share", "{\"email\":\"mira@example.org\"}")
                        .status())
                .isEqualTo(200);
        assertThat(detail(FLEET.get(MIRA, "/api/agents/off/shares"), 403)).isEqualTo("Owner access required");
    }

    @Test
    void login() {
        Reply wrong = FLEET.api()
                .send(FLEET.api()
                        .to("/token")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString("username=otto&password=x")));
        assertThat(detail(wrong, 401)).isEqualTo("Incorrect username or password");
    }

    @Test
    void rename() {
        assertThat(detail(otto("PUT", "/alpha/rename", "{\"new_name\":\" \"}"), 400))
                .containsAnyOf("empty", "invalid");
        assertThat(detail(otto("PUT", "/alpha/rename", "{\"new_name\":\"alpha\"}"), 400))
                .contains("same");
        assertThat(detail(otto("PUT", "/alpha/rename", "{\"new_name\":\"off\"}"), 409))
                .contains("exists");
        Reply system = FLEET.api()
                .send(FLEET.api()
                        .as("/api/agents/trinity-system/rename")
                        .PUT(HttpRequest.BodyPublishers.ofString("{\"new_name\":\"other\"}")));
        assertThat(detail(system, 403)).containsIgnoringCase("system");
    }

    @Test
    void timeout() {
        assertThat(otto("GET", "/off/timeout", "")
                        .json()
                        .path("execution_timeout_seconds")
                        .asInt())
                .isEqualTo(900);
        assertThat(otto("PUT", "/off/timeout", "{\"execution_timeout_seconds\":60}")
                        .text("message"))
                .isEqualTo("Timeout updated");
    }

    @Test
    void autonomy() {
        assertThat(detail(otto("PUT", "/alpha/autonomy", "{}"), 400)).isEqualTo("enabled is required");
    }

    @Test
    void readOnly() {
        JsonNode usual = otto("GET", "/off/read-only", "").json().path("config");
        assertThat(usual.path("blocked_patterns").toString()).contains("\"*.py\"", "\"*.js\"", "\"CLAUDE.md\"");
        assertThat(usual.path("allowed_patterns").toString()).contains("\"content/*\"", "\"output/*\"");
        // Computers that are plain processes, as here, cannot be read-only; TrinityReadOnlyApiTest has those that can.
        assertThat(detail(otto("PUT", "/off/read-only", "{\"enabled\":true}"), 501))
                .startsWith("Read-only mode is not offered");
        assertThat(otto("PUT", "/off/read-only", "{\"enabled\":false}").text("message"))
                .contains("Read-only mode disabled");
        Reply system = FLEET.api()
                .send(FLEET.api()
                        .as("/api/agents/trinity-system/read-only")
                        .PUT(HttpRequest.BodyPublishers.ofString("{\"enabled\":true}")));
        assertThat(detail(system, 403)).contains("System agent");
    }

    @Test
    void folders() {
        assertThat(otto("GET", "/alpha/folders", "").text("status")).isEqualTo("running");
        assertThat(otto("GET", "/off/folders", "").text("status")).isEqualTo("stopped");
    }

    @Test
    void statsAndFilesOfWhatIsOff() {
        for (String path : List.of("/off/stats", "/off/files")) {
            assertThat(detail(otto("GET", path, ""), 400)).as(path).contains("Agent is not running");
        }
    }

    @Test
    void credentials() {
        assertThat(detail(otto("POST", "/alpha/credentials/inject", "{\"files\":{}}"), 400))
                .isEqualTo("No files provided for injection");
    }

    @Test
    void sharing() {
        assertThat(detail(otto("POST", "/alpha/share", "{\"email\":\"otto@example.org\"}"), 400))
                .isEqualTo("Cannot share an agent with yourself");
        otto("POST", "/alpha/share", "{\"email\":\"Eva@example.org\"}");
        assertThat(detail(otto("POST", "/alpha/share", "{\"email\":\"EVA@example.org\"}"), 409))
                .isEqualTo("Agent is already shared with EVA@example.org");
        assertThat(otto("DELETE", "/alpha/share/eva@example.org", "").text("message"))
                .isEqualTo("Sharing removed for eva@example.org");
        assertThat(detail(otto("DELETE", "/alpha/share/eva@example.org", ""), 404))
                .isEqualTo("No sharing found for eva@example.org");
    }

    @Test
    void avatar() {
        assertThat(detail(otto("GET", "/alpha/avatar", ""), 404)).isEqualTo("No avatar found");
    }

    @Test
    void prefixesOfFailures() {
        assertThat(detail(otto("GET", "/alpha/files?path=no-such-folder", ""), 404))
                .startsWith("Failed to list files: ");
        assertThat(detail(otto("GET", "/alpha/files?path=/etc", ""), 403)).startsWith("Failed to list files: ");
        assertThat(detail(otto("GET", "/alpha/files/download?path=no-such-file", ""), 404))
                .startsWith("Failed to download file: ");
    }

    @Test
    void skillsReachTheRunningComputer() {
        FLEET.write("skills/greeting/SKILL.md", "# Say hello");
        assertThat(detail(otto("POST", "/alpha/skills/no-such", ""), 400)).contains("the library has greeting");
        assertThat(otto("POST", "/alpha/skills/greeting", "").body())
                .isEqualTo("{\"agent_name\":\"alpha\",\"skills\":[\"greeting\"]}");
        assertThat(otto("POST", "/alpha/skills/inject", "").body())
                .isEqualTo("{\"status\":\"success\",\"agent_name\":\"alpha\",\"skills_injected\":[\"greeting\"],"
                        + "\"skills_failed\":{}}");
        assertThat(otto("GET", "/alpha/files/download?path=.claude/skills/greeting/SKILL.md", "")
                        .body())
                .isEqualTo("# Say hello");
        assertThat(otto("DELETE", "/alpha/skills/greeting", "").body()).contains("\"skills\":[]");
        assertThat(detail(otto("POST", "/off/skills/inject", ""), 400)).contains("Agent is not running");
    }

    @Test
    void metricsOfARunningAgent() {
        otto("PUT", "/alpha/files?path=template.yaml", content("metrics:\\n- name: sold\\n  type: counter\\n"));
        otto(
                "PUT",
                "/alpha/files?path=metrics.json",
                content("{\\\"sold\\\": 7, \\\"last_updated\\\": \\\"2026-03-26T09:15:02Z\\\"}"));
        JsonNode metrics = otto("GET", "/alpha/metrics", "").json();
        assertThat(metrics.path("has_metrics").asBoolean())
                .as(metrics.toString())
                .isTrue();
        assertThat(metrics.at("/definitions/0/name").asText()).isEqualTo("sold");
        assertThat(metrics.at("/values/sold").asInt()).isEqualTo(7);
        assertThat(metrics.path("last_updated").asText()).isEqualTo("2026-03-26T09:15:02Z");
    }

    private static String content(String escaped) {
        return "{\"content\":\"" + escaped + "\"}";
    }
}
