package dev.drover.core.run;

import dev.drover.core.model.Delta;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** Joins the small pieces of a reply to one about every 50 ms, so that a fast model does not flood the log. */
final class DeltaBuffer implements Consumer<Delta>, AutoCloseable {
    private static final long GATHER_MILLIS = 50;

    private final ScheduledExecutorService timer;
    private final Consumer<Delta> out;
    private final ReentrantLock lock = new ReentrantLock();
    private final StringBuilder text = new StringBuilder();
    private boolean thinking;
    private boolean closed;

    DeltaBuffer(ScheduledExecutorService timer, Consumer<Delta> out) {
        this.timer = timer;
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
                flush();
                thinking = isThinking;
            }
            if (text.isEmpty()) {
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
            flush();
        } finally {
            lock.unlock();
        }
    }

    private void flush() {
        if (!text.isEmpty()) {
            out.accept(thinking ? new Delta.Thinking(text.toString()) : new Delta.Text(text.toString()));
            text.setLength(0);
        }
    }

    /** Hands out the rest; what comes later is dropped. */
    @Override
    public void close() {
        lock.lock();
        try {
            flush();
            closed = true;
        } finally {
            lock.unlock();
        }
    }
}
