package dev.drover.provider.model.langchain4j;

import dev.drover.core.egress.EgressGuard;
import dev.drover.core.model.LanguageModel;
import dev.drover.core.model.LanguageModelContract;
import dev.drover.core.model.Usage;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

/** A model at an address that a user has set does all that one at the operator's does. */
class PinnedModelTest implements LanguageModelContract {
    private final PinnedTransport transport = new PinnedTransport(
            new EgressGuard(host -> List.of(InetAddress.getAllByName(host)), List.of("127.0.0.1/32"), List.of()));

    @Override
    public LanguageModel model(String baseUrl, Duration idle) {
        Endpoint endpoint = new Endpoint("scripted", KEY, baseUrl + "/v1", idle);
        return new LangChainModel(new OpenAiVendor(endpoint), endpoint, transport);
    }

    @Override
    public Usage countable(Usage scripted) {
        return new Usage(scripted.inputTokens(), scripted.outputTokens(), scripted.cacheReadTokens(), 0);
    }
}
