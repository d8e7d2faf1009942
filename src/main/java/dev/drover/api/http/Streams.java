package dev.drover.api.http;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The event streams that are open. Each pulls from its source on the thread of its request, so a reader that lags costs
 * no more than the batch it has not taken; one that takes nothing at all is cut off by {@link Patience} and may come
 * back with the last id it saw.
 */
final class Streams implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(1);

    private final Duration heartbeat;
    private final Patience patience;
    private final Supplier<Wire> wire;
    private final Set<Stream> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** @param wire the calling thread's connection */
    Streams(Duration heartbeat, Patience patience, Supplier<Wire> wire) {
        this.heartbeat = heartbeat;
        this.patience = patience;
        this.wire = wire;
    }

    int count() {
        return open.size();
    }

    /** Writes events until the source ends, the peer goes away or the streams are closed. */
    void run(Content.Stream content, OutputStream socket) throws IOException {
        Frames frames = content.frames();
        Stream stream = new Stream(Thread.currentThread());
        open.add(stream);
        // The peer reads one whole stream or a broken one: the end is written only when nothing failed.
        try (frames;
                Peer.Watch _ = content.watched() ? wire.get().whenGone(stream::leave) : () -> {}) {
            pump(stream, content, new PatientOutput(socket, patience));
        } finally {
            open.remove(stream);
        }
    }

    private void pump(Stream stream, Content.Stream content, PatientOutput out) throws IOException {
        try {
            pump(stream, content.frames(), new SseWriter(out, wire.get(), content.style()));
            out.close();
        } catch (IOException e) {
            if (!closed && !content.frames().ended()) {
                content.frames().abandoned();
            }
            throw e;
        }
    }

    private void pump(Stream stream, Frames frames, SseWriter writer) throws IOException {
        // Without a word to begin with, a comment is it when no event comes soon: the headers travel with it.
        Duration silence = writer.begin() || heartbeat.compareTo(SOON) < 0 ? heartbeat : SOON;
        while (!closed && !frames.ended()) {
            List<Frame> batch = stream.await(frames, silence);
            silence = heartbeat;
            if (stream.left()) {
                throw new IOException("the reader went away");
            }
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
        private boolean left;

        Stream(Thread thread) {
            this.thread = thread;
        }

        List<Frame> await(Frames frames, Duration atMost) {
            synchronized (this) {
                if (closed || left) {
                    return List.of();
                }
                waiting = true;
            }
            try {
                return frames.next(atMost);
            } catch (InterruptedException e) {
                if (!closed && !left()) {
                    throw new IllegalStateException("a stream was interrupted by nobody known", e);
                }
                return List.of();
            } catch (RuntimeException e) {
                // Waking breaks what the source was reading from just then, such as a connection to the database.
                if (!closed && !left()) {
                    throw e;
                }
                return List.of();
            } finally {
                synchronized (this) {
                    waiting = false;
                    if (closed || left) {
                        Thread.interrupted();
                    }
                }
            }
        }

        /** The peer went away. */
        synchronized void leave() {
            left = true;
            wake();
        }

        synchronized boolean left() {
            return left;
        }

        synchronized void wake() {
            if (waiting) {
                thread.interrupt();
            }
        }
    }
}
