package dev.drover.provider.model.langchain4j;

import dev.drover.core.model.ToolOffer;
import dev.drover.core.model.Usage;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.googleai.GoogleAiGeminiStreamingChatModel;
import dev.langchain4j.model.googleai.GoogleAiGeminiTokenUsage;
import dev.langchain4j.model.output.TokenUsage;
import java.net.URI;
import java.util.Objects;

final class GeminiVendor implements Vendor {
    private static final String VERSION = "/v1beta";

    @Override
    public String name() {
        return "gemini";
    }

    @Override
    public StreamingChatModel connect(Endpoint endpoint, HttpClientBuilder http) {
        String address = endpoint.address("https://generativelanguage.googleapis.com");
        boolean bare = URI.create(address).getPath().isEmpty();
        return GoogleAiGeminiStreamingChatModel.builder()
                .httpClientBuilder(http)
                .baseUrl(bare ? address + VERSION : address)
                .apiKey(Objects.requireNonNullElse(endpoint.key(), "none"))
                .modelName(endpoint.model())
                .returnThinking(true)
                .sendThinking(true)
                .build();
    }

    @Override
    public String body(String adapters) {
        return GeminiBody.mended(adapters);
    }

    /** Its adapter knows no verbatim schema. */
    @Override
    public ToolSpecification tool(ToolOffer offer) {
        return ToolSchemas.typed(offer);
    }

    /** Gemini counts its thoughts beside the output, not within it. */
    @Override
    public Usage usage(TokenUsage counted) {
        long read = 0;
        long thoughts = 0;
        if (counted instanceof GoogleAiGeminiTokenUsage detailed) {
            read = Counts.of(detailed.cachedContentTokenCount());
            thoughts = Counts.of(detailed.thoughtsTokenCount());
        }
        long output = Counts.of(counted.outputTokenCount()) + thoughts;
        return new Usage(Counts.of(counted.inputTokenCount()), output, read, 0);
    }
}
