package dev.drover.core.run;

import dev.drover.core.Refused;
import dev.drover.core.computer.Uninterrupted;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Works leased runs, each on a virtual thread of its own. */
public final class RunWorker implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RunWorker.class);
    private static final long LONGEST_STOP_SECONDS = 15;
    private static final long DATABASE_AWAY_MILLIS = 500;
    private static final Duration LOOK_FOR_END = Duration.ofMillis(100);
    private static final int LOOKS_FOR_END = 20;

    private final RunRoom room;
    private final RunLog runLog;
    private final Leftovers leftovers;
    private volatile boolean leaving;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, work -> {
        Thread thread = new Thread(work, "run-timer");
        thread.setDaemon(true);
        return thread;
    });

    public RunWorker(RunRoom room, RunLog runLog) {
        this.room = room;
        this.runLog = runLog;
        this.leftovers = new Leftovers(room);
        timer.setRemoveOnCancelPolicy(true);
        // A thread that begins inside a run would carry that run's id into the log for ever.
        timer.prestartCoreThread();
    }

    /** Begins to work on a run whose lease this node holds; returns at once. */
    void begin(Lease lease) {
        execute(() -> {
            if (leaving) {
                free(lease);
            } else {
                work(lease);
            }
        });
    }

    /** Takes up no run any more, and lets go of each at the next boundary of its steps: others go on with it. */
    public void leave() {
        leaving = true;
        room.liveRuns().leave();
    }

    /** Begins to clear away what an earlier server left; returns at once. */
    void clearLeftovers(boolean alone) {
        execute(() -> {
            leftovers.sweep();
            forgetLeftovers(alone);
        });
    }

    void forgetLeftovers(boolean alone) {
        leftovers.forget(alone);
    }

    /** A worker that closes takes nothing more; what it does not take is somebody's at the next claim. */
    private void execute(Runnable work) {
        try {
            threads.execute(work);
        } catch (RejectedExecutionException e) {
            log.debug("the server is stopping", e);
        }
    }

    boolean takesRuns() {
        return isOpen() && !leaving;
    }

    boolean isOpen() {
        return !threads.isShutdown();
    }

    private void work(Lease lease) {
        MDC.put("run_id", lease.run().value().toString());
        LiveRun live = room.liveRuns().begin(lease.run(), Thread.currentThread());
        try {
            takeUp(lease, live).work();
        } catch (LeaseLost e) {
            log.debug("{}", e.getMessage());
            live.lost(false);
        } catch (InterruptedException e) {
            log.debug("run {} was let go of before it was taken up", lease.run());
        } catch (RuntimeException | Error e) {
            broken(lease, live, e);
        } finally {
            clearUp(lease, live);
            room.liveRuns().done(lease.run(), live);
            if (live.cause() == LiveRun.Cause.SHUTDOWN) {
                free(lease);
            }
        }
    }

    /** What cannot be said now, since the database is away, the good-bye of this node will say. */
    private void free(Lease lease) {
        boolean interrupted = Thread.interrupted();
        try {
            room.stores().nodes().free(lease);
        } catch (RuntimeException e) {
            log.debug("run {} is free when this server is gone: {}", lease.run(), e.toString());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** What is not ended here, because the database is away, is taken up anew when {@link Leases} finds it idle. */
    private void broken(Lease lease, LiveRun live, Throwable failure) {
        if (!isOpen()) {
            log.debug("run {} was let go of: {}", lease.run(), failure.toString());
            return;
        }
        log.error("run {} broke", lease.run(), failure);
        Entry.Failed end =
                new Entry.Failed(FailureReason.INTERNAL_ERROR, "an internal error, which is in the server's log");
        try {
            live.undisturbed(() -> room.stores().rows().held(lease).isPresent()
                    && room.ender().end(lease.run(), end, () -> log.debug("run {} ends from outside", lease.run())));
            room.bells().ring(lease.run());
        } catch (RuntimeException e) {
            log.error("the end of run {} could not be stored", lease.run(), e);
        }
    }

    private void clearUp(Lease lease, LiveRun live) {
        if (live.cause() == LiveRun.Cause.HANDED) {
            return;
        }
        boolean onDemand = live.hasComputerOnDemand();
        // A former holder may have been lost while it opened one, before that was told.
        boolean mayHaveLeft = !live.hadComputer() || (onDemand && lease.fence() > 1);
        if (live.cause() == LiveRun.Cause.SHUTDOWN || (onDemand && !mayHaveLeft)) {
            return;
        }
        try {
            live.undisturbed(() -> {
                if (mayHaveLeft) {
                    leftovers.sweep();
                }
                return onDemand || destroyed(lease);
            });
        } catch (RuntimeException e) {
            log.warn("run {} says a while longer that its computer is being stopped: {}", lease.run(), e.toString());
        }
    }

    /** The lease may be lost a moment before the end that cost it is stored. */
    private boolean destroyed(Lease lease) {
        boolean destroyed = room.stores().rows().destroyed(lease.run());
        for (int look = 0; look < LOOKS_FOR_END && !destroyed; look++) {
            Uninterrupted.pause(LOOK_FOR_END);
            destroyed = room.stores().rows().destroyed(lease.run());
        }
        return destroyed;
    }

    /** Reads where the run stands, as often as it takes while the database is away. */
    private Shift takeUp(Lease lease, LiveRun live) throws LeaseLost, InterruptedException {
        while (true) {
            try {
                return takeUpOnce(lease, live);
            } catch (Refused databaseAway) {
                Thread.sleep(DATABASE_AWAY_MILLIS);
            }
        }
    }

    /**
     * The former holder may still be storing an event. So the log is read under the new fence and one event appended:
     * if that goes through, the place behind what was read is taken and the former holder can store nothing more.
     */
    private Shift takeUpOnce(Lease lease, LiveRun live) throws LeaseLost, InterruptedException {
        while (true) {
            Held held = live.undisturbed(() -> room.stores().rows().held(lease))
                    .orElseThrow(() -> new LeaseLost(lease.run()));
            if (held.brief() != null) {
                new Placing(room, runLog).settle(held, live);
            }
            Transcript transcript =
                    held.brief() == null ? new Transcript(held.run().task()) : new Transcript();
            LogEnd end = live.undisturbed(() -> {
                if (held.brief() == null) {
                    room.agents().title(held.run().agent(), Titles.of(held.run().task()));
                }
                return read(held, transcript);
            });
            LogWriter writer = new LogWriter(
                    runLog, lease, end, transcript.usage(), room.workshop().clock());
            if (!held.isTakenOver()) {
                return new Shift(held, live, writer, transcript, room, timer);
            }
            try {
                writer.append(Resumption.of(transcript));
                return new Shift(held, live, writer, transcript, room, timer);
            } catch (LeaseLost e) {
                log.debug("run {}: the former holder stored one more event; reading again", lease.run());
            }
        }
    }

    /** The end comes first: what is stored between the two reads takes the place that we append to. */
    private LogEnd read(Held held, Transcript transcript) {
        RunLogStore events = room.stores().events();
        LogEnd end = events.end(held.run().id());
        // A fork begins with what was copied; any other new run with one remark.
        if (held.isTakenOver() || end.seq() > 1) {
            events.story(held.run().id()).forEach(event -> transcript.take(event.entry()));
        }
        return end;
    }

    /** Lets go of all runs, which stay unfinished on disk for whoever starts next. */
    @Override
    public void close() {
        threads.shutdown();
        room.liveRuns().letGo();
        try {
            if (!threads.awaitTermination(LONGEST_STOP_SECONDS, TimeUnit.SECONDS)) {
                log.warn("{} runs did not let go in {} s", room.liveRuns().count(), LONGEST_STOP_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        timer.shutdownNow();
    }
}
