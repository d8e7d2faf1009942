package dev.drover.core.webhook;

import java.security.SecureRandom;
import java.util.Base64;

/** The secret of a webhook as Standard Webhooks writes it: {@code whsec_} and the base64 of its bytes. */
public record HookSecret(String text) {
    private static final String PREFIX = "whsec_";
    private static final int BYTES = 32;
    private static final int FEWEST = 24;
    private static final int MOST = 64;
    private static final SecureRandom RANDOM = new SecureRandom();

    static HookSecret made() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return new HookSecret(PREFIX + Base64.getEncoder().encodeToString(bytes));
    }

    /** One that was brought along, refused when it is none. */
    static HookSecret given(String text, String field) {
        try {
            if (text.startsWith(PREFIX)) {
                int length = new HookSecret(text).key().length;
                if (length >= FEWEST && length <= MOST) {
                    return new HookSecret(text);
                }
            }
        } catch (IllegalArgumentException notBase64) {
            // Falls through to the same refusal.
        }
        throw HookTarget.refused(field, "must be whsec_ and the base64 of 24 to 64 bytes");
    }

    byte[] key() {
        return Base64.getDecoder().decode(text.substring(PREFIX.length()));
    }

    @Override
    public String toString() {
        return PREFIX + "…";
    }
}
