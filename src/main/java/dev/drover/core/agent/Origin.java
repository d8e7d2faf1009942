package dev.drover.core.agent;

import java.util.Locale;

/** The dialect an agent was born in. */
public enum Origin {
    JETTSON,
    MAKE,
    TRINITY,
    SLAW;

    /** As it is stored and shown. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
