package dev.drover.cli.bench;

import java.io.IOException;

/** Looks at a server's heap now and then and remembers the most. */
final class HeapWatch implements AutoCloseable {
    private static final long PAUSE_MILLIS = 100;

    private final Server server;
    private final Thread thread;
    private volatile double most;

    private HeapWatch(Server server) {
        this.server = server;
        this.thread = Thread.ofVirtual().name("heap-watch").unstarted(this::watch);
    }

    static HeapWatch of(Server server) {
        HeapWatch watch = new HeapWatch(server);
        watch.thread.start();
        return watch;
    }

    private void watch() {
        try {
            while (true) {
                most = Math.max(most, server.heapMebibytes());
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException e) {
            // The end.
        } catch (IOException e) {
            most = Double.NaN; // a peak of half the time would be a wrong number
        }
    }

    double mostMebibytes() {
        return most;
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
