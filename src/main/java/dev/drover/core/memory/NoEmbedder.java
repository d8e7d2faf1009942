package dev.drover.core.memory;

import java.util.List;

/** Stands where no model is wanted: memories are found by their words alone. */
public final class NoEmbedder implements Embedder {
    @Override
    public String model() {
        return "none";
    }

    @Override
    public int window() {
        return Memory.LONGEST_VALUE;
    }

    @Override
    public List<float[]> embed(List<String> texts) throws EmbeddingFailure {
        throw new EmbeddingFailure("no embedding model is set", true);
    }
}
