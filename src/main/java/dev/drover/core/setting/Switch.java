package dev.drover.core.setting;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A setting that is on or off, and how it stands until somebody sets it (Trinity contract, section 6). */
public enum Switch {
    SSH_ACCESS_ENABLED(false, "Whether people may ask for SSH access to agents' computers"),
    AGENT_FULL_CAPABILITIES(
            true, "What clients of Trinity are told of agents' capabilities; it never widens what a computer may do"),
    EMAIL_AUTH_ENABLED(true, "Whether people on the email whitelist may log in by a mailed code");

    private final boolean usual;
    private final String purpose;

    Switch(boolean usual, String purpose) {
        this.usual = usual;
        this.purpose = purpose;
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

    static List<KnownSetting> known() {
        return Arrays.stream(values())
                .map(one -> new KnownSetting(one.key(), true, String.valueOf(one.usual), one.purpose))
                .toList();
    }
}
