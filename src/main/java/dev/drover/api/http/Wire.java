package dev.drover.api.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One connection, and whether its peer is still there. That is found out by reading, since nothing else tells it; the
 * thread that serves the connection must not read any more then, so a watched connection is not used again.
 */
final class Wire implements Peer {
    /** So much may come unasked, such as a request sent ahead; whoever sends more is there, and is not listened to. */
    private static final int SURPLUS = 64 * 1024;

    private final ConnectionContext context;
    private final BooleanSupplier stopping;
    private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();
    private boolean watched;
    private boolean gone;

    /** @param stopping whether the server stops, which closes connections too */
    Wire(ConnectionContext context, BooleanSupplier stopping) {
        this.context = context;
        this.stopping = stopping;
    }

    /** Writes what is framed already, behind all that was written and flushed to an answer's own stream. */
    void write(byte[] bytes) {
        context.dataWriter().write(BufferData.create(bytes));
    }

    /** Whether somebody reads from it beside the thread that serves it. */
    synchronized boolean watched() {
        return watched;
    }

    @Override
    public Watch whenGone(Runnable action) {
        Listener listener = new Listener(action);
        listeners.add(listener);
        boolean first;
        synchronized (this) {
            first = !watched;
            watched = true;
        }
        if (first) {
            Thread.ofVirtual().name("watch").start(this::listen);
        } else if (isGone()) {
            Thread.ofVirtual().name("watch").start(listener::run);
        }
        return listener;
    }

    private synchronized boolean isGone() {
        return gone;
    }

    private void listen() {
        if (awaitEnd() && !stopping.getAsBoolean()) {
            synchronized (this) {
                gone = true;
            }
            listeners.forEach(Listener::run);
        }
    }

    /** Whether the end came; otherwise so much else came that we stopped to listen. */
    private boolean awaitEnd() {
        DataReader reader = context.dataReader();
        int surplus = 0;
        while (surplus < SURPLUS) {
            try {
                reader.ensureAvailable();
                int come = reader.available();
                reader.skip(come);
                surplus += come;
            } catch (DataReader.InsufficientDataAvailableException end) {
                return true;
            } catch (CloseConnectionException | UncheckedIOException e) {
                if (!isTimeout(e)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The time limit of reading is for peers who should send something; here silence is what we hope for. */
    private static boolean isTimeout(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SocketTimeoutException) {
                return true;
            }
        }
        return false;
    }

    /** One who wants to know. */
    private final class Listener implements Watch {
        private final Runnable action;
        private boolean over;

        Listener(Runnable action) {
            this.action = action;
        }

        synchronized void run() {
            if (!over) {
                over = true;
                action.run();
            }
        }

        @Override
        public void close() {
            listeners.remove(this);
            synchronized (this) {
                over = true;
            }
        }
    }
}
