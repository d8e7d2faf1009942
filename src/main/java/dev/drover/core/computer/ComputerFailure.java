package dev.drover.core.computer;

import org.jspecify.annotations.Nullable;

/** A computer could not be had, is not as isolated as it must be, or broke; the message names the remedy. */
public final class ComputerFailure extends Exception {
    private static final long serialVersionUID = 1L;

    public ComputerFailure(String message) {
        super(message);
    }

    public ComputerFailure(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
