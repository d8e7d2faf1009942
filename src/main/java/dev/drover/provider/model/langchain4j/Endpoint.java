package dev.drover.provider.model.langchain4j;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where a vendor's model answers, and with which key.
 *
 * @param model the vendor's own name for it
 * @param key null where the server asks for none
 * @param baseUrl null for the vendor's public address
 * @param sees whether the model can be given pictures; null to go by what is known of the vendor and the name
 * @param idle how long the vendor may stay silent, before its answer and within it
 */
public record Endpoint(
        String model,
        @Nullable String key,
        @Nullable String baseUrl,
        @Nullable Boolean sees,
        Duration idle) {
    public static final Duration DEFAULT_IDLE = Duration.ofMinutes(5);

    public Endpoint {
        if (model.isBlank()) {
            throw new IllegalArgumentException("a model needs a name, as in openai/gpt-5.1");
        }
        if (baseUrl != null && !baseUrl.matches("https?://.+")) {
            throw new IllegalArgumentException(
                    "base URL " + baseUrl + " is no http or https address, as in http://127.0.0.1:8001/v1");
        }
        if (!idle.isPositive()) {
            throw new IllegalArgumentException("idle time " + idle + " is not above zero");
        }
    }

    public Endpoint(String model, @Nullable String key, @Nullable String baseUrl) {
        this(model, key, baseUrl, null, DEFAULT_IDLE);
    }

    public Endpoint(String model, @Nullable String key, @Nullable String baseUrl, Duration idle) {
        this(model, key, baseUrl, null, idle);
    }

    public Endpoint seeing(@Nullable Boolean pictures) {
        return new Endpoint(model, key, baseUrl, pictures, idle);
    }

    public Endpoint idle(Duration patience) {
        return new Endpoint(model, key, baseUrl, sees, patience);
    }

    /** The base URL, or the vendor's own, without a slash at its end. */
    String address(String vendors) {
        String address = baseUrl == null ? vendors : baseUrl;
        return address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
    }

    /** The text without our key, should a vendor or a library have repeated it. */
    String withoutKey(String text) {
        return key == null || key.isBlank() ? text : text.replace(key, "[key]");
    }

    /** Without the key, so that no log shows it. */
    @Override
    public String toString() {
        return "Endpoint[" + model + " at " + (baseUrl == null ? "the vendor's address" : baseUrl) + "]";
    }
}
