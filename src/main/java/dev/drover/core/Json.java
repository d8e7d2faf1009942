package dev.drover.core;

/** JSON as text that the core carries and never reads; the rings outside parse and write it. */
public record Json(String text) {
    public static final Json EMPTY_OBJECT = new Json("{}");

    @Override
    public String toString() {
        return text;
    }
}
