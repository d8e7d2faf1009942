package dev.drover;

import dev.drover.core.model.LanguageModel;
import dev.drover.core.model.ModelProfile;
import dev.drover.core.model.ModelProfiles;
import dev.drover.core.model.ProfileSource;
import dev.drover.provider.model.langchain4j.Endpoint;
import dev.drover.provider.model.langchain4j.LangChainModels;
import dev.drover.provider.model.offline.OfflineModel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The model behind each profile. */
final class ModelSetup {
    private static final int MOST_OUTPUT = 8_192;

    private ModelSetup() {}

    static ModelProfiles profiles(Settings settings) {
        Vendor vendor = settings.model().vendor();
        return new ModelProfiles(
                List.of(new ModelProfile(
                        ModelProfile.DEFAULT,
                        model(settings),
                        SystemPrompt.TEXT,
                        vendor.contextTokens(),
                        MOST_OUTPUT,
                        null)),
                ProfileSource.NONE);
    }

    private static LanguageModel model(Settings settings) {
        ModelChoice choice = settings.model();
        Settings.Endpoint given = settings.endpoint(choice.vendor());
        return switch (choice.vendor()) {
            case ANTHROPIC ->
                LangChainModels.anthropic(
                        endpoint(choice, given, settings.sight().sees()));
            case OPENAI ->
                LangChainModels.openAi(endpoint(choice, given, settings.sight().sees()));
            case GEMINI ->
                LangChainModels.gemini(endpoint(choice, given, settings.sight().sees()));
            case OLLAMA ->
                LangChainModels.ollama(endpoint(choice, given, settings.sight().sees()));
            case OFFLINE -> new OfflineModel();
        };
    }

    private static Endpoint endpoint(ModelChoice choice, Settings.Endpoint given, @Nullable Boolean sees) {
        Settings.Secret key = given.key();
        return new Endpoint(
                        choice.name(),
                        key == null ? null : key.text(),
                        given.baseUrl() == null ? null : given.baseUrl().toString())
                .seeing(sees);
    }
}
