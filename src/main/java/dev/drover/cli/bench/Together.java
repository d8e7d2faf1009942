package dev.drover.cli.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Work that is done by several at once, and waiting for it. */
final class Together {
    private Together() {}

    /** One of many pieces of work. */
    interface Piece<T> {
        T work(int number) throws IOException, InterruptedException;
    }

    /** Does so many pieces with so many threads; the results in order of their numbers. */
    static <T> List<T> on(int threads, int pieces, Piece<T> piece) throws IOException, InterruptedException {
        List<Callable<T>> works = IntStream.range(0, pieces)
                .<Callable<T>>mapToObj(number -> () -> piece.work(number))
                .toList();
        ExecutorService workers =
                Executors.newFixedThreadPool(threads, Thread.ofVirtual().factory());
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> done : workers.invokeAll(works)) {
                results.add(done.get());
            }
            return results;
        } catch (ExecutionException e) {
            throw new IOException(String.valueOf(e.getCause()), e);
        } finally {
            workers.shutdownNow();
        }
    }

    /** Waits until it holds; after that long it is an error, which tells how far it came. */
    static void await(Duration atMost, BooleanSupplier holds, Supplier<String> state)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new IOException("after %d s only %s".formatted(atMost.toSeconds(), state.get()));
            }
            Thread.sleep(20);
        }
    }
}
