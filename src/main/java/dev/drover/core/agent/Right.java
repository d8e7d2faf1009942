package dev.drover.core.agent;

/** How near somebody is to an agent, from nothing to all (Trinity contract, section 3.6). */
public enum Right {
    NONE,
    /** Somebody it is shared with; the agent itself, and agents that may call it, count as that. */
    SHARED,
    OWNER,
    ADMIN
}
