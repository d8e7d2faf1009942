package dev.drover.provider.model.langchain4j;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.core.model.ListedModel;
import dev.drover.core.model.Usage;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpMethod;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.ollama.OllamaStreamingChatModel;
import dev.langchain4j.model.output.TokenUsage;
import java.util.List;

final class OllamaVendor implements Vendor {
    private static final String ADDRESS = "http://127.0.0.1:11434";

    @Override
    public String name() {
        return "ollama";
    }

    @Override
    public StreamingChatModel connect(Endpoint endpoint, HttpClientBuilder http) {
        return OllamaStreamingChatModel.builder()
                .httpClientBuilder(http)
                .baseUrl(endpoint.address(ADDRESS))
                .modelName(endpoint.model())
                .returnThinking(true)
                .build();
    }

    @Override
    public HttpRequest listing(Endpoint endpoint) {
        return HttpRequest.builder()
                .method(HttpMethod.GET)
                .url(endpoint.address(ADDRESS) + "/api/tags")
                .build();
    }

    @Override
    public List<ListedModel> listed(JsonNode answer) {
        return Listing.models(
                answer.path("models"),
                model -> new ListedModel(model.path("name").asText(), null, null));
    }

    @Override
    public boolean sees(String model) {
        return SeeingModels.know(model);
    }

    @Override
    public Usage usage(TokenUsage counted) {
        return new Usage(Counts.of(counted.inputTokenCount()), Counts.of(counted.outputTokenCount()), 0, 0);
    }
}
