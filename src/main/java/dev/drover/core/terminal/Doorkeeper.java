package dev.drover.core.terminal;

import dev.drover.core.computer.Uninterrupted;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the gateway in step with the ways in that stand: looks when something changes, every two seconds while there is
 * one, and never while there is none. What counts is always what is stored and what is on, so nothing is missed.
 */
public final class Doorkeeper implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Doorkeeper.class.getName());
    private static final Duration PERIOD = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Gateway gateway;
    private @Nullable Supplier<Set<Gateway.Place>> places;
    private @Nullable Thread watch;
    private boolean asked;

    public Doorkeeper(Gateway gateway) {
        this.gateway = gateway;
    }

    /** Begins to look, and looks. */
    public void begin(Terminals terminals) {
        synchronized (this) {
            places = terminals::places;
            asked = true;
            watch = Thread.ofVirtual().name("ssh-doorkeeper").start(this::watch);
        }
    }

    /** Looks soon. */
    synchronized void look() {
        asked = true;
        notifyAll();
    }

    /** Looks before it returns. */
    void lookNow() throws IOException {
        attend();
        look();
    }

    /** Lets a look that is under way end: an interrupt would break the connection to the database. */
    @Override
    public void close() {
        Thread last;
        synchronized (this) {
            last = watch;
            places = null;
            notifyAll();
        }
        if (last != null) {
            Uninterrupted.await(PATIENCE, nanos -> last.join(Duration.ofNanos(nanos)));
        }
    }

    private void watch() {
        try {
            boolean some = true;
            while (await(some)) {
                try {
                    some = attend();
                } catch (IOException | RuntimeException e) {
                    LOG.log(System.Logger.Level.WARNING, "ways into computers: {0}", e.getMessage());
                    some = true;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean await(boolean some) throws InterruptedException {
        long until = System.nanoTime() + PERIOD.toNanos();
        while (!asked && places != null) {
            long left = (until - System.nanoTime()) / 1_000_000;
            if (some && left <= 0) {
                break;
            }
            wait(some ? left : 0);
        }
        asked = false;
        return places != null;
    }

    /** Whether there is a way in. */
    private boolean attend() throws IOException {
        Supplier<Set<Gateway.Place>> current;
        synchronized (this) {
            current = places;
        }
        if (current == null) {
            return false;
        }
        synchronized (gateway) {
            Set<Gateway.Place> now = current.get();
            gateway.attend(now);
            return !now.isEmpty();
        }
    }
}
