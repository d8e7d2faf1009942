package dev.drover.core.run;

/** Where the computer of a run stands. */
public enum ComputerState {
    STARTING,
    RUNNING,
    STOPPING,
    DESTROYED
}
