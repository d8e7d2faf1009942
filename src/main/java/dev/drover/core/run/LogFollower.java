package dev.drover.core.run;

import dev.drover.core.id.RunId;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Follows one run by reading its log whenever its bell rings, and now and then without. */
final class LogFollower implements Follower {
    private static final int PAGE = 200;

    private final RunLogStore events;
    private final Bells bells;
    private final RunId run;
    private final Set<EventKind> kinds;
    private final Bells.Bell bell;
    private final Semaphore reading;
    private long after;
    private boolean ended;

    /** @param reading permits for reads of the log, shared by all followers */
    LogFollower(RunLogStore events, Bells bells, Semaphore reading, RunId run, long after, Set<EventKind> kinds) {
        this.events = events;
        this.bells = bells;
        this.reading = reading;
        this.run = run;
        this.after = after;
        this.kinds = Set.copyOf(kinds);
        this.bell = bells.hang(run);
    }

    /** Tells it that the log ended where it begins: there is nothing to wait for. */
    LogFollower overAlready() {
        ended = true;
        return this;
    }

    @Override
    public boolean ended() {
        return ended;
    }

    @Override
    public List<Event> next(Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (!ended) {
            long rings = bell.rings();
            if (!reading.tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                return List.of();
            }
            List<Event> page = read();
            if (!page.isEmpty()) {
                after = page.getLast().step();
                ended = page.getLast().entry() instanceof Entry.Ended;
                List<Event> wanted = page.stream().filter(this::isWanted).toList();
                if (!wanted.isEmpty()) {
                    return wanted;
                }
            } else if (!bell.await(rings, Duration.ofNanos(deadline - System.nanoTime()))) {
                return List.of();
            }
        }
        return List.of();
    }

    private List<Event> read() {
        try {
            return events.steps(run, new LogQuery(after, PAGE, false, Set.of()));
        } finally {
            reading.release();
        }
    }

    private boolean isWanted(Event event) {
        return kinds.isEmpty() || kinds.contains(EventKind.of(event.entry()));
    }

    @Override
    public void close() {
        bells.unhang(run);
    }
}
