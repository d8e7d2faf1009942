package dev.drover.core.access;

import java.util.Arrays;
import java.util.Optional;

/** A right that a credential carries (Jettson contract, section 3). */
public enum Scope {
    AGENTS_READ("agents:read"),
    AGENTS_WRITE("agents:write"),
    MEMORY_READ("memory:read"),
    MEMORY_WRITE("memory:write"),
    SECRETS_MANAGE("secrets:manage"),
    WEBHOOKS_MANAGE("webhooks:manage"),
    KEYS_MANAGE("keys:manage");

    private static final String MAKE = "ai-";

    private final String word;

    Scope(String word) {
        this.word = word;
    }

    /** As it is written in requests and answers. */
    public String word() {
        return word;
    }

    /** The right of that word; Make's words for the same rights are taken too (its contract, section 1). */
    public static Optional<Scope> of(String word) {
        String plain = word.startsWith(MAKE) ? word.substring(MAKE.length()) : word;
        return Arrays.stream(values()).filter(scope -> scope.word.equals(plain)).findFirst();
    }
}
