package dev.drover;

import dev.drover.Settings.Endpoint;
import dev.drover.Settings.Secret;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who answers when a model is asked; in the order in which a set key chooses the default. */
public enum Vendor {
    ANTHROPIC("ANTHROPIC_API_KEY", "ANTHROPIC_BASE_URL", "claude-sonnet-4-6", 200_000),
    OPENAI("OPENAI_API_KEY", "OPENAI_BASE_URL", "gpt-5.1", 128_000),
    GEMINI("GEMINI_API_KEY", "GEMINI_BASE_URL", "gemini-flash-latest", 1_000_000),
    OLLAMA(null, "OLLAMA_BASE_URL", null, 32_000),
    /** No vendor: follows explicit steps in the task, without network or key. */
    OFFLINE(null, null, null, 1_000_000);

    private final @Nullable String keyName;
    private final @Nullable String baseUrlName;
    private final @Nullable String usualModel;
    private final int contextTokens;

    Vendor(@Nullable String keyName, @Nullable String baseUrlName, @Nullable String usualModel, int contextTokens) {
        this.keyName = keyName;
        this.baseUrlName = baseUrlName;
        this.usualModel = usualModel;
        this.contextTokens = contextTokens;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The variable that holds the vendor's key; null when it takes none. */
    @Nullable String keyName() {
        return keyName;
    }

    @Nullable String baseUrlName() {
        return baseUrlName;
    }

    /** What is asked when only the key was given. */
    @Nullable String usualModel() {
        return usualModel;
    }

    /** What its current models can read and write in one call, at least. */
    int contextTokens() {
        return contextTokens;
    }

    static Map<Vendor, Endpoint> endpoints(Given given) {
        Map<Vendor, Endpoint> endpoints = new EnumMap<>(Vendor.class);
        for (Vendor vendor : values()) {
            Endpoint endpoint = vendor.endpoint(given);
            if (endpoint.isGiven()) {
                endpoints.put(vendor, endpoint);
            }
        }
        return endpoints;
    }

    private Endpoint endpoint(Given given) {
        return new Endpoint(
                keyName == null ? null : given.text(keyName).map(Secret::new).orElse(null),
                baseUrlName == null ? null : given.web(baseUrlName).orElse(null));
    }

    void show(Endpoint endpoint, Map<String, String> shown) {
        if (keyName != null) {
            shown.put(
                    keyName, endpoint.key() == null ? "(none)" : endpoint.key().toString());
        }
        if (baseUrlName != null) {
            shown.put(
                    baseUrlName,
                    endpoint.baseUrl() == null
                            ? "(default)"
                            : endpoint.baseUrl().toString());
        }
    }
}
