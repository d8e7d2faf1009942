package dev.drover.core.memory;

import java.util.List;

/**
 * Turns texts into vectors whose cosine tells how near their meanings are. Making one is cheap: whatever is heavy is
 * loaded by the first {@link #embed}.
 */
public interface Embedder {
    /** Vendor and name of the model; vectors of one name can be compared with each other and with no others. */
    String model();

    /** How much text the model reads at once, in Latin letters; what is longer is given to it in pieces. */
    int window();

    /**
     * The vectors of some texts, in their order, all of one length. Blocks, and may be called by several threads.
     *
     * @throws EmbeddingFailure when the model cannot be loaded or does not answer
     */
    List<float[]> embed(List<String> texts) throws EmbeddingFailure, InterruptedException;
}
