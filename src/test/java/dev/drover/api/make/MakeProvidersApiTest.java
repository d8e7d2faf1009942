package dev.drover.api.make;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.api.TestingApi;
import dev.drover.api.TestingApi.Reply;
import dev.drover.testing.TestingVendor;
import dev.drover.testing.model.ScriptedModelServer;
import dev.drover.testing.model.Turn;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Providers of models and what they offer, on a real server. */
final class MakeProvidersApiTest {
    private static final String PROVIDERS = "/api/v2/ai-agents/v1/llm-providers";
    private static final String TEAM = "?teamId=1";
    private static final String PLANTED = "planted-value-4711";

    private static TestingVendor vendor;
    private static TestingApi server;

    @BeforeAll
    static void start() throws IOException {
        vendor = new TestingVendor()
                .answer("/v1/models", 200, "{\"data\":[{\"id\":\"gpt-4o\"},{\"id\":\"scripted\"}]}")
                .answer("/anthropic/v1/models", 500, PLANTED);
        server = new TestingApi(Map.of(
                "DROVER_MODEL",
                "openai/scripted",
                "OPENAI_BASE_URL",
                vendor.url() + "/v1",
                "ANTHROPIC_API_KEY",
                PLANTED,
                "ANTHROPIC_BASE_URL",
                vendor.url() + "/anthropic",
                "DROVER_EGRESS_ALLOW",
                "127.0.0.1/32"));
    }

    @AfterAll
    static void close() {
        server.close();
        vendor.close();
    }

    @Test
    void listsTheProvidersThatAreConfigured() {
        Reply list = server.get(PROVIDERS + TEAM);
        assertThat(list.status()).isEqualTo(200);
        assertThat(list.json().toString())
                .startsWith("[{\"id\":1,\"provider\":\"anthropic\",\"accountName\":\"Anthropic Claude\"},"
                        + "{\"id\":2,\"provider\":\"openai\",\"accountName\":\"OpenAI-compatible\"}");
        assertThat(server.get(PROVIDERS
                                + TEAM
                                + "&pg[limit]=1".replace("[", "%5B").replace("]", "%5D"))
                        .json())
                .hasSize(1);
    }

    @Test
    void answersOneProviderAsAnArray() {
        assertThat(server.get(PROVIDERS + "/2" + TEAM).body()).isEqualTo("[{\"id\":2,\"provider\":\"openai\"}]");
        assertThat(server.get(PROVIDERS + "/3" + TEAM).status()).isEqualTo(404);
        assertThat(server.get(PROVIDERS + "/x" + TEAM).status()).isEqualTo(400);
        assertThat(server.get(PROVIDERS + "/2").status()).isEqualTo(400);
        assertThat(server.get(PROVIDERS + "/2?teamId=4711").status()).isEqualTo(403);
    }

    @Test
    void listsModelsAndTheProfilesOfTheServer() {
        Reply models = server.get(PROVIDERS + "/2/models" + TEAM);
        assertThat(models.status()).isEqualTo(200);
        assertThat(models.json().findValuesAsText("model")).containsExactly("jettson-6.0", "scripted", "gpt-4o");
        for (JsonNode model : models.json()) {
            assertThat(model.fieldNames()).toIterable().containsExactly("model", "provider", "tokenLimit", "settings");
            assertThat(model.path("provider").asText()).isEqualTo("openai");
            assertThat(model.path("tokenLimit").isInt()).isTrue();
            assertThat(model.at("/settings/maxTokens").isInt()).isTrue();
        }
        assertThat(server.get(PROVIDERS + "/4711/models" + TEAM).status()).isEqualTo(404);
    }

    @Test
    void listsAModelEvenWhenTheProviderFails() {
        Reply models = server.get(PROVIDERS + "/1/models" + TEAM);
        assertThat(models.json().findValuesAsText("model")).containsExactly("claude-sonnet-4-6");
        assertThat(models.body()).doesNotContain(PLANTED);
    }

    @Test
    void listsProvidersThatUsersMake() {
        List<String> logged = new CopyOnWriteArrayList<>();
        Handler listener = listener(logged);
        Logger.getLogger("").addHandler(listener);
        int id = server.post(
                        "/api/v2/connections" + TEAM,
                        "{\"name\":\"Mine\",\"accountType\":\"groq\",\"apiKey\":\"" + PLANTED + "\",\"url\":\""
                                + vendor.url() + "/nowhere\",\"models\":[\"one\"]}")
                .json()
                .at("/connection/id")
                .asInt();

        assertThat(server.get(PROVIDERS + TEAM).json().toString())
                .endsWith("{\"id\":" + id + ",\"provider\":\"groq\",\"accountName\":\"Mine\"}]");
        Reply models = server.get(PROVIDERS + "/" + id + "/models" + TEAM);
        assertThat(models.json().findValuesAsText("model")).containsExactly("one");
        Logger.getLogger("").removeHandler(listener);
        assertThat(logged).noneMatch(line -> line.contains(PLANTED));
        server.delete("/api/v2/connections/" + id + TEAM);
    }

    @Test
    void runsAnAgentOnAModelOfAConnection() throws Exception {
        try (var model = ScriptedModelServer.start(Turn.text("Hello from the connection."))) {
            int id = server.post(
                            "/api/v2/connections" + TEAM,
                            "{\"name\":\"Mine\",\"accountType\":\"ai-agent-openai-compatible\",\"apiKey\":\"" + PLANTED
                                    + "\",\"url\":\"" + model.baseUrl() + "/v1\"}")
                    .json()
                    .at("/connection/id")
                    .asInt();
            Reply spawned = server.post(
                    "/api/v1/agents",
                    "{\"task\":\"greet\",\"model\":\"" + id + "/scripted\",\"memory\":{\"extract\":false}}");
            assertThat(spawned.status()).as(spawned.body()).isEqualTo(201);
            String agent = spawned.json().path("agent_id").asText();

            Reply ended = server.await(
                    "/api/v1/agents/" + agent,
                    seen -> seen.path("status").asText().matches("completed|error"));
            assertThat(ended.json().path("final_result").toString()).contains("Hello from the connection.");
            assertThat(model.asked().getFirst().headers()).containsEntry("authorization", "Bearer " + PLANTED);
            assertThat(ended.body()).doesNotContain(PLANTED);
            server.delete("/api/v2/connections/" + id + TEAM);
            String late = server.post("/api/v1/agents", "{\"task\":\"greet\",\"model\":\"" + id + "/scripted\"}")
                    .json()
                    .path("agent_id")
                    .asText();
            Reply failed = server.await(
                    "/api/v1/agents/" + late,
                    seen -> seen.path("status").asText().equals("error"));
            assertThat(failed.body()).contains("connection " + id + " was deleted");
        }
    }

    private static Handler listener(List<String> logged) {
        return new Handler() {
            @Override
            public void publish(LogRecord line) {
                logged.add(line.getMessage() + " " + line.getThrown());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
    }
}
