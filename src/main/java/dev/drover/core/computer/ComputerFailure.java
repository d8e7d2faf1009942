package dev.drover.core.computer;

import org.jspecify.annotations.Nullable;

/** A computer could not be had, is not as isolated as it must be, or broke; the message names the remedy. */
public final class ComputerFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean absent;

    public ComputerFailure(String message) {
        this(message, null);
    }

    public ComputerFailure(String message, @Nullable Throwable cause) {
        this(message, cause, false);
    }

    private ComputerFailure(String message, @Nullable Throwable cause, boolean absent) {
        super(message, cause);
        this.absent = absent;
    }

    /** Nobody is there who could make computers: the same may work later. */
    public static ComputerFailure absent(String message, @Nullable Throwable cause) {
        return new ComputerFailure(message, cause, true);
    }

    /** Whether who makes computers was not there at all. */
    public boolean isAbsent() {
        return absent;
    }
}
