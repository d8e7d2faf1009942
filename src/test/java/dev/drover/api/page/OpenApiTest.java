package dev.drover.api.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.api.TestingApi;
import dev.drover.api.TestingApi.Reply;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class OpenApiTest {
    private static final List<String> PATHS = List.of(
            "/api/agents",
            "/api/agents/autonomy-status",
            "/api/agents/context-stats",
            "/api/agents/execution-stats",
            "/api/agents/me",
            "/api/agents/me/inbox-lite",
            "/api/agents/slots",
            "/api/agents/{id}",
            "/api/agents/{id}/config-revisions",
            "/api/agents/{id}/config-revisions/{revisionId}",
            "/api/agents/{id}/config-revisions/{revisionId}/rollback",
            "/api/agents/{id}/heartbeat/invoke",
            "/api/agents/{id}/instructions-path",
            "/api/agents/{id}/keys",
            "/api/agents/{id}/keys/{keyId}",
            "/api/agents/{id}/pause",
            "/api/agents/{id}/permissions",
            "/api/agents/{id}/resume",
            "/api/agents/{id}/runtime-state",
            "/api/agents/{id}/runtime-state/reset-session",
            "/api/agents/{id}/terminate",
            "/api/agents/{id}/wakeup",
            "/api/agents/{name}",
            "/api/agents/{name}/api-key-setting",
            "/api/agents/{name}/autonomy",
            "/api/agents/{name}/avatar",
            "/api/agents/{name}/avatar/generate",
            "/api/agents/{name}/avatar/identity",
            "/api/agents/{name}/capabilities",
            "/api/agents/{name}/capacity",
            "/api/agents/{name}/chat",
            "/api/agents/{name}/chat/history",
            "/api/agents/{name}/chat/history/persistent",
            "/api/agents/{name}/chat/session",
            "/api/agents/{name}/chat/sessions",
            "/api/agents/{name}/chat/sessions/{session_id}",
            "/api/agents/{name}/chat/sessions/{session_id}/close",
            "/api/agents/{name}/credentials/export",
            "/api/agents/{name}/credentials/import",
            "/api/agents/{name}/credentials/inject",
            "/api/agents/{name}/credentials/status",
            "/api/agents/{name}/exec",
            "/api/agents/{name}/executions",
            "/api/agents/{name}/executions/{execution_id}",
            "/api/agents/{name}/executions/{execution_id}/log",
            "/api/agents/{name}/executions/{execution_id}/stream",
            "/api/agents/{name}/executions/{execution_id}/terminate",
            "/api/agents/{name}/files",
            "/api/agents/{name}/files/download",
            "/api/agents/{name}/files/preview",
            "/api/agents/{name}/folders",
            "/api/agents/{name}/folders/available",
            "/api/agents/{name}/folders/consumers",
            "/api/agents/{name}/info",
            "/api/agents/{name}/logs",
            "/api/agents/{name}/metrics",
            "/api/agents/{name}/permissions",
            "/api/agents/{name}/permissions/{target}",
            "/api/agents/{name}/read-only",
            "/api/agents/{name}/rename",
            "/api/agents/{name}/resources",
            "/api/agents/{name}/schedules",
            "/api/agents/{name}/schedules/{schedule_id}",
            "/api/agents/{name}/schedules/{schedule_id}/disable",
            "/api/agents/{name}/schedules/{schedule_id}/enable",
            "/api/agents/{name}/schedules/{schedule_id}/executions",
            "/api/agents/{name}/schedules/{schedule_id}/trigger",
            "/api/agents/{name}/share",
            "/api/agents/{name}/share/{email}",
            "/api/agents/{name}/shares",
            "/api/agents/{name}/skills",
            "/api/agents/{name}/skills/inject",
            "/api/agents/{name}/skills/{skill}",
            "/api/agents/{name}/ssh-access",
            "/api/agents/{name}/start",
            "/api/agents/{name}/stats",
            "/api/agents/{name}/stop",
            "/api/agents/{name}/tags",
            "/api/agents/{name}/tags/{tag}",
            "/api/agents/{name}/task",
            "/api/agents/{name}/timeout",
            "/api/approvals/{approvalId}",
            "/api/approvals/{approvalId}/approve",
            "/api/approvals/{approvalId}/comments",
            "/api/approvals/{approvalId}/issues",
            "/api/approvals/{approvalId}/reject",
            "/api/approvals/{approvalId}/request-revision",
            "/api/approvals/{approvalId}/resubmit",
            "/api/approvals/{approvalId}/withdraw",
            "/api/auth/email/request",
            "/api/auth/email/verify",
            "/api/auth/mode",
            "/api/auth/validate",
            "/api/credentials/encryption-key",
            "/api/health",
            "/api/heartbeat-runs/{runId}",
            "/api/heartbeat-runs/{runId}/cancel",
            "/api/heartbeat-runs/{runId}/events",
            "/api/heartbeat-runs/{runId}/issues",
            "/api/heartbeat-runs/{runId}/log",
            "/api/issues/{id}",
            "/api/issues/{id}/activity",
            "/api/issues/{id}/checkout",
            "/api/issues/{id}/comments",
            "/api/issues/{id}/comments/{commentId}",
            "/api/issues/{id}/heartbeat-context",
            "/api/issues/{id}/release",
            "/api/issues/{id}/runs",
            "/api/mcp/keys",
            "/api/mcp/keys/ensure-default",
            "/api/mcp/keys/{key_id}",
            "/api/mcp/keys/{key_id}/revoke",
            "/api/mcp/validate",
            "/api/settings/email-whitelist",
            "/api/settings/email-whitelist/{email}",
            "/api/settings/{key}",
            "/api/setup/admin-password",
            "/api/setup/status",
            "/api/skills/library",
            "/api/skills/library/status",
            "/api/skills/library/sync",
            "/api/skills/library/{skill}",
            "/api/squads",
            "/api/squads/{squadId}",
            "/api/squads/{squadId}/activity",
            "/api/squads/{squadId}/adapters/{type}/test-environment",
            "/api/squads/{squadId}/agent-hires",
            "/api/squads/{squadId}/agents",
            "/api/squads/{squadId}/approvals",
            "/api/squads/{squadId}/archive",
            "/api/squads/{squadId}/cost-events",
            "/api/squads/{squadId}/costs/by-agent",
            "/api/squads/{squadId}/costs/summary",
            "/api/squads/{squadId}/events",
            "/api/squads/{squadId}/heartbeat-runs",
            "/api/squads/{squadId}/issues",
            "/api/squads/{squadId}/live-runs",
            "/api/squads/{squadId}/org",
            "/api/tags",
            "/api/templates",
            "/api/templates/{id}",
            "/api/templates/{id}/{repository}",
            "/api/token",
            "/api/users",
            "/api/users/me",
            "/api/v1/agents",
            "/api/v1/agents/{id}",
            "/api/v1/agents/{id}/artifacts",
            "/api/v1/agents/{id}/artifacts/{artifact_id}",
            "/api/v1/agents/{id}/artifacts/{artifact_id}/content",
            "/api/v1/agents/{id}/card",
            "/api/v1/agents/{id}/deliveries",
            "/api/v1/agents/{id}/events",
            "/api/v1/agents/{id}/files",
            "/api/v1/agents/{id}/files/content",
            "/api/v1/agents/{id}/fork",
            "/api/v1/agents/{id}/logs",
            "/api/v1/agents/{id}/why",
            "/api/v1/approvals",
            "/api/v1/audit",
            "/api/v1/audit/export",
            "/api/v1/backup",
            "/api/v1/check",
            "/api/v1/doctor",
            "/api/v1/fleet",
            "/api/v1/keys",
            "/api/v1/keys/{key_id}",
            "/api/v1/memory",
            "/api/v1/memory/consolidate",
            "/api/v1/memory/dedupe",
            "/api/v1/memory/export",
            "/api/v1/memory/import",
            "/api/v1/memory/namespaces",
            "/api/v1/memory/search",
            "/api/v1/memory/versions",
            "/api/v1/models",
            "/api/v1/overview",
            "/api/v1/overview/stream",
            "/api/v1/plan",
            "/api/v1/runs",
            "/api/v1/runs/{run_id}",
            "/api/v1/runs/{run_id}/artifacts/{artifact_id}",
            "/api/v1/runs/{run_id}/events",
            "/api/v1/runs/{run_id}/events/{seq}",
            "/api/v1/runs/{run_id}/events/{seq}/output",
            "/api/v1/runs/{run_id}/events/{seq}/picture",
            "/api/v1/runs/{run_id}/replay",
            "/api/v1/runs/{run_id}/spans",
            "/api/v1/runs/{run_id}/stop",
            "/api/v1/runs/{run_id}/stream",
            "/api/v1/secrets",
            "/api/v1/secrets/{name}",
            "/api/v1/session",
            "/api/v1/session/oidc",
            "/api/v1/session/oidc/callback",
            "/api/v1/session/refresh",
            "/api/v1/sessions",
            "/api/v1/sessions/{id}",
            "/api/v1/settings",
            "/api/v1/tools",
            "/api/v1/usage",
            "/api/v1/users",
            "/api/v1/users/me/password",
            "/api/v1/users/{name}",
            "/api/v1/webhooks",
            "/api/v1/webhooks/{webhook_id}",
            "/api/v1/webhooks/{webhook_id}/deliveries",
            "/api/v1/webhooks/{webhook_id}/deliveries/{delivery_id}/retry",
            "/api/v1/webhooks/{webhook_id}/rotate-secret",
            "/api/v1/webhooks/{webhook_id}/test",
            "/api/v2/ai-agents/v1/agents",
            "/api/v2/ai-agents/v1/agents/{agentId}",
            "/api/v2/ai-agents/v1/agents/{agentId}/run",
            "/api/v2/ai-agents/v1/agents/{agentId}/run/stream",
            "/api/v2/ai-agents/v1/agents/{agentId}/threads",
            "/api/v2/ai-agents/v1/agents/{agentId}/threads/{threadId}",
            "/api/v2/ai-agents/v1/contexts",
            "/api/v2/ai-agents/v1/contexts/{contextId}",
            "/api/v2/ai-agents/v1/llm-providers",
            "/api/v2/ai-agents/v1/llm-providers/{providerId}",
            "/api/v2/ai-agents/v1/llm-providers/{providerId}/models",
            "/api/v2/connections",
            "/api/v2/connections/{connectionId}",
            "/api/v2/organizations",
            "/api/v2/organizations/{organizationId}",
            "/api/v2/scenarios",
            "/api/v2/scenarios/{scenarioId}",
            "/api/v2/scenarios/{scenarioId}/interface",
            "/api/v2/scenarios/{scenarioId}/run",
            "/api/v2/teams",
            "/api/v2/teams/{teamId}",
            "/api/v2/users/me",
            "/api/v2/users/me/current-authorization",
            "/api/version",
            "/docs",
            "/docs/{version}/{file}",
            "/health",
            "/metrics",
            "/openapi.json",
            "/token");

    private static final TestingApi SERVER = new TestingApi();
    private static final JsonNode DOCUMENT =
            SERVER.send(SERVER.to("/openapi.json")).json();

    @AfterAll
    static void close() {
        SERVER.close();
    }

    @Test
    void hasEveryPath() {
        assertThat(DOCUMENT.path("openapi").asText()).startsWith("3.1.");
        assertThat(DOCUMENT.path("paths").fieldNames()).toIterable().containsExactlyInAnyOrderElementsOf(PATHS);
    }

    @Test
    void givesEveryAnswerASchema() {
        for (JsonNode operation : operations()) {
            assertThat(operation.path("responses")).as(operation.toString()).isNotEmpty();
            for (Map.Entry<String, JsonNode> answer :
                    operation.path("responses").properties()) {
                assertThat(answer.getValue().path("description").asText()).isNotBlank();
                boolean empty = List.of("204", "302", "303").contains(answer.getKey());
                assertThat(answer.getValue().findValues("schema")).hasSize(empty ? 0 : 1);
            }
        }
    }

    @Test
    void refersOnlyToWhatIsThere() {
        for (JsonNode reference : DOCUMENT.findValues("$ref")) {
            assertThat(DOCUMENT.at(reference.asText().substring(1)).isObject())
                    .as(reference.asText())
                    .isTrue();
        }
    }

    @Test
    void asksForACredentialWhereTheServerDoes() {
        assertThat(DOCUMENT.at("/components/securitySchemes/credential/scheme").asText())
                .isEqualTo("bearer");
        assertThat(DOCUMENT.at("/paths/~1health/get/security")).isEmpty();
        JsonNode spawn = DOCUMENT.at("/paths/~1api~1v1~1agents/post");
        assertThat(spawn.at("/security/0/credential/0").asText()).isEqualTo("agents:write");
        assertThat(spawn.path("responses").fieldNames())
                .toIterable()
                .contains("201", "400", "401", "402", "403", "409", "413", "429", "500", "503");
    }

    @Test
    void letsNoScopedRouteAnswerWithoutACredential() {
        for (Map.Entry<String, JsonNode> path : DOCUMENT.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
                if (operation.getValue().at("/security/0/credential/0").isTextual()) {
                    String method = operation.getKey().toUpperCase(Locale.ROOT);
                    // An agent by its id is SLAW's, one by its name Trinity's.
                    String real = path.getKey()
                            .replace("/agents/{id}", "/agents/00000000-0000-7000-8000-000000000000")
                            .replaceAll("\\{[^}]+}", "x");
                    Reply reply = SERVER.send(SERVER.to(real).method(method, HttpRequest.BodyPublishers.noBody()));
                    assertThat(reply.status()).as(method + " " + real).isEqualTo(401);
                }
            }
        }
    }

    @Test
    void namesEveryOperationOnce() {
        List<String> names = operations().stream()
                .map(operation -> operation.path("operationId").asText())
                .toList();
        assertThat(new HashSet<>(names)).hasSameSizeAs(names);
    }

    @Test
    void tellsWhichFieldsAreAlwaysThere() {
        JsonNode agent = DOCUMENT.at("/components/schemas/JettsonAgent");
        assertThat(required(agent)).contains("agent_id", "final_result", "error", "progress");
        assertThat(agent.at("/properties/final_result/type").toString()).isEqualTo("[\"string\",\"null\"]");
        JsonNode event = DOCUMENT.at("/components/schemas/JettsonEvent");
        assertThat(required(event)).containsExactlyInAnyOrder("event_id", "seq", "ts", "kind", "message");
        assertThat(required(DOCUMENT.at("/components/schemas/JettsonSpawn"))).containsExactly("task");
    }

    private static Set<String> required(JsonNode schema) {
        Set<String> names = new HashSet<>();
        schema.path("required").forEach(name -> names.add(name.asText()));
        return names;
    }

    private static List<JsonNode> operations() {
        List<JsonNode> operations = new ArrayList<>();
        DOCUMENT.path("paths").forEach(path -> path.forEach(operations::add));
        return operations;
    }
}
