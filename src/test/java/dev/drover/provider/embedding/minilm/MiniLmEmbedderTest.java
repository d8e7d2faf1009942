package dev.drover.provider.embedding.minilm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.core.memory.Embedder;
import dev.drover.core.memory.EmbedderContract;
import dev.drover.core.memory.EmbeddingFailure;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MiniLmEmbedderTest implements EmbedderContract {
    @TempDir
    static Path folder;

    private static final class Loaded {
        static final MiniLmEmbedder EMBEDDER = new MiniLmEmbedder(folder);
    }

    @Override
    public Embedder embedder() {
        return Loaded.EMBEDDER;
    }

    @Test
    void knowsWhatIsMeant() throws Exception {
        List<float[]> vectors = embedder()
                .embed(List.of("What colour does she like?", "favourite colour: blue", "the train leaves at nine"));
        assertThat(EmbedderContract.cosine(vectors.get(0), vectors.get(1))).isGreaterThan(0.5);
        assertThat(EmbedderContract.cosine(vectors.get(0), vectors.get(2))).isLessThan(0.3);
    }

    @Test
    void saysForGoodThatItsLibraryCannotBeLoaded() {
        MiniLmEmbedder broken = new MiniLmEmbedder(() -> {
            throw new UnsatisfiedLinkError("no onnxruntime in java.library.path");
        });
        assertThatThrownBy(() -> broken.embed(List.of("x")))
                .isInstanceOfSatisfying(
                        EmbeddingFailure.class,
                        failure -> assertThat(failure.isForGood()).isTrue())
                .hasMessageContaining("onnxruntime");
    }
}
