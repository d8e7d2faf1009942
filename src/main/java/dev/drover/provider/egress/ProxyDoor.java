package dev.drover.provider.egress;

import dev.drover.core.egress.EgressDoors;
import dev.drover.core.egress.EgressGuard;
import dev.drover.core.egress.Traffic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The open door of one computer: accepts on its socket, so many at a time; the rest wait in the socket's queue. */
final class ProxyDoor implements EgressDoors.Door {
    private static final Logger LOG = LoggerFactory.getLogger(ProxyDoor.class);
    private static final int AT_ONCE = 256;
    private static final long PAUSE_MILLIS = 100;

    private final Path socket;
    private final ServerSocketChannel server;
    private final EgressGuard guard;
    private final Patience patience;
    private final Set<Exchange> open = ConcurrentHashMap.newKeySet();
    private final Semaphore slots = new Semaphore(AT_ONCE);
    private final Wire.Meter meter = new Wire.Meter();
    private final Thread acceptor;
    private volatile boolean closed;

    ProxyDoor(Path socket, ServerSocketChannel server, EgressGuard guard, Patience patience) {
        this.socket = socket;
        this.server = server;
        this.guard = guard;
        this.patience = patience;
        this.acceptor = Thread.ofVirtual().name("egress-door").unstarted(this::accept);
    }

    void start() {
        acceptor.start();
    }

    /** The number of connections under way. */
    int connections() {
        return open.size();
    }

    @Override
    public Traffic traffic() {
        return new Traffic(meter.out().sum(), meter.in().sum());
    }

    /** The acceptor is not interrupted: a connection accepted at that moment would stay open, and nobody's. */
    @Override
    public void close() {
        closed = true;
        slots.release();
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the egress socket '" + socket + "' could not be closed", e);
        } finally {
            open.forEach(Exchange::close);
        }
    }

    private void accept() {
        try {
            while (!closed) {
                slots.acquire();
                acceptOne();
            }
        } catch (InterruptedException e) {
            // The door is being closed.
        }
    }

    private void acceptOne() throws InterruptedException {
        boolean taken = false;
        try {
            serve(server.accept());
            taken = true;
        } catch (IOException e) {
            if (!closed) {
                LOG.warn("the egress door '{}' could not accept a connection", socket, e);
                Thread.sleep(PAUSE_MILLIS);
            }
        } finally {
            if (!taken) {
                slots.release();
            }
        }
    }

    private void serve(SocketChannel client) {
        Exchange exchange = new Exchange(client, guard, patience, meter);
        open.add(exchange);
        if (closed) {
            exchange.close();
        }
        Thread.ofVirtual().name("egress-exchange").start(() -> {
            try {
                exchange.run();
            } finally {
                open.remove(exchange);
                slots.release();
            }
        });
    }
}
