package dev.drover.core.run;

import dev.drover.core.computer.Computer;
import dev.drover.core.computer.ComputerFailure;
import dev.drover.core.computer.ComputerSpec;
import dev.drover.core.model.ModelProfile;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One holder's work on one run, from its computer to its end. This is where whatever goes wrong in a run ends up. */
final class Shift {
    private static final Logger log = LoggerFactory.getLogger(Shift.class);
    private static final int PROCESSES = 256;
    private static final long DISK_BYTES = 1L << 30;

    private final Held held;
    private final LiveRun live;
    private final LogWriter writer;
    private final Transcript transcript;
    private final Workshop workshop;
    private final ScheduledExecutorService timer;
    private final RunWatch watch;
    private @Nullable Computer computer;

    Shift(
            Held held,
            LiveRun live,
            LogWriter writer,
            Transcript transcript,
            Workshop workshop,
            ScheduledExecutorService timer) {
        this.held = held;
        this.live = live;
        this.writer = writer;
        this.transcript = transcript;
        this.workshop = workshop;
        this.timer = timer;
        this.watch = workshop.observer().began(held.run(), held.givenName());
    }

    /** What the caller said of this run. */
    RunOptions options() {
        return held.options();
    }

    /** Works until the run is over, somebody else ended it, or this server lets go of it. */
    void work() {
        RunChange.@Nullable Ended ended = null;
        try {
            Optional<Entry.Ended> end = endOfLoop();
            if (end.isPresent()) {
                RunChange.Ended change = RunChange.Ended.of(end.get());
                writer.append(change, OpenCalls.closed(transcript, workshop, end.get()));
                workshop.observer().ended(held.run().id(), change.status(), change.error());
                ended = change;
            }
        } catch (LeaseLost e) {
            log.debug("{}", e.getMessage());
            live.lost();
        } finally {
            tellLeft(ended);
            leave();
        }
    }

    /** The time of a run counts from here: a computer that is slow to come costs it nothing. */
    private Entry.Ended inTime(Computer opened) throws LeaseLost, InterruptedException, ModelCaller.GaveUp {
        Future<?> deadline =
                timer.schedule(() -> live.end(LiveRun.Cause.EXPIRED), timeLeft().toMillis(), TimeUnit.MILLISECONDS);
        try {
            return loop(opened);
        } finally {
            deadline.cancel(false);
        }
    }

    private void tellLeft(RunChange.@Nullable Ended ended) {
        if (ended != null) {
            watch.left(ended.status(), ended.error());
        } else {
            watch.left(live.cause() == LiveRun.Cause.STOPPED ? RunStatus.STOPPED : RunStatus.RUNNING, null);
        }
    }

    private Duration timeLeft() {
        Duration left = workshop.plan().longestRun().minus(held.worked());
        return left.isNegative() ? Duration.ZERO : left;
    }

    private Optional<Entry.Ended> endOfLoop() throws LeaseLost {
        try {
            return Optional.of(inTime(open()));
        } catch (InterruptedException e) {
            return endOfInterrupt();
        } catch (ComputerFailure e) {
            return endOr(FailureReason.CONTAINER_FAILED, e);
        } catch (ModelCaller.GaveUp e) {
            return endOr(FailureReason.REASONING_UNAVAILABLE, e);
        } catch (RuntimeException e) {
            log.error("run {} broke", held.run().id(), e);
            return endOr(FailureReason.INTERNAL_ERROR, e);
        }
    }

    /** An error that came of being ended is no error of the run. */
    private Optional<Entry.Ended> endOr(FailureReason reason, Exception failure) {
        return live.cause() != null ? endOfInterrupt() : Optional.of(new Entry.Failed(reason, said(failure)));
    }

    private static String said(Exception failure) {
        String message = failure.getMessage();
        // What the house itself broke on may name paths or statements: that is for the log.
        return message == null || failure instanceof RuntimeException
                ? "an internal error, which is in the server's log"
                : message;
    }

    private Optional<Entry.Ended> endOfInterrupt() {
        boolean interrupted = Thread.interrupted();
        log.debug("run {} was told to end: {} {}", held.run().id(), live.cause(), interrupted);
        if (live.cause() != LiveRun.Cause.EXPIRED) {
            return Optional.empty();
        }
        Duration longest = workshop.plan().longestRun();
        return Optional.of(new Entry.Failed(
                FailureReason.MAX_DURATION_EXCEEDED, "the run was over its longest duration of " + longest));
    }

    private Computer open() throws ComputerFailure, InterruptedException, LeaseLost {
        var limits = new ComputerSpec.Limits(
                workshop.plan().memoryBytes(), workshop.plan().cpus(), PROCESSES, DISK_BYTES);
        Computer opened =
                workshop.computers().open(new ComputerSpec(held.run().agent(), limits, Map.of(), workshop.egress()));
        computer = opened;
        live.opened(opened);
        writer.append(new RunChange.Started(), List.of(new Entry.ComputerOpened(opened.isolation())));
        return opened;
    }

    private Entry.Ended loop(Computer opened) throws LeaseLost, InterruptedException, ModelCaller.GaveUp {
        ModelProfile profile = workshop.profiles().named(held.profile());
        Prompts prompts =
                new Prompts(profile, workshop.style(), workshop.toolbox().offers());
        ModelCaller caller = new ModelCaller(workshop.clock(), timer, watch);
        RunLoop.Setup setup = new RunLoop.Setup(
                profile.model(),
                prompts,
                workshop.toolbox(),
                workshop.egress(),
                caller,
                watch,
                workshop.clock(),
                workshop.iterationCap());
        return new RunLoop(live, writer, transcript, setup).work(opened);
    }

    /** A run that is only let go of keeps its workspace for the next holder. */
    private void leave() {
        Computer opened = computer;
        if (opened == null) {
            return;
        }
        // Interrupts that come late must not cut the clean-up short.
        boolean interrupted = Thread.interrupted();
        LiveRun.Cause cause = live.cause();
        try {
            if (cause != null) {
                opened.stop(cause.grace());
            }
            if (cause == null || !cause.leavesWorkspace()) {
                opened.close();
            }
        } catch (RuntimeException e) {
            log.error(
                    "the computer of run {} was not removed whole (interrupted: {})",
                    held.run().id(),
                    interrupted,
                    e);
        }
    }
}
