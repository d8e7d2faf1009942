package dev.drover.core.run;

import dev.drover.core.Bell;
import dev.drover.core.id.RunId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Wakes whoever follows a run when its log has grown. A missed ring costs time, never an event: the log is read. */
public final class Bells {
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

    private static Bell hang(Map<RunId, Hung> bells, RunId run) {
        return bells.compute(run, (id, bell) -> (bell == null ? new Hung() : bell).heldOnceMore());
    }

    private static void unhang(Map<RunId, Hung> bells, RunId run) {
        bells.computeIfPresent(run, (id, bell) -> bell.heldOnceLess() ? bell : null);
    }

    /** One run's bell, which goes when nobody follows any more. */
    private static final class Hung extends Bell {
        private int holders;

        private Hung heldOnceMore() {
            holders++;
            return this;
        }

        private boolean heldOnceLess() {
            return --holders > 0;
        }
    }
}
