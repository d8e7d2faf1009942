package dev.drover.core.run;

import dev.drover.core.Bell;
import dev.drover.core.id.RunId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Wakes whoever follows a run when its log has grown. A missed ring costs time, never an event: the log is read. */
public final class Bells {
    private static final int CROWD = 200;
    private static final long CLOSE_BY_NANOS = 8_000_000;

    /** What one reading of the log takes: a crowd that came meanwhile would queue up behind it. */
    private static final long READ_NANOS = 2_000_000;

    private static final long TICK_NANOS = 200_000_000;

    private final Map<RunId, Hung> hanging = new ConcurrentHashMap<>();
    private final Map<RunId, Hung> keen = new ConcurrentHashMap<>();
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

    private static void ring(@Nullable Hung bell) {
        if (bell == null) {
            return;
        }
        if (bell.isCrowded()) {
            bell.ringSoon();
        } else {
            bell.ring();
        }
    }

    /** Wakes everybody: after a time in which rings may have been lost. */
    public void ringAll() {
        listeners.forEach(Runnable::run);
        hanging.values().forEach(Bell::ring);
        keen.values().forEach(Bell::ring);
    }

    Hung hang(RunId run) {
        return hang(hanging, run);
    }

    void unhang(RunId run) {
        unhang(hanging, run);
    }

    /** One that whispers are heard by too. */
    Hung hangKeenly(RunId run) {
        return hang(keen, run);
    }

    void unhangKeenly(RunId run) {
        unhang(keen, run);
    }

    private static Hung hang(Map<RunId, Hung> bells, RunId run) {
        return bells.compute(run, (id, bell) -> (bell == null ? new Hung() : bell).heldOnceMore());
    }

    private static void unhang(Map<RunId, Hung> bells, RunId run) {
        bells.computeIfPresent(run, (id, bell) -> bell.heldOnceLess() ? bell : null);
    }

    /** One run's bell, which goes when nobody follows any more. */
    static final class Hung extends Bell {
        private final SharedReading reading = new SharedReading();
        private final AtomicInteger holders = new AtomicInteger();
        private final AtomicBoolean ringing = new AtomicBoolean();
        private final AtomicBoolean timed = new AtomicBoolean();

        private boolean isCrowded() {
            return holders.get() > CROWD;
        }

        /** Waking thousands takes longer than a tool: what comes close by is told with it, not after it. */
        private void ringSoon() {
            if (ringing.compareAndSet(false, true)) {
                Thread.ofVirtual().name("crowd-bell").start(() -> {
                    LockSupport.parkNanos(CLOSE_BY_NANOS);
                    ringing.set(false);
                    ringOneFirst(READ_NANOS);
                });
            }
        }

        /** A timer for each of thousands costs more than what they wait for: one thread keeps the time of all. */
        @Override
        protected void park(long nanos) {
            if (!isCrowded()) {
                super.park(nanos);
                return;
            }
            if (timed.compareAndSet(false, true)) {
                Thread.ofVirtual().name("crowd-clock").start(this::keepTime);
            }
            LockSupport.park(this);
        }

        /** Until nobody follows any more: some of the crowd may be left when it is none by number. */
        private void keepTime() {
            while (holders.get() > 0) {
                LockSupport.parkNanos(TICK_NANOS);
                wakeLate();
            }
        }

        /** Shared by those who follow the run here; null for whoever is alone and shares with nobody. */
        @Nullable SharedReading reading() {
            return holders.get() > 1 ? reading : null;
        }

        private Hung heldOnceMore() {
            holders.incrementAndGet();
            return this;
        }

        private boolean heldOnceLess() {
            return holders.decrementAndGet() > 0;
        }
    }
}
