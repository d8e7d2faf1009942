package dev.drover.core.memory;

/** A place for memories, and how many live in it. */
public record Namespace(String name, int memories) {}
