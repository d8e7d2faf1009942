package dev.drover.provider.model;

import dev.drover.core.model.LanguageModel;
import dev.drover.provider.model.langchain4j.Endpoint;
import dev.drover.provider.model.langchain4j.LangChainModels;
import dev.drover.provider.model.offline.OfflineModel;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Chooses the language model that the settings ask for. */
public final class Models {
    private static final String EXPECTED =
            "expected anthropic/NAME, openai/NAME, gemini/NAME, ollama/NAME or offline, as in ";

    private Models() {}

    /** The vendors, with the model that each gets where none is named. */
    private enum Vendor {
        ANTHROPIC("claude-sonnet-4-6"),
        OPENAI("gpt-5.1"),
        GEMINI("gemini-flash-latest"),
        OLLAMA("qwen3");

        private final String model;

        Vendor(String model) {
            this.model = model;
        }

        private String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        private LanguageModel at(Endpoint endpoint) {
            return switch (this) {
                case ANTHROPIC -> LangChainModels.anthropic(endpoint);
                case OPENAI -> LangChainModels.openAi(endpoint);
                case GEMINI -> LangChainModels.gemini(endpoint);
                case OLLAMA -> LangChainModels.ollama(endpoint);
            };
        }
    }

    /**
     * The model named, else one of the first vendor whose key is set, else the one without network.
     *
     * @param named the setting DROVER_MODEL
     * @param environment where keys ({@code ANTHROPIC_API_KEY}) and addresses ({@code OPENAI_BASE_URL}) are set
     * @throws IllegalArgumentException when the name is none, or its vendor's key lacks
     */
    public static LanguageModel chosen(@Nullable String named, Map<String, String> environment) {
        if (named != null && !named.isBlank()) {
            return named(named.strip(), environment);
        }
        for (Vendor vendor : Vendor.values()) {
            if (vendor != Vendor.OLLAMA
                    && value(vendor, "_API_KEY", environment).isPresent()) {
                return reached(vendor, vendor.model, environment);
            }
        }
        return new OfflineModel();
    }

    private static LanguageModel named(String name, Map<String, String> environment) {
        if (name.equals("offline")) {
            return new OfflineModel();
        }
        for (Vendor vendor : Vendor.values()) {
            String prefix = vendor.word() + "/";
            if (name.equals(vendor.word()) || name.equals(prefix)) {
                throw refused(name + " names no model", vendor);
            }
            if (name.startsWith(prefix)) {
                return reached(vendor, name.substring(prefix.length()), environment);
            }
        }
        throw refused(name + " names no vendor", Vendor.ANTHROPIC);
    }

    private static LanguageModel reached(Vendor vendor, String model, Map<String, String> environment) {
        String key = value(vendor, "_API_KEY", environment).orElse(null);
        String baseUrl = value(vendor, "_BASE_URL", environment).orElse(null);
        if (key == null && baseUrl == null && vendor != Vendor.OLLAMA) {
            throw new IllegalArgumentException("DROVER_MODEL " + vendor.word() + "/" + model + " needs a key: set "
                    + vendor + "_API_KEY, or " + vendor + "_BASE_URL for a server that asks for none,"
                    + " or choose DROVER_MODEL=offline");
        }
        return vendor.at(new Endpoint(model, key, baseUrl));
    }

    private static Optional<String> value(Vendor vendor, String suffix, Map<String, String> environment) {
        return Optional.ofNullable(environment.get(vendor + suffix))
                .map(String::strip)
                .filter(value -> !value.isEmpty());
    }

    private static IllegalArgumentException refused(String why, Vendor example) {
        return new IllegalArgumentException(
                "DROVER_MODEL " + why + ": " + EXPECTED + example.word() + "/" + example.model);
    }
}
