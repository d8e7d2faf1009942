package dev.drover.core.execution;

/** An agent does as much at once as it may; told to whoever wants more of it, and undoes what was begun. */
public final class CapacityFull extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CapacityFull(String sentence) {
        super(sentence, null, false, false);
    }

    /** The whole sentence. */
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
