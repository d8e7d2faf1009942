package dev.drover.core.model;

import org.jspecify.annotations.Nullable;

/**
 * Where the models of one account answer, and with which key.
 *
 * @param address null for the vendor's own
 * @param key null where none is asked for
 * @param guarded whether the address is a user's word and no operator's, so that the egress guard judges it
 */
public record ModelAccount(
        Protocol protocol,
        @Nullable String address,
        @Nullable String key,
        boolean guarded) {
    /** What is spoken there. */
    public enum Protocol {
        ANTHROPIC,
        OPENAI,
        GEMINI,
        OLLAMA,
        /** Nowhere: explicit steps are followed inside this server. */
        OFFLINE
    }

    /** Without address and key, so that no log has them. */
    @Override
    public String toString() {
        return "ModelAccount[" + protocol + "]";
    }
}
