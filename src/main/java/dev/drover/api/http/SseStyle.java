package dev.drover.api.http;

/** How events are laid out on the wire: readers of the standard take either, those of one product only theirs. */
public enum SseStyle {
    /** A hint when to come back first; then {@code id: }, {@code event: }, {@code data: } with a blank each. */
    SPACED,
    /** Nothing but events: {@code event:}, {@code id:}, {@code data:} without blanks (Make contract, section 3.7). */
    TIGHT
}
