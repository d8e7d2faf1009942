package dev.drover.provider.model.langchain4j;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.core.model.ListedModel;
import dev.drover.core.model.Usage;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpMethod;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;
import dev.langchain4j.model.anthropic.AnthropicTokenUsage;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.output.TokenUsage;
import java.util.List;
import java.util.Map;
import java.util.Objects;

final class AnthropicVendor implements Vendor {
    private static final String VERSION = "/v1";

    @Override
    public String name() {
        return "anthropic";
    }

    @Override
    public StreamingChatModel connect(Endpoint endpoint, HttpClientBuilder http) {
        return AnthropicStreamingChatModel.builder()
                .httpClientBuilder(http)
                .baseUrl(address(endpoint))
                .apiKey(Objects.requireNonNullElse(endpoint.key(), "none"))
                .modelName(endpoint.model())
                // Tools and system prompt are the same in every call of a run, so their tokens cost a tenth.
                .cacheSystemMessages(true)
                .cacheTools(true)
                .returnThinking(true)
                .sendThinking(true)
                .build();
    }

    /** Anthropic's own clients take the address without the version, this adapter with it. */
    private static String address(Endpoint endpoint) {
        String address = endpoint.address("https://api.anthropic.com");
        return address.endsWith(VERSION) ? address : address + VERSION;
    }

    @Override
    public HttpRequest listing(Endpoint endpoint) {
        return HttpRequest.builder()
                .method(HttpMethod.GET)
                .url(address(endpoint) + "/models?limit=1000")
                .addHeader("x-api-key", Objects.requireNonNullElse(endpoint.key(), "none"))
                .addHeader("anthropic-version", "2023-06-01")
                .build();
    }

    @Override
    public List<ListedModel> listed(JsonNode answer) {
        return Listing.models(
                answer.path("data"),
                model -> new ListedModel(
                        model.path("id").asText(),
                        Listing.number(model, "max_input_tokens"),
                        Listing.number(model, "max_tokens")));
    }

    /** Every call repeats the conversation so far; cached up to its end, the next one reads it for a tenth. */
    @Override
    public Map<String, Object> lastMessageAttributes() {
        return Map.of("cache_control", "ephemeral");
    }

    /** Anthropic counts cached tokens beside the input, not within it. */
    @Override
    public Usage usage(TokenUsage counted) {
        long read = 0;
        long written = 0;
        if (counted instanceof AnthropicTokenUsage cached) {
            read = Counts.of(cached.cacheReadInputTokens());
            written = Counts.of(cached.cacheCreationInputTokens());
        }
        long input = Counts.of(counted.inputTokenCount()) + read + written;
        return new Usage(input, Counts.of(counted.outputTokenCount()), read, written);
    }
}
