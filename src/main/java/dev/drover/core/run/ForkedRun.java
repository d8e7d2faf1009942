package dev.drover.core.run;

/** A new agent that goes on from a step of another's run. */
public record ForkedRun(Spawned made, Entry.Forked from) {}
