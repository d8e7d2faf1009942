package dev.drover.core.run;

import dev.drover.core.credential.Mask;
import dev.drover.core.model.Delta;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/**
 * Joins the small pieces of a reply to one about every 50 ms, so that a fast model does not flood the log. What may be
 * the beginning of a secret's value waits for the piece that tells.
 */
final class DeltaBuffer implements Consumer<Delta>, AutoCloseable {
    private static final long GATHER_MILLIS = 50;

    private final ScheduledExecutorService timer;
    private final Consumer<Delta> out;
    private final ReentrantLock lock = new ReentrantLock();
    private final StringBuilder text = new StringBuilder();
    private final Mask mask;
    private boolean thinking;
    private boolean scheduled;
    private boolean closed;

    DeltaBuffer(ScheduledExecutorService timer, Mask mask, Consumer<Delta> out) {
        this.timer = timer;
        this.mask = mask;
        this.out = out;
    }

    @Override
    public void accept(Delta delta) {
        lock.lock();
        try {
            if (closed || delta.text().isEmpty()) {
                return;
            }
            boolean isThinking = delta instanceof Delta.Thinking;
            if (isThinking != thinking) {
                flush(text.length());
                thinking = isThinking;
            }
            if (!scheduled) {
                scheduled = true;
                var _ = timer.schedule(this::flushInTime, GATHER_MILLIS, TimeUnit.MILLISECONDS);
            }
            text.append(delta.text());
        } finally {
            lock.unlock();
        }
    }

    private void flushInTime() {
        lock.lock();
        try {
            scheduled = false;
            flush(settled());
        } finally {
            lock.unlock();
        }
    }

    private int settled() {
        return mask.settled(text.toString());
    }

    private void flush(int length) {
        if (length > 0) {
            String shown = mask.hide(text.substring(0, length));
            out.accept(thinking ? new Delta.Thinking(shown) : new Delta.Text(shown));
            text.delete(0, length);
        }
    }

    /** The reply is whole: nothing more comes that could tell. */
    void finish() {
        close(text::length);
    }

    /** Hands out the rest; what comes later is dropped, and so is the beginning of a value whose end never came. */
    @Override
    public void close() {
        close(this::settled);
    }

    private void close(IntSupplier shown) {
        lock.lock();
        try {
            flush(shown.getAsInt());
            closed = true;
        } finally {
            lock.unlock();
        }
    }
}
