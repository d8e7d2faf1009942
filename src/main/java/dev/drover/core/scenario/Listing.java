package dev.drover.core.scenario;

/** Which part of a list is wanted, and in which order. */
public record Listing(int limit, int offset, By by, boolean descending) {
    /** What a list can be sorted by. */
    public enum By {
        ID,
        NAME
    }
}
