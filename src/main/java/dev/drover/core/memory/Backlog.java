package dev.drover.core.memory;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes vectors that are owed behind whoever owes them, on a thread of its own, when it is woken. */
public final class Backlog implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Backlog.class);
    private static final Duration QUIET = Duration.ofMillis(50);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);
    private static final Duration PAUSE = Duration.ofSeconds(15);

    private final String of;
    private final Embeddings embeddings;
    private final Work work;
    private final Semaphore wishes = new Semaphore(0);
    private @Nullable Thread thread;
    private volatile boolean closed;

    /** @param of what waits for its vectors, as the log names it */
    public Backlog(String of, Embeddings embeddings, Work work) {
        this.of = of;
        this.embeddings = embeddings;
        this.work = work;
    }

    public void start() {
        wake();
        thread = Thread.ofVirtual().name("vectors-of-" + of).start(this::workForEver);
    }

    public void wake() {
        wishes.release();
    }

    private void workForEver() {
        try {
            while (!closed && !embeddings.isBroken()) {
                wishes.acquire();
                awaitQuiet();
                work();
            }
        } catch (InterruptedException e) {
            log.debug("the server is stopping", e);
        }
    }

    /** What is owed often comes in a row; the model would take the processor from the next of them. */
    private void awaitQuiet() throws InterruptedException {
        long latest = System.nanoTime() + LONGEST_WAIT.toNanos();
        do {
            wishes.drainPermits();
        } while (System.nanoTime() - latest < 0 && wishes.tryAcquire(QUIET.toMillis(), TimeUnit.MILLISECONDS));
    }

    private void work() throws InterruptedException {
        try {
            while (work.some()) {
                log.debug("more vectors may be owed");
            }
        } catch (EmbeddingFailure | RuntimeException e) {
            if (!closed && !embeddings.isBroken()) {
                log.warn("{} wait for their vectors: {}", of, e.getMessage());
                Thread.sleep(PAUSE);
                wake();
            }
        }
    }

    @Override
    public void close() {
        // An interrupt alone may be lost inside the database's driver.
        closed = true;
        Thread running = thread;
        if (running != null) {
            running.interrupt();
        }
    }

    /** Does some of what is owed; false when there was nothing to do. */
    @FunctionalInterface
    public interface Work {
        boolean some() throws EmbeddingFailure, InterruptedException;
    }
}
