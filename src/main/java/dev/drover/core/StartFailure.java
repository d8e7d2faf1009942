package dev.drover.core;

/** Why the server cannot start, in one line fit for the person who started it: what is wrong and what to do. */
public final class StartFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StartFailure(String message) {
        super(message);
    }
}
