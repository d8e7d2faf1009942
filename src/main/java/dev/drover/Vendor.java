package dev.drover;

import dev.drover.Settings.Endpoint;
import dev.drover.Settings.Secret;
import dev.drover.core.connection.ConnectionType;
import dev.drover.core.id.ConnectionId;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who answers when a model is asked; in the order in which a set key chooses the default. */
public enum Vendor {
    ANTHROPIC(1, ConnectionType.ANTHROPIC, "ANTHROPIC_API_KEY", "ANTHROPIC_BASE_URL", 200_000),
    OPENAI(2, ConnectionType.OPENAI, "OPENAI_API_KEY", "OPENAI_BASE_URL", 128_000),
    GEMINI(3, ConnectionType.GEMINI, "GEMINI_API_KEY", "GEMINI_BASE_URL", 1_000_000),
    OLLAMA(4, ConnectionType.COMPATIBLE, null, "OLLAMA_BASE_URL", 32_000),
    /** No vendor: follows explicit steps in the task, without network or key. */
    OFFLINE(5, ConnectionType.OFFLINE, null, null, 1_000_000);

    private final int connection;
    private final ConnectionType type;
    private final @Nullable String keyName;
    private final @Nullable String baseUrlName;
    private final int contextTokens;

    Vendor(
            int connection,
            ConnectionType type,
            @Nullable String keyName,
            @Nullable String baseUrlName,
            int contextTokens) {
        this.connection = connection;
        this.type = type;
        this.keyName = keyName;
        this.baseUrlName = baseUrlName;
        this.contextTokens = contextTokens;
    }

    /** The number of the connection that there is when it is configured; the same for ever, for agents keep it. */
    ConnectionId connection() {
        return new ConnectionId(connection);
    }

    /** As what it is shown when it answers at its own address. */
    ConnectionType type() {
        return type;
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
        return type.usualModel();
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
