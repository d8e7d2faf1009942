package dev.drover.core.setting;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A setting that is on or off, and how it stands until somebody sets it (Trinity contract, section 6). */
public enum Switch {
    SSH_ACCESS_ENABLED(false),
    AGENT_FULL_CAPABILITIES(true),
    EMAIL_AUTH_ENABLED(true);

    private final boolean usual;

    Switch(boolean usual) {
        this.usual = usual;
    }

    /** As it is written in paths and tables. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean usual() {
        return usual;
    }

    static Optional<Switch> of(String key) {
        return Arrays.stream(values()).filter(one -> one.key().equals(key)).findFirst();
    }
}
