package dev.drover.core.scenario;

import dev.drover.core.tool.ToolRefusal;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Work with an end to it: on a thread of its own, which is interrupted when the time is up or the caller is. */
final class InTime {
    /** So long what was interrupted may clean up before the next call of its run begins. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private InTime() {}

    static <T> T within(Duration limit, Callable<T> work) throws ToolRefusal, InterruptedException {
        FutureTask<T> task = new FutureTask<>(work);
        Thread worker = Thread.ofVirtual().name("scenario").start(task);
        try {
            return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            worker.interrupt();
            var _ = worker.join(GRACE);
            throw ToolRefusal.failed("no result within " + limit.toSeconds()
                    + " seconds; what was begun may have had its effect all the same");
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case ToolRefusal refusal -> throw refusal;
                case RuntimeException broken -> throw broken;
                case null, default -> throw new IllegalStateException("a scenario broke", e);
            }
        } finally {
            worker.interrupt();
        }
    }
}
