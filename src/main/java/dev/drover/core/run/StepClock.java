package dev.drover.core.run;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Ends a run whose step takes too long. */
record StepClock(
        LiveRun live,
        ScheduledExecutorService timer,
        @Nullable Duration limit) {
    /** From here to its closing is one step. */
    Step begin() {
        if (limit == null) {
            return () -> {};
        }
        Future<?> alarm =
                timer.schedule(() -> live.end(LiveRun.Cause.OVERDUE), limit.toMillis(), TimeUnit.MILLISECONDS);
        return () -> alarm.cancel(false);
    }

    /** A step under way. */
    interface Step extends AutoCloseable {
        @Override
        void close();
    }
}
