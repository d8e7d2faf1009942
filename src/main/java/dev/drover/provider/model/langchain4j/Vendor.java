package dev.drover.provider.model.langchain4j;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.core.model.ListedModel;
import dev.drover.core.model.Prompt;
import dev.drover.core.model.ToolOffer;
import dev.drover.core.model.Usage;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.output.TokenUsage;
import java.util.List;
import java.util.Map;

/** What one vendor does in its own way. */
interface Vendor {
    /** The word before the slash of a model's full name. */
    String name();

    StreamingChatModel connect(Endpoint endpoint, HttpClientBuilder http);

    Usage usage(TokenUsage counted);

    /** Asks at this address for the vendor's own list of models. */
    HttpRequest listing(Endpoint endpoint);

    /** What the answer to that tells. */
    List<ListedModel> listed(JsonNode answer);

    /** What the last message of a conversation carries for the adapter. */
    default Map<String, Object> lastMessageAttributes() {
        return Map.of();
    }

    /** Whether its model of that name can be given pictures, as far as one can know. */
    default boolean sees(String model) {
        return true;
    }

    /** The request's body, where the adapter's is not what the vendor takes. */
    default String body(String adapters) {
        return adapters;
    }

    default ToolSpecification tool(ToolOffer offer) {
        return ToolSchemas.verbatim(offer);
    }

    default ChatRequestParameters parameters(Prompt prompt, List<ToolSpecification> tools) {
        return ChatRequestParameters.builder()
                .toolSpecifications(tools)
                .maxOutputTokens(prompt.maxOutputTokens())
                .temperature(prompt.temperature())
                .build();
    }
}
