package dev.drover.provider.database;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;

/** Tells whether the database answers. It is asked at most once a second, however many want to know. */
public final class Pulse {
    private static final Duration FRESH = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final PostgresDatabase database;
    private final ReentrantLock asking = new ReentrantLock();
    private volatile boolean beats = true;
    private volatile long askedAt = System.nanoTime() - FRESH.toNanos();

    public Pulse(PostgresDatabase database) {
        this.database = database;
    }

    /** Whether it answered when last asked; who comes while somebody asks gets the answer before. */
    public boolean beats() {
        if (System.nanoTime() - askedAt >= FRESH.toNanos() && asking.tryLock()) {
            try {
                beats = answersInTime();
                askedAt = System.nanoTime();
            } finally {
                asking.unlock();
            }
        }
        return beats;
    }

    /** On a thread of its own, since neither a pool that is empty nor a server that hangs can be waited for briefly. */
    private boolean answersInTime() {
        FutureTask<Boolean> question = new FutureTask<>(this::answers);
        Thread.ofVirtual().name("pulse").start(question);
        try {
            return question.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return beats;
        } finally {
            question.cancel(true);
        }
    }

    private boolean answers() {
        return database.jdbi()
                .withHandle(handle ->
                        handle.createQuery("select true").mapTo(Boolean.class).one());
    }
}
