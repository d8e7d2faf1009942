package dev.drover.core.runtime;

import java.util.List;

/** Understands what one start of a program prints, line by line. What it does not know it passes over. */
public interface Reading {
    /**
     * What the line tells; nothing when it is of no interest.
     *
     * @throws Unreadable when it is not in the program's language
     */
    List<Told> read(String line) throws Unreadable;

    /** What was still being said when the program ended. */
    default List<Told> rest() {
        return List.of();
    }

    /** A line that is no word of the program. */
    final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        public Unreadable(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
