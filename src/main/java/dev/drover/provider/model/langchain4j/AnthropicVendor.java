package dev.drover.provider.model.langchain4j;

import dev.drover.core.model.Usage;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;
import dev.langchain4j.model.anthropic.AnthropicTokenUsage;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.output.TokenUsage;
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
        String address = endpoint.address("https://api.anthropic.com");
        return AnthropicStreamingChatModel.builder()
                .httpClientBuilder(http)
                // Anthropic's own clients take the address without the version, this adapter with it.
                .baseUrl(address.endsWith(VERSION) ? address : address + VERSION)
                .apiKey(Objects.requireNonNullElse(endpoint.key(), "none"))
                .modelName(endpoint.model())
                // Tools and system prompt are the same in every call of a run, so their tokens cost a tenth.
                .cacheSystemMessages(true)
                .cacheTools(true)
                .returnThinking(true)
                .sendThinking(true)
                .build();
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
