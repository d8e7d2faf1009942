package dev.drover.provider.model.langchain4j;

import dev.drover.core.egress.EgressGuard;
import dev.drover.core.model.LanguageModel;
import dev.drover.core.model.ListedModel;
import dev.drover.core.model.ModelAccount;
import dev.drover.core.model.ModelFailure;
import dev.drover.core.model.ModelMaker;
import java.util.List;

/** Reaches models of vendors; what users say of their addresses goes through the egress guard. */
public final class LangChainMaker implements ModelMaker {
    /** No vendor has a model of this name; its list has none. */
    private static final String ANY = "*";

    private final PinnedTransport guarded;

    public LangChainMaker(EgressGuard guard) {
        this.guarded = new PinnedTransport(guard);
    }

    @Override
    public LanguageModel make(ModelAccount account, String model) {
        Endpoint endpoint = endpoint(account, model);
        return new LangChainModel(vendor(account, endpoint), endpoint, transport(account));
    }

    @Override
    public List<ListedModel> list(ModelAccount account) throws ModelFailure, InterruptedException {
        Endpoint endpoint = endpoint(account, ANY);
        return new Listing(vendor(account, endpoint), endpoint, transport(account)).models();
    }

    private Transport transport(ModelAccount account) {
        return account.guarded() ? guarded : JdkTransport.SHARED;
    }

    private static Endpoint endpoint(ModelAccount account, String model) {
        return new Endpoint(model, account.key(), account.address());
    }

    private static Vendor vendor(ModelAccount account, Endpoint endpoint) {
        return switch (account.protocol()) {
            case ANTHROPIC -> new AnthropicVendor();
            case OPENAI -> new OpenAiVendor(endpoint);
            case GEMINI -> new GeminiVendor();
            case OLLAMA -> new OllamaVendor();
            case OFFLINE -> throw new IllegalArgumentException("no vendor is asked for what is done offline");
        };
    }
}
