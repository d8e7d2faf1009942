package dev.drover.api.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.webserver.ConnectionContext;
import io.helidon.websocket.WsSession;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What is to be written on one WebSocket. Helidon's sessions must not be written to by two threads at once, and writing
 * blocks, so everything goes through a bounded line and one thread, which only this socket's peer can hold up.
 */
final class SocketLine implements Socket {
    private static final Logger LOG = Logger.getLogger(SocketLine.class.getName());
    private static final int LONGEST = 512;
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration FAREWELL = Duration.ofSeconds(2);

    /** So often a line is tried, which also keeps the connection from counting as idle. */
    private static final Duration PING = Duration.ofSeconds(20);

    private final BlockingQueue<Piece> pieces = new ArrayBlockingQueue<>(LONGEST);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final WsSession session;
    private final SocketTalk talk;
    private final Patience patience;
    private final Consumer<SocketLine> whenOver;
    private volatile boolean over;

    SocketLine(WsSession session, SocketTalk talk, Patience patience, Consumer<SocketLine> whenOver) {
        this.session = session;
        this.talk = talk;
        this.patience = patience;
        this.whenOver = whenOver;
    }

    void open() {
        talk.opened(this);
        Thread.ofVirtual().name("socket").start(this::write);
    }

    @Override
    public void say(Supplier<@Nullable String> text) {
        put(new Text(text));
    }

    @Override
    public void close(int code, String reason) {
        put(new Farewell(code, reason));
    }

    void pong(BufferData payload) {
        put(new Pong(payload));
    }

    private void put(Piece piece) {
        if (!over && !pieces.offer(piece)) {
            LOG.info("a socket was cut off: its peer does not read what it is sent");
            cut();
        }
    }

    /** The peer is gone, or said farewell. */
    void end() {
        over = true;
        ended.countDown();
    }

    /**
     * Ends it without a word; whoever waits for the peer wakes up. The writer is not interrupted, because it may be
     * reading from the database just then.
     */
    void cut() {
        over = true;
        if (session.socketContext() instanceof ConnectionContext connection) {
            try {
                connection.serverSocket().close();
            } catch (UncheckedIOException e) {
                LOG.log(Level.FINE, "a socket was closed already", e);
            }
        }
    }

    private void write() {
        try {
            long pinged = System.nanoTime();
            while (!over) {
                Piece piece = pieces.poll(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
                if (piece == null) {
                    talk.waited();
                } else {
                    write(piece);
                }
                if (System.nanoTime() - pinged > PING.toNanos()) {
                    pinged = System.nanoTime();
                    put(new Ping());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            // Peers that go away without a word are usual.
            LOG.log(Level.FINE, "a socket broke off", e);
        } finally {
            cut();
            talk.closed();
            whenOver.accept(this);
        }
    }

    private void write(Piece piece) throws InterruptedException {
        switch (piece) {
            case Text text -> {
                String words = text.words().get();
                if (words != null) {
                    patiently(() -> session.send(words, true));
                }
            }
            case Pong pong -> patiently(() -> session.pong(pong.payload()));
            case Ping ping -> patiently(() -> session.ping(BufferData.empty()));
            case Farewell last -> {
                patiently(() -> session.close(last.code(), last.reason()));
                over = true;
                // Closed at once, the connection could lose our last words on their way.
                var _ = ended.await(FAREWELL.toMillis(), TimeUnit.MILLISECONDS);
            }
        }
    }

    private void patiently(Runnable writing) {
        try (Patience.Watch _ = patience.begin()) {
            writing.run();
        }
    }

    /** Something to write. */
    private sealed interface Piece {}

    private record Text(Supplier<@Nullable String> words) implements Piece {}

    private record Pong(BufferData payload) implements Piece {}

    private record Ping() implements Piece {}

    private record Farewell(int code, String reason) implements Piece {}
}
