package dev.drover.core.machine;

import java.util.Locale;

/** Where a machine stands. */
public enum MachineState {
    RUNNING,
    /** Turned off, or never on. */
    STOPPED,
    /** It ended by itself. */
    EXITED;

    /** As it is stored and shown (Trinity contract, section 4.1). */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
