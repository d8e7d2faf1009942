package dev.drover.core.run;

import dev.drover.core.id.RunId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Wakes whoever follows a run when its log has grown. A missed ring costs time, never an event: the log is read. */
public final class Bells {
    private final Map<RunId, Bell> hanging = new ConcurrentHashMap<>();
    private final Map<RunId, Bell> keen = new ConcurrentHashMap<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    /** Whoever watches all runs hears every ring; it must not block. */
    public void listen(Runnable listener) {
        listeners.add(listener);
    }

    /** Wakes the followers of a run, if it has any here. */
    public void ring(RunId run) {
        listeners.forEach(Runnable::run);
        ring(hanging.get(run));
        ring(keen.get(run));
    }

    /**
     * Wakes those alone who follow the pieces of replies too: these come many times a second, and others would find
     * nothing new.
     */
    void whisper(RunId run) {
        ring(keen.get(run));
    }

    private static void ring(@Nullable Bell bell) {
        if (bell != null) {
            bell.ring();
        }
    }

    /** Wakes everybody: after a time in which rings may have been lost. */
    public void ringAll() {
        listeners.forEach(Runnable::run);
        hanging.values().forEach(Bell::ring);
        keen.values().forEach(Bell::ring);
    }

    Bell hang(RunId run) {
        return hang(hanging, run);
    }

    void unhang(RunId run) {
        unhang(hanging, run);
    }

    /** One that whispers are heard by too. */
    Bell hangKeenly(RunId run) {
        return hang(keen, run);
    }

    void unhangKeenly(RunId run) {
        unhang(keen, run);
    }

    private static Bell hang(Map<RunId, Bell> bells, RunId run) {
        return bells.compute(run, (id, bell) -> (bell == null ? new Bell() : bell).heldOnceMore());
    }

    private static void unhang(Map<RunId, Bell> bells, RunId run) {
        bells.computeIfPresent(run, (id, bell) -> bell.heldOnceLess() ? bell : null);
    }

    /** One run's bell: it counts its rings, so that none between reading and waiting is missed. */
    static final class Bell {
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition rung = lock.newCondition();
        private long rings;
        private int holders;

        long rings() {
            lock.lock();
            try {
                return rings;
            } finally {
                lock.unlock();
            }
        }

        private void ring() {
            lock.lock();
            try {
                rings++;
                rung.signalAll();
            } finally {
                lock.unlock();
            }
        }

        /** Waits for a ring after the count given; false when the time was up first. */
        boolean await(long after, Duration atMost) throws InterruptedException {
            lock.lock();
            try {
                long left = atMost.toNanos();
                while (rings == after && left > 0) {
                    left = rung.awaitNanos(left);
                }
                return rings != after;
            } finally {
                lock.unlock();
            }
        }

        private Bell heldOnceMore() {
            holders++;
            return this;
        }

        private boolean heldOnceLess() {
            return --holders > 0;
        }
    }
}
