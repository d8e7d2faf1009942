package dev.drover.core.run;

import dev.drover.core.computer.Computer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A run that a thread of this server is working on, and the one way to end that work from outside. */
final class LiveRun {
    private final Thread worker;
    private final AtomicReference<@Nullable Cause> cause = new AtomicReference<>();
    private volatile @Nullable Computer computer;
    private volatile boolean inTool;

    LiveRun(Thread worker) {
        this.worker = worker;
    }

    void opened(Computer open) {
        computer = open;
    }

    void inTool(boolean now) {
        inTool = now;
    }

    /** Why the work is to end; null while it is not. */
    @Nullable Cause cause() {
        return cause.get();
    }

    /**
     * Ends the work once. Commands that run in the computer get their time to clean up first; a model that is being
     * asked is hung up on at once.
     */
    void end(Cause why) {
        if (!cause.compareAndSet(null, why)) {
            return;
        }
        Thread.ofVirtual().name("run-end").start(() -> {
            Computer open = computer;
            if (inTool && open != null) {
                open.stop(why.grace);
            }
            worker.interrupt();
        });
    }

    enum Cause {
        STOPPED(Duration.ofSeconds(10)),
        EXPIRED(Duration.ofSeconds(10)),
        LOST(Duration.ZERO),
        SHUTDOWN(Duration.ofSeconds(2));

        private final Duration grace;

        Cause(Duration grace) {
            this.grace = grace;
        }
    }
}
