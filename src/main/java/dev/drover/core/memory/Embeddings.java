package dev.drover.core.memory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The embedder, asked on threads of its own: loading and running a model holds a thread for long, and the few that
 * carry all virtual threads must not be among those. The threads come with the first question and go when it is quiet.
 */
public final class Embeddings implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Embeddings.class);
    private static final int AT_ONCE = 2;
    private static final Duration QUIET = Duration.ofSeconds(10);

    /** After a failure that may pass, nobody waits for the model again so soon. */
    private static final long PAUSE_NANOS = Duration.ofSeconds(10).toNanos();

    private final Embedder embedder;
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            AT_ONCE, AT_ONCE, QUIET.toSeconds(), TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
                Thread thread = new Thread(work, "embedding");
                thread.setDaemon(true);
                return thread;
            });
    private volatile boolean broken;
    private volatile boolean loaded;
    private final AtomicBoolean loading = new AtomicBoolean();
    private volatile long pauseUntil = System.nanoTime();

    Embeddings(Embedder embedder) {
        this.embedder = embedder;
        this.broken = embedder instanceof NoEmbedder;
        threads.allowCoreThreadTimeOut(true);
    }

    public String model() {
        return embedder.model();
    }

    /** How much of a text it reads at once, as {@link Pieces} cuts them. */
    public int window() {
        return embedder.window();
    }

    /** Whether asking it is of no use before the next start. */
    public boolean isBroken() {
        return broken;
    }

    /** The direction of a question; empty when the model does not give it in time. Who asks late finds it loaded. */
    Optional<Vector> of(String question, Duration patience) throws InterruptedException {
        if (broken || System.nanoTime() - pauseUntil < 0) {
            return Optional.empty();
        }
        String text = Pieces.of(question, embedder.window()).getFirst();
        Future<List<float[]>> asked = threads.submit(() -> embed(List.of(text)));
        try {
            return Optional.of(Vector.of(
                    asked.get(patience.toMillis(), TimeUnit.MILLISECONDS).getFirst()));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            log.debug("no vector for a search", e);
            return Optional.empty();
        }
    }

    /** The same, but never waits for a model that has yet to be loaded: who asks first only has it loaded. */
    public Optional<Vector> ifLoaded(String question, Duration patience) throws InterruptedException {
        if (loaded) {
            return of(question, patience);
        }
        return loading.compareAndSet(false, true) ? of(question, Duration.ZERO) : Optional.empty();
    }

    /**
     * The directions of a memory: of each piece of its value, and of a short value last with its key too, since alone
     * it may say little.
     */
    List<Vector> of(String key, String value) throws EmbeddingFailure, InterruptedException {
        List<String> texts = new ArrayList<>(Pieces.of(value, embedder.window()));
        if (IndexEntry.isShort(value)) {
            texts.add(key.replace('_', ' ') + ": " + value);
        }
        return of(texts);
    }

    /** The directions of some texts, each within the window; waits for as long as it takes. */
    public List<Vector> of(List<String> texts) throws EmbeddingFailure, InterruptedException {
        Future<List<float[]>> asked = threads.submit(() -> embed(texts));
        try {
            return asked.get().stream().map(Vector::of).toList();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof EmbeddingFailure failure) {
                throw failure;
            }
            throw new EmbeddingFailure(String.valueOf(e.getCause()), false, e);
        }
    }

    private List<float[]> embed(List<String> texts) throws EmbeddingFailure, InterruptedException {
        try {
            List<float[]> vectors = embedder.embed(texts);
            loaded = true;
            return vectors;
        } catch (EmbeddingFailure failure) {
            if (failure.isForGood() && !broken) {
                broken = true;
                log.warn("memory is searched by words only: {} gives no vectors: {}", model(), failure.getMessage());
            }
            pauseUntil = System.nanoTime() + PAUSE_NANOS;
            loading.set(false);
            throw failure;
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
