package dev.drover.api.http;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Frames that a test pushes, and whether the server let go of them. */
final class TestingFrames implements Frames {
    private static final Frame LAST = new Frame("", "", "");

    private final LinkedBlockingQueue<Frame> queue = new LinkedBlockingQueue<>();
    private final CountDownLatch opened = new CountDownLatch(1);
    private final CountDownLatch abandoned = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private boolean ended;
    private volatile boolean brittle;

    TestingFrames push(long id, String event, String data) {
        queue.add(new Frame(Long.toString(id), event, data));
        return this;
    }

    TestingFrames end() {
        queue.add(LAST);
        return this;
    }

    boolean awaitOpened() throws InterruptedException {
        return opened.await(20, TimeUnit.SECONDS);
    }

    boolean awaitClosed() throws InterruptedException {
        return closed.await(20, TimeUnit.SECONDS);
    }

    boolean awaitAbandoned() throws InterruptedException {
        return abandoned.await(20, TimeUnit.SECONDS);
    }

    boolean wasAbandoned() {
        return abandoned.getCount() == 0;
    }

    @Override
    public List<Frame> next(Duration atMost) throws InterruptedException {
        opened.countDown();
        Frame frame = polled(atMost);
        ended = LAST.equals(frame);
        return frame == null || ended ? List.of() : List.of(frame);
    }

    private @Nullable Frame polled(Duration atMost) throws InterruptedException {
        try {
            return queue.poll(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            if (brittle) {
                throw new IllegalStateException("broken by an interrupt", e);
            }
            throw e;
        }
    }

    /** From now on an interrupt breaks it, as it breaks a connection to a database. */
    TestingFrames brittle() {
        brittle = true;
        return this;
    }

    @Override
    public boolean ended() {
        return ended;
    }

    @Override
    public void abandoned() {
        abandoned.countDown();
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
