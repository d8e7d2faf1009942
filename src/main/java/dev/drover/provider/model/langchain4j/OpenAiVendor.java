package dev.drover.provider.model.langchain4j;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.core.model.ListedModel;
import dev.drover.core.model.Prompt;
import dev.drover.core.model.Usage;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpMethod;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.model.openai.OpenAiTokenUsage;
import dev.langchain4j.model.output.TokenUsage;
import java.util.List;
import java.util.regex.Pattern;

/** OpenAI itself, and every server that speaks its chat completions. */
final class OpenAiVendor implements Vendor {
    static final String ADDRESS = "https://api.openai.com/v1";

    /** Names of models that embed, draw, listen or speak: the list does not tell them apart. */
    private static final Pattern OTHERS =
            Pattern.compile("embed|whisper|(^|-)tts|dall-e|moderation|transcribe|realtime|sora-|gpt-image|audio");

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

    @Override
    public HttpRequest listing(Endpoint endpoint) {
        HttpRequest.Builder request =
                HttpRequest.builder().method(HttpMethod.GET).url(endpoint.address(ADDRESS) + "/models");
        return endpoint.key() == null
                ? request.build()
                : request.addHeader("Authorization", "Bearer " + endpoint.key()).build();
    }

    /** Those who speak like OpenAI add what they like: Groq, vLLM, Mistral and gateways each name the context anew. */
    @Override
    public List<ListedModel> listed(JsonNode answer) {
        return Listing.models(
                answer.isArray() ? answer : answer.path("data"),
                model -> isForWords(model)
                        ? new ListedModel(
                                model.path("id").asText(),
                                Listing.number(
                                        model,
                                        "context_window",
                                        "max_model_len",
                                        "max_context_length",
                                        "context_length"),
                                Listing.number(model, "max_completion_tokens"))
                        : null);
    }

    private static boolean isForWords(JsonNode model) {
        return model.at("/capabilities/completion_chat").asBoolean(true)
                && !OTHERS.matcher(model.path("id").asText()).find();
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
