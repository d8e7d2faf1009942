package dev.drover.core;

import org.jspecify.annotations.Nullable;

/** Why the server cannot start, in one line for the person who started it: what is wrong, with what, and the remedy. */
public final class StartFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StartFailure(String message) {
        this(message, null);
    }

    public StartFailure(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
