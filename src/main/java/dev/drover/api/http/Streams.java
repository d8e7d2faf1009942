package dev.drover.api.http;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The event streams that are open. Each pulls from its source on the thread of its request, so a reader that lags costs
 * no more than the batch it has not taken; one that takes nothing at all is cut off by {@link Patience} and may come
 * back with the last id it saw.
 */
final class Streams implements AutoCloseable {
    private final Duration heartbeat;
    private final Patience patience;
    private final Set<Stream> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    Streams(Duration heartbeat, Patience patience) {
        this.heartbeat = heartbeat;
        this.patience = patience;
    }

    int count() {
        return open.size();
    }

    /** Writes events until the source ends, the peer goes away or the streams are closed. */
    void run(Frames frames, OutputStream socket) throws IOException {
        Stream stream = new Stream(Thread.currentThread());
        open.add(stream);
        // The peer reads one whole stream or a broken one: the end is written only when nothing failed.
        try (frames) {
            OutputStream out = new PatientOutput(socket, patience);
            pump(stream, frames, new SseWriter(out));
            out.close();
        } finally {
            open.remove(stream);
        }
    }

    private void pump(Stream stream, Frames frames, SseWriter writer) throws IOException {
        writer.begin();
        while (!closed && !frames.ended()) {
            List<Frame> batch = stream.await(frames, heartbeat);
            if (!batch.isEmpty()) {
                writer.write(batch);
            } else if (!closed && !frames.ended()) {
                writer.heartbeat();
            }
        }
    }

    /** Ends every stream, now and later; each reader sees a proper end and comes back elsewhere. */
    @Override
    public void close() {
        closed = true;
        open.forEach(Stream::wake);
    }

    /** A thread that is woken only while it waits for events: an interrupt during a write would break the socket. */
    private final class Stream {
        private final Thread thread;
        private boolean waiting;

        Stream(Thread thread) {
            this.thread = thread;
        }

        List<Frame> await(Frames frames, Duration atMost) {
            synchronized (this) {
                if (closed) {
                    return List.of();
                }
                waiting = true;
            }
            try {
                return frames.next(atMost);
            } catch (InterruptedException e) {
                closedOrInterrupted();
                return List.of();
            } finally {
                synchronized (this) {
                    waiting = false;
                    if (closed) {
                        Thread.interrupted();
                    }
                }
            }
        }

        private void closedOrInterrupted() {
            if (!closed) {
                throw new IllegalStateException("a stream was interrupted by nobody known");
            }
        }

        synchronized void wake() {
            if (waiting) {
                thread.interrupt();
            }
        }
    }
}
