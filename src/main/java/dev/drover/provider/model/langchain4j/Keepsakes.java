package dev.drover.provider.model.langchain4j;

import dev.langchain4j.data.message.AiMessage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a vendor wants back with the next call, as a reply carries it: the vendor's name, and the adapter's attributes
 * (a signature over the thinking, redacted thinking, a thought signature), each as JSON.
 */
final class Keepsakes {
    private static final String FROM = "from";
    private static final String ATTRIBUTE = "attribute.";

    private Keepsakes() {}

    static Map<String, String> of(String vendor, AiMessage message) {
        Map<String, String> kept = new HashMap<>();
        kept.put(FROM, vendor);
        message.attributes().forEach((name, value) -> {
            if (value instanceof String || value instanceof List<?>) {
                kept.put(ATTRIBUTE + name, JsonText.of(value));
            }
        });
        return kept;
    }

    /** Another vendor could not read them, nor take thinking that it has not signed. */
    static boolean belongTo(String vendor, Map<String, String> kept) {
        return vendor.equals(kept.get(FROM));
    }

    static Map<String, Object> attributes(Map<String, String> kept) {
        Map<String, Object> attributes = new HashMap<>();
        kept.forEach((name, value) -> {
            if (name.startsWith(ATTRIBUTE)) {
                attributes.put(name.substring(ATTRIBUTE.length()), JsonText.value(value));
            }
        });
        return attributes;
    }
}
