package dev.drover.core.memory;

/** A model gave no vectors. */
public final class EmbeddingFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean forGood;

    /** @param forGood whether it is of no use to try again before the next start */
    public EmbeddingFailure(String message, boolean forGood, Throwable cause) {
        super(message, cause);
        this.forGood = forGood;
    }

    public EmbeddingFailure(String message, boolean forGood) {
        super(message);
        this.forGood = forGood;
    }

    public boolean isForGood() {
        return forGood;
    }
}
