package dev.drover.testing.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.http.client.jdk.JdkHttpClient;
import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.googleai.GoogleAiGeminiChatModel;
import dev.langchain4j.model.ollama.OllamaChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whole answers, as foreign clients read them; streamed ones are read by every test of a model. */
class ScriptedModelServerTest {
    @Test
    void answersInOnePieceInTheFormatOfEachVendor() throws IOException {
        var turn = Turn.text("Hel", "lo").andCall("look", "{\"at\":\"it\"}").usage(7, 3, 0, 0);
        try (var server = ScriptedModelServer.start(turn, turn, turn, turn)) {
            for (ChatModel model : clients(server.baseUrl())) {
                var response = model.chat(
                        ChatRequest.builder().messages(UserMessage.from("go")).build());
                AiMessage message = response.aiMessage();

                assertThat(message.text().replaceAll("\\s", "")).isEqualTo("Hello");
                assertThat(message.toolExecutionRequests()).hasSize(1);
                assertThat(message.toolExecutionRequests()
                                .getFirst()
                                .arguments()
                                .replaceAll("\\s", ""))
                        .isEqualTo("{\"at\":\"it\"}");
                assertThat(response.tokenUsage().inputTokenCount()).isEqualTo(7);
            }
            assertThat(server.asked())
                    .extracting(Asked::vendor)
                    .containsExactly("anthropic", "openai", "gemini", "ollama");
            assertThat(server.asked()).extracting(Asked::streamed).containsOnly(false);
        }
    }

    @Test
    void listsItsModelAndKnowsNoOtherPath() throws Exception {
        try (var server = ScriptedModelServer.start();
                var client = HttpClient.newHttpClient()) {
            assertThat(get(client, server.baseUrl() + "/v1/models").body()).contains("\"scripted\"");
            assertThat(get(client, server.baseUrl() + "/v2").statusCode()).isEqualTo(404);
            assertThat(server.openConnections())
                    .as("one connection, kept alive")
                    .isEqualTo(1);
        }
    }

    private static HttpResponse<String> get(HttpClient client, String url) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create(url))
                        .version(HttpClient.Version.HTTP_1_1)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static List<ChatModel> clients(String baseUrl) {
        return List.of(
                AnthropicChatModel.builder()
                        .httpClientBuilder(JdkHttpClient.builder())
                        .baseUrl(baseUrl + "/v1")
                        .apiKey("k")
                        .modelName("m")
                        .build(),
                OpenAiChatModel.builder()
                        .httpClientBuilder(JdkHttpClient.builder())
                        .baseUrl(baseUrl + "/v1")
                        .modelName("m")
                        .build(),
                GoogleAiGeminiChatModel.builder()
                        .httpClientBuilder(JdkHttpClient.builder())
                        .baseUrl(baseUrl + "/v1beta")
                        .apiKey("k")
                        .modelName("m")
                        .build(),
                OllamaChatModel.builder()
                        .httpClientBuilder(JdkHttpClient.builder())
                        .baseUrl(baseUrl)
                        .modelName("m")
                        .build());
    }
}
