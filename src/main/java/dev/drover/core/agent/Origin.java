package dev.drover.core.agent;

/** The dialect an agent was born in. */
public enum Origin {
    JETTSON,
    MAKE,
    TRINITY,
    SLAW
}
