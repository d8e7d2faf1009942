package dev.drover.provider.model.langchain4j;

import dev.drover.core.model.Prompt;
import dev.drover.core.model.Usage;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.model.openai.OpenAiTokenUsage;
import dev.langchain4j.model.output.TokenUsage;
import java.util.List;

/** OpenAI itself, and every server that speaks its chat completions. */
final class OpenAiVendor implements Vendor {
    static final String ADDRESS = "https://api.openai.com/v1";

    private final boolean itself;

    OpenAiVendor(Endpoint endpoint) {
        itself = endpoint.address(ADDRESS).equals(ADDRESS);
    }

    @Override
    public String name() {
        return "openai";
    }

    @Override
    public StreamingChatModel connect(Endpoint endpoint, HttpClientBuilder http) {
        return OpenAiStreamingChatModel.builder()
                .httpClientBuilder(http)
                .baseUrl(endpoint.address(ADDRESS))
                .apiKey(endpoint.key())
                .modelName(endpoint.model())
                .returnThinking(true)
                .sendThinking(true)
                .build();
    }

    /** OpenAI's newer models refuse the old name of the output limit; other servers may not know the new one. */
    @Override
    public ChatRequestParameters parameters(Prompt prompt, List<ToolSpecification> tools) {
        OpenAiChatRequestParameters.Builder parameters =
                OpenAiChatRequestParameters.builder().toolSpecifications(tools).temperature(prompt.temperature());
        return itself
                ? parameters.maxCompletionTokens(prompt.maxOutputTokens()).build()
                : parameters.maxOutputTokens(prompt.maxOutputTokens()).build();
    }

    /** What answers elsewhere may refuse a request with a picture in it, unless its name says that it sees. */
    @Override
    public boolean sees(String model) {
        return itself || SeeingModels.know(model);
    }

    @Override
    public Usage usage(TokenUsage counted) {
        OpenAiTokenUsage.InputTokensDetails details =
                counted instanceof OpenAiTokenUsage detailed ? detailed.inputTokensDetails() : null;
        long read = details == null ? 0 : Counts.of(details.cachedTokens());
        return new Usage(Counts.of(counted.inputTokenCount()), Counts.of(counted.outputTokenCount()), read, 0);
    }
}
