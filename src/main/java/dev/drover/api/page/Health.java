package dev.drover.api.page;

/** Asked whether the server can work. */
@FunctionalInterface
public interface Health {
    /** {@code healthy}, or another word for what holds it up, such as {@code starting} or {@code database_away}. */
    String state();
}
