package dev.drover.chaos;

import dev.drover.testing.CountingServer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Knows when a call is under way, since its intent has just been reported outside. */
final class CallWatch {
    private static final int LONGEST_ANSWER_MILLIS = 800;

    private final BlockingQueue<String> tasks = new LinkedBlockingQueue<>();

    CallWatch(CountingServer counter) {
        counter.watch(this::reported);
    }

    /** The task of whichever run reports an intent next; empty when none does for so long. */
    Optional<String> next(Duration atMost) throws InterruptedException {
        tasks.clear();
        return Optional.ofNullable(tasks.poll(atMost.toMillis(), TimeUnit.MILLISECONDS));
    }

    /** Its answer takes a while, so that a request of a server is under way for as long. */
    private void reported(String request) {
        Optional<String> task = Errand.reporter(request);
        if (task.isPresent()) {
            tasks.add(task.get());
            try {
                Thread.sleep(ThreadLocalRandom.current().nextInt(LONGEST_ANSWER_MILLIS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
