package dev.drover.provider.database;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import dev.drover.core.Recurring;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Recurring work through db-scheduler: the nodes share one table, and another node takes over from one that died. */
public final class Clockwork implements Recurring, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Clockwork.class.getName());
    private static final Duration HEARTBEAT = Duration.ofSeconds(1);
    private static final int MISSED_HEARTBEATS = 4;
    private static final Duration POLLING = Duration.ofMillis(500);
    private static final Duration LAST_WORK = Duration.ofSeconds(5);
    private static final int AT_ONCE = 8;

    /** What gets as far as here is that the end of a work could not be stored; it is taken for dead, and redone. */
    private static final ThreadFactory THREADS = Thread.ofVirtual()
            .name("clockwork-", 0)
            .uncaughtExceptionHandler(
                    (thread, e) -> LOG.log(System.Logger.Level.WARNING, "{0}: {1}", thread.getName(), e.getMessage()))
            .factory();

    private final DataSource database;
    private final DatabaseClock clock;
    private final String node;
    private final List<RecurringTask<Void>> tasks = new ArrayList<>();
    private @Nullable Scheduler scheduler;

    /** The node is this server's name among those that share the database. */
    public Clockwork(PostgresDatabase database, String node) {
        LibraryLogs.quiet();
        this.node = node;
        this.database = database.joining();
        this.clock = new DatabaseClock(database.jdbi());
    }

    /** The time by which all is done that is done here: the same on all nodes. */
    public InstantSource time() {
        return clock;
    }

    @Override
    public void every(String name, Duration interval, Runnable work) {
        if (scheduler != null) {
            throw new IllegalStateException("too late for " + name + ": the clockwork already runs");
        }
        tasks.add(Tasks.recurring(name, FixedDelay.of(interval)).execute((instance, context) -> guarded(name, work)));
    }

    public void start() {
        Scheduler started = Scheduler.create(database)
                .startTasks(tasks)
                .clock(clock::instant)
                .schedulerName(new SchedulerName.Fixed(node))
                .heartbeatInterval(HEARTBEAT)
                .missedHeartbeatsLimit(MISSED_HEARTBEATS)
                .pollingInterval(POLLING)
                .threads(AT_ONCE)
                .executorService(Executors.newThreadPerTaskExecutor(THREADS))
                .shutdownMaxWait(LAST_WORK)
                .build();
        started.start();
        scheduler = started;
    }

    /** Waits a moment for work under way, then interrupts it. */
    @Override
    public void close() {
        if (scheduler != null) {
            scheduler.stop();
        }
    }

    private static void guarded(String name, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "recurring work failed and will come back: " + name, e);
        }
    }
}
