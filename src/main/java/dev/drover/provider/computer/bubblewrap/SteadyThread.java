package dev.drover.provider.computer.bubblewrap;

import dev.drover.core.computer.Uninterrupted;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The one thread that starts computers. The kernel ends a computer when its parent dies and takes the parent to be the
 * starting <em>thread</em>, so a short-lived one would take its computers with it.
 */
final class SteadyThread {
    private static final ExecutorService THREAD = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("computer-starter").daemon().factory());

    private SteadyThread() {}

    static Process start(ProcessBuilder builder) throws IOException {
        Future<Process> started = THREAD.submit(builder::start);
        Uninterrupted.await(Duration.ofDays(1), nanos -> ended(started, nanos));
        try {
            return started.resultNow();
        } catch (IllegalStateException e) {
            throw new IOException(started.exceptionNow().getMessage(), started.exceptionNow());
        }
    }

    private static boolean ended(Future<Process> started, long nanos) throws InterruptedException {
        try {
            started.get(nanos, TimeUnit.NANOSECONDS);
            return true;
        } catch (ExecutionException e) {
            return true;
        } catch (TimeoutException e) {
            return false;
        }
    }
}
