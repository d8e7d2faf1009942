package dev.drover.core.run;

import dev.drover.core.LogContext;
import dev.drover.core.Refused;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
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

    private final RunRoom room;
    private final RunLog runLog;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, work -> {
        Thread thread = new Thread(work, "run-timer");
        thread.setDaemon(true);
        return thread;
    });

    public RunWorker(RunRoom room, RunLog runLog) {
        this.room = room;
        this.runLog = runLog;
        timer.setRemoveOnCancelPolicy(true);
    }

    /** Begins to work on a run whose lease this node holds; returns at once. */
    void begin(Lease lease) {
        if (!threads.isShutdown()) {
            threads.execute(() -> LogContext.run(lease.run().toString()).run(() -> work(lease)));
        }
    }

    private void work(Lease lease) {
        MDC.put("run_id", lease.run().value().toString());
        LiveRun live = room.liveRuns().begin(lease.run(), Thread.currentThread());
        try {
            Shift shift = takeUp(lease, live);
            shift.work();
            if (live.cause() != LiveRun.Cause.SHUTDOWN) {
                room.stores().rows().computer(lease.run(), ComputerState.DESTROYED);
            }
        } catch (LeaseLost e) {
            log.debug("{}", e.getMessage());
        } catch (InterruptedException e) {
            log.debug("run {} was let go of before it was taken up", lease.run());
        } catch (RuntimeException e) {
            log.error("run {} could not be taken up", lease.run(), e);
            room.ender()
                    .end(
                            lease.run(),
                            new Entry.Failed(
                                    FailureReason.INTERNAL_ERROR, "an internal error, which is in the server's log"),
                            () -> log.debug("run {} ended before it was taken up", lease.run()));
        } finally {
            room.liveRuns().done(lease.run(), live);
        }
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
    private Shift takeUpOnce(Lease lease, LiveRun live) throws LeaseLost {
        while (true) {
            Held held = room.stores().rows().held(lease).orElseThrow(() -> new LeaseLost(lease.run()));
            LogWriter writer = new LogWriter(
                    runLog,
                    lease,
                    room.stores().events().end(lease.run()),
                    room.workshop().clock());
            Transcript transcript = new Transcript(held.run().task());
            if (!held.isTakenOver()) {
                room.agents().title(held.run().agent(), Titles.of(held.run().task()));
                return new Shift(held, live, writer, transcript, room.workshop(), timer);
            }
            room.stores().events().story(lease.run()).forEach(event -> transcript.take(event.entry()));
            try {
                writer.append(new Entry.Noted("Resumed after the server was interrupted; " + transcript.iterations()
                        + " iterations are kept."));
                return new Shift(held, live, writer, transcript, room.workshop(), timer);
            } catch (LeaseLost e) {
                log.debug("run {}: the former holder stored one more event; reading again", lease.run());
            }
        }
    }

    /** Lets go of all runs, which stay unfinished on disk for whoever starts next. */
    @Override
    public void close() {
        threads.shutdown();
        room.liveRuns().endAll(LiveRun.Cause.SHUTDOWN);
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
