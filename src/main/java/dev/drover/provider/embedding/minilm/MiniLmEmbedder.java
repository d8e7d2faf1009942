package dev.drover.provider.embedding.minilm;

import dev.drover.core.memory.Embedder;
import dev.drover.core.memory.EmbeddingFailure;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** all-MiniLM-L6-v2, quantized, by ONNX Runtime: 384 dimensions, about 90 MB once it is loaded. */
public final class MiniLmEmbedder implements Embedder {
    /** It reads 256 tokens, which is about that many letters of English with some room. */
    private static final int WINDOW = 800;

    /** Kept in a field, since the log manager forgets the level of a logger that nobody holds. */
    private static final Logger LIBRARY = Logger.getLogger("ai.djl");

    private final Supplier<EmbeddingModel> loader;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable EmbeddingModel loaded;

    /** @param folder where the library unpacks its native code */
    public MiniLmEmbedder(Path folder) {
        this(() -> load(folder));
    }

    MiniLmEmbedder(Supplier<EmbeddingModel> loader) {
        this.loader = loader;
    }

    private static EmbeddingModel load(Path folder) {
        // The tokenizer's library asks the cloud where it runs and reports to its makers, unless it is told not to.
        System.setProperty("OPT_OUT_TRACKING", "true");
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("DJL_CACHE_DIR", folder.toString());
        LIBRARY.setLevel(Level.SEVERE);
        return new AllMiniLmL6V2QuantizedEmbeddingModel(Runnable::run);
    }

    @Override
    public String model() {
        return "minilm/all-minilm-l6-v2-q";
    }

    @Override
    public int window() {
        return WINDOW;
    }

    @Override
    public List<float[]> embed(List<String> texts) throws EmbeddingFailure, InterruptedException {
        EmbeddingModel model = model(loaded);
        List<float[]> vectors = new ArrayList<>(texts.size());
        for (String text : texts) {
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted while embedding");
            }
            // The tokenizer wants something to look at.
            vectors.add(model.embed(text.isBlank() || text.trim().isEmpty() ? "." : text)
                    .content()
                    .vector());
        }
        return vectors;
    }

    private EmbeddingModel model(@Nullable EmbeddingModel known) throws EmbeddingFailure {
        if (known != null) {
            return known;
        }
        lock.lock();
        try {
            EmbeddingModel now = loaded;
            if (now == null) {
                now = loader.get();
                loaded = now;
            }
            return now;
        } catch (LinkageError | RuntimeException e) {
            throw new EmbeddingFailure("its library cannot be loaded: " + e, true, e);
        } finally {
            lock.unlock();
        }
    }
}
