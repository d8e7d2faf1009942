package dev.drover.provider.model.langchain4j;

import dev.drover.core.model.Usage;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.ollama.OllamaStreamingChatModel;
import dev.langchain4j.model.output.TokenUsage;

final class OllamaVendor implements Vendor {
    @Override
    public String name() {
        return "ollama";
    }

    @Override
    public StreamingChatModel connect(Endpoint endpoint, HttpClientBuilder http) {
        return OllamaStreamingChatModel.builder()
                .httpClientBuilder(http)
                .baseUrl(endpoint.address("http://127.0.0.1:11434"))
                .modelName(endpoint.model())
                .returnThinking(true)
                .build();
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
