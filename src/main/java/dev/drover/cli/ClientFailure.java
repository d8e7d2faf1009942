package dev.drover.cli;

import org.jspecify.annotations.Nullable;

/** A server refused or could not be reached, in words for the person at the terminal. */
final class ClientFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ClientFailure(String message) {
        this(message, null);
    }

    ClientFailure(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
