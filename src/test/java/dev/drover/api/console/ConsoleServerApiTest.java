package dev.drover.api.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.api.TestingApi;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

final class ConsoleServerApiTest {
    private static final TestingApi SERVER = new TestingApi(Map.of(
            "DROVER_MODEL", "offline",
            "DROVER_PLAN", "pro",
            "DROVER_EMBEDDING_MODEL", "none",
            "ANTHROPIC_API_KEY", "sk-a-secret-of-the-start",
            "OPENAI_BASE_URL", "http://somebody:a-password@127.0.0.1:9/v1"));

    @AfterAll
    static void close() {
        SERVER.close();
    }

    @Test
    void findsWhatTheServerStandsOn() {
        JsonNode found = SERVER.get("/api/v1/doctor").json();

        assertThat(found.path("findings").findValuesAsText("name"))
                .containsExactly(
                        "java",
                        "heap",
                        "disk",
                        "database",
                        "computers",
                        "model",
                        "profiles",
                        "memory",
                        "browser",
                        "backups",
                        "queues",
                        "stuck",
                        "webhooks");
        assertThat(finding(found, "database").path("text").asText()).contains("PostgreSQL", "answers in");
        assertThat(finding(found, "computers").path("text").asText()).startsWith("process: ");
        assertThat(finding(found, "memory").path("text").asText()).startsWith("searched by words only");
        assertThat(finding(found, "queues").path("text").asText()).startsWith("0 runs wait");
        assertThat(found.path("version").asText()).isNotBlank();
        assertThat(found.path("uptime_seconds").isIntegralNumber()).isTrue();
        assertThat(found.path("ok").asBoolean())
                .isEqualTo(
                        found.path("findings").findValuesAsText("ok").stream().noneMatch("false"::equals));
    }

    @Test
    void tellsOfWebhooksThatWereDisabledWithARemedy() {
        var jdbi = SERVER.plane().database().database().jdbi();
        jdbi.useHandle(handle -> handle.execute("""
                insert into webhook (id, owner_id, url, events, enabled, disabled_reason, failing_since, secret, key_id,
                    created_at, updated_at, form)
                select gen_random_uuid(), id, 'https://away.example/', '{*}', false, 'failing for 3 days', now(), '', '',
                    now(), now(), 'jettson' from app_user where name = 'admin'
                """));

        JsonNode webhooks = finding(SERVER.get("/api/v1/doctor").json(), "webhooks");

        assertThat(webhooks.path("text").asText())
                .isEqualTo("there are 1, of which 1 fail now and 1 were disabled after failing for long");
        assertThat(webhooks.path("remedy").asText()).isNotBlank();
    }

    @Test
    void tellsThePlanBesideWhatIsUsedOfIt() {
        SERVER.post("/api/v1/memory", "{\"namespace\": \"n\", \"key\": \"k\", \"value\": \"v\"}");

        JsonNode plan = SERVER.get("/api/v1/plan").json();
        JsonNode usage = SERVER.get("/api/v1/usage").json();

        assertThat(plan.path("name").asText()).isEqualTo("pro");
        assertThat(plan.path("applies_to").asText()).isEqualTo("each_account");
        assertThat(plan.at("/limits/run_minutes").asInt()).isEqualTo(120);
        assertThat(plan.at("/limits/memory_mb").asInt()).isEqualTo(1_024);
        assertThat(plan.at("/limits/concurrent")).isEqualTo(usage.at("/concurrent/limit"));
        assertThat(plan.at("/used/concurrent")).isEqualTo(usage.at("/concurrent/current"));
        assertThat(plan.at("/used/memories").asInt()).isEqualTo(1);
        assertThat(plan.path("resets_at")).isEqualTo(usage.at("/period/end"));
    }

    @Test
    void listsSettingsAsTheyActAndNeverASecret() {
        put("ssh_access_enabled", "On");
        put("skills_library_url", "https://me:a-password@github.com/acme/skills");
        put("anthropic_api_key", "a-secret-that-a-client-kept-here");

        String body = SERVER.get("/api/v1/settings").body();
        JsonNode settings = SERVER.get("/api/v1/settings").json();

        JsonNode ssh = named(settings.path("settings"), "key", "ssh_access_enabled");
        assertThat(ssh.path("kind").asText()).isEqualTo("switch");
        assertThat(ssh.path("value").asText()).isEqualTo("true");
        assertThat(ssh.path("default_value").asText()).isEqualTo("false");
        assertThat(ssh.path("purpose").asText()).isNotBlank();
        assertThat(named(settings.path("settings"), "key", "email_auth_enabled")
                        .path("changed_at")
                        .isNull())
                .isTrue();
        JsonNode foreign = named(settings.path("settings"), "key", "anthropic_api_key");
        assertThat(foreign.path("kind").asText()).isEqualTo("other");
        assertThat(foreign.path("value").isNull()).isTrue();
        assertThat(named(settings.path("start"), "name", "ANTHROPIC_API_KEY")
                        .path("value")
                        .asText())
                .isEqualTo("(set)");
        assertThat(named(settings.path("start"), "name", "DROVER_PLAN")
                        .path("value")
                        .asText())
                .isEqualTo("pro");
        for (String secret : List.of(
                "a-password",
                "a-secret-that-a-client-kept-here",
                "sk-a-secret-of-the-start",
                SERVER.plane().database().address().password())) {
            assertThat(body).doesNotContain(secret);
        }
    }

    private static void put(String key, String value) {
        var request = SERVER.as("/api/settings/" + key).header("Content-Type", "application/json");
        assertThat(SERVER.send(request.PUT(BodyPublishers.ofString("{\"value\": \"" + value + "\"}")))
                        .status())
                .isEqualTo(200);
    }

    private static JsonNode finding(JsonNode found, String name) {
        return named(found.path("findings"), "name", name);
    }

    private static JsonNode named(JsonNode list, String field, String value) {
        for (JsonNode one : list) {
            if (one.path(field).asText().equals(value)) {
                return one;
            }
        }
        throw new AssertionError("no " + value + " in " + list);
    }
}
