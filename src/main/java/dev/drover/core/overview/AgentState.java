package dev.drover.core.overview;

import java.util.Locale;

/** How an agent of any dialect stands. */
public enum AgentState {
    RUNNING,
    /** It has work, which has not begun. */
    WAITING,
    /** Hired, and not approved yet. */
    PENDING,
    /** Somebody, a spent budget or the rest of its squad holds it. */
    PAUSED,
    /** Its task, its last heartbeat or its computer ended badly. */
    FAILED,
    /** It could work at once. */
    IDLE,
    /** Its computer is turned off. */
    OFF,
    /** It had one task, which is over; or it was terminated. */
    DONE;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static AgentState of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
