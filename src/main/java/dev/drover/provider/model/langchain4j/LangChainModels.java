package dev.drover.provider.model.langchain4j;

import dev.drover.core.model.LanguageModel;

/** The vendors' models we can reach. */
public final class LangChainModels {
    private LangChainModels() {}

    public static LanguageModel anthropic(Endpoint endpoint) {
        return new LangChainModel(new AnthropicVendor(), endpoint, JdkTransport.SHARED);
    }

    /** OpenAI, or with a base URL what speaks like it (vLLM, llama.cpp, Ollama under /v1); there the key may lack. */
    public static LanguageModel openAi(Endpoint endpoint) {
        return new LangChainModel(new OpenAiVendor(endpoint), endpoint, JdkTransport.SHARED);
    }

    public static LanguageModel gemini(Endpoint endpoint) {
        return new LangChainModel(new GeminiVendor(), endpoint, JdkTransport.SHARED);
    }

    public static LanguageModel ollama(Endpoint endpoint) {
        return new LangChainModel(new OllamaVendor(), endpoint, JdkTransport.SHARED);
    }
}
