package dev.drover.core.model;

/** A piece of a reply while it is being written. */
public sealed interface Delta {
    String text();

    record Text(String text) implements Delta {}

    record Thinking(String text) implements Delta {}
}
