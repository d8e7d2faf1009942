package dev.drover.core.run;

import dev.drover.core.computer.Computer;
import dev.drover.core.computer.ComputerOnDemand;
import dev.drover.core.computer.Uninterrupted;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A run that a thread of this server is working on, and the one way to end that work from outside. */
final class LiveRun {
    private static final Duration LONGEST_END = Duration.ofSeconds(30);

    private final Thread worker;
    private final AtomicReference<@Nullable Cause> cause = new AtomicReference<>();
    private final ReentrantLock undisturbed = new ReentrantLock();
    private final CountDownLatch gone = new CountDownLatch(1);
    private volatile @Nullable Computer computer;
    private volatile boolean inTool;
    private volatile boolean leaving;

    LiveRun(Thread worker) {
        this.worker = worker;
    }

    void opened(Computer open) {
        computer = open;
    }

    /** Whether its computer, if it ever needs one, is its own affair from first to last. */
    boolean hasComputerOnDemand() {
        return computer instanceof ComputerOnDemand;
    }

    /** What it works in now; empty while it has needed none. */
    Optional<Computer> openComputer() {
        Computer open = computer;
        return open instanceof ComputerOnDemand onDemand ? onDemand.opened() : Optional.ofNullable(open);
    }

    boolean hadComputer() {
        return computer != null;
    }

    /** From here on the end gives what runs in the computer its time; refuses when the end has come already. */
    void enterTool() throws InterruptedException {
        inTool = true;
        if (cause.get() != null) {
            throw new InterruptedException("the run was ended before a tool began");
        }
    }

    void leaveTool() {
        inTool = false;
    }

    /** Ends the work when its step is over. */
    void leave() {
        leaving = true;
    }

    /** Between two steps: this server lets go of the run here, when it is to. */
    void boundary() throws InterruptedException {
        if (leaving) {
            cause.compareAndSet(null, Cause.SHUTDOWN);
            throw new InterruptedException("the run goes on elsewhere");
        }
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
            undisturbed.lock();
            try {
                worker.interrupt();
            } finally {
                undisturbed.unlock();
            }
        });
    }

    /** The worker itself found that somebody took the run away: to end it, or to go on with it. */
    void lost(boolean isOver) {
        cause.compareAndSet(null, isOver ? Cause.STOPPED : Cause.LOST);
    }

    /** Another server works it from now on; nothing was done here. */
    void handed() {
        cause.compareAndSet(null, Cause.HANDED);
    }

    /** Work with the database: an interrupt would cut the connection under it, so the end waits for that long. */
    <T, X extends Exception> T undisturbed(Work<T, X> work) throws X {
        undisturbed.lock();
        boolean interrupted = Thread.interrupted();
        try {
            return work.done();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            undisturbed.unlock();
        }
    }

    /** What is not to be interrupted. */
    @FunctionalInterface
    interface Work<T, X extends Exception> {
        T done() throws X;
    }

    void gone() {
        gone.countDown();
    }

    /** Until the worker has left, its computer too. */
    boolean awaitGone() {
        return Uninterrupted.await(LONGEST_END, nanos -> gone.await(nanos, TimeUnit.NANOSECONDS));
    }

    /** Why a run ends that does not end by itself, and how long what runs in its computer has to clean up. */
    enum Cause {
        STOPPED(Duration.ofSeconds(10)),
        EXPIRED(Duration.ofSeconds(10)),
        OVERDUE(Duration.ofSeconds(10)),
        LOST(Duration.ZERO),
        HANDED(Duration.ZERO),
        SHUTDOWN(Duration.ofSeconds(2));

        private final Duration grace;

        Cause(Duration grace) {
            this.grace = grace;
        }

        Duration grace() {
            return grace;
        }

        /** Whether the run took too long, as a whole or at one step. */
        boolean isLate() {
            return this == EXPIRED || this == OVERDUE;
        }

        /** Whether somebody else goes on with the run, on this machine perhaps. */
        boolean leavesWorkspace() {
            return this == LOST || this == HANDED || this == SHUTDOWN;
        }
    }
}
