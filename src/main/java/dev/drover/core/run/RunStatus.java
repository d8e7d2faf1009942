package dev.drover.core.run;

/** How far a run has come; it only moves forward, and the last three are for ever. */
public enum RunStatus {
    /** No run at all: of an agent that has none yet. */
    IDLE,
    SPAWNING,
    RUNNING,
    COMPLETED,
    STOPPED,
    ERROR;

    public boolean isTerminal() {
        return this == COMPLETED || this == STOPPED || this == ERROR;
    }
}
