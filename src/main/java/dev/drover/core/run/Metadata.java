package dev.drover.core.run;

import dev.drover.core.Refused;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What callers write on their agents to find them again: at most 16 short words. */
final class Metadata {
    private static final int MOST_KEYS = 16;
    private static final int LONGEST_KEY = 40;
    private static final int LONGEST_VALUE = 500;

    private Metadata() {}

    /** A copy in the order given. */
    static Map<String, String> checked(Map<String, String> metadata) {
        Refused.when(metadata.size() > MOST_KEYS, "metadata", "has " + metadata.size() + " keys; at most 16");
        metadata.forEach((key, value) -> {
            Refused.when(
                    key.isEmpty() || key.length() > LONGEST_KEY,
                    "metadata",
                    "has a key of " + key.length() + " characters; 1 to 40");
            Refused.when(
                    value.length() > LONGEST_VALUE,
                    "metadata",
                    "has a value of " + value.length() + " characters under '" + key + "'; at most 500");
            Refused.when(
                    key.indexOf('\0') >= 0 || value.indexOf('\0') >= 0,
                    "metadata",
                    "must not contain the NUL character");
        });
        return Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }
}
