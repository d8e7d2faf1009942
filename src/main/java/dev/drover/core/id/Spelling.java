package dev.drover.core.id;

import java.util.Optional;
import java.util.UUID;

/** How the Jettson contract writes an identity: a prefix and 128 bits in base62 (its section 4.6). */
public enum Spelling {
    AGENT("ag_"),
    EVENT("ev_"),
    KEY("key_"),
    WEBHOOK("wh_"),
    MESSAGE("msg_"),
    ARTIFACT("art_"),
    MEMORY("mem_");

    private final String prefix;

    Spelling(String prefix) {
        this.prefix = prefix;
    }

    public String of(UUID id) {
        return prefix + Base62.spell(id);
    }

    /** Reads the spelled form or a plain UUID; empty for anything else. */
    public Optional<UUID> read(String text) {
        if (text.startsWith(prefix)) {
            return Base62.read(text.substring(prefix.length()));
        }
        return isUuid(text) ? Optional.of(UUID.fromString(text)) : Optional.empty();
    }

    /** Whether the text has the shape of a UUID (8-4-4-4-12 hex digits, any case). */
    public static boolean isUuid(String text) {
        return text.length() == 36 && text.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    }
}
