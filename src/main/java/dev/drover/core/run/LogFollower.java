package dev.drover.core.run;

import dev.drover.core.id.RunId;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Follows one run by reading its log whenever its bell rings, and now and then without. */
final class LogFollower implements Follower {
    private static final int PAGE = 200;
    private static final long NEVER = -1;
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private final Pages pages;
    private final Bells bells;
    private final Semaphore reading;
    private final RunId run;
    private final Bells.Hung bell;
    private long after;
    private boolean ended;

    /** How often the bell had rung when the log was last read to its end: what came since has rung it again. */
    private long exhausted = NEVER;

    /**
     * From behind a place.
     *
     * @param reading permits for reads of the log, shared by all followers
     */
    LogFollower(Pages pages, Bells bells, Semaphore reading, RunId run, long after) {
        this.pages = pages;
        this.bells = bells;
        this.reading = reading;
        this.run = run;
        this.after = after;
        this.bell = pages.withPieces() ? bells.hangKeenly(run) : bells.hang(run);
    }

    /** A way to read a log piece by piece. */
    interface Pages {
        /** What comes behind a place, in order, the last event of the run among it if the piece reaches so far. */
        List<Event> behind(long place);

        long place(Event event);

        boolean isWanted(Event event);

        /** Whether pieces of replies are among it. */
        boolean withPieces();

        /** Equal for all that read the same from the log. */
        Object same();
    }

    /** By steps, of all kinds or those given. */
    static Pages steps(RunLogStore events, RunId run, Set<EventKind> kinds) {
        return new Pages() {
            @Override
            public List<Event> behind(long step) {
                return events.steps(run, new LogQuery(step, PAGE, false, Set.of()));
            }

            @Override
            public long place(Event event) {
                return event.step();
            }

            @Override
            public boolean isWanted(Event event) {
                return kinds.isEmpty() || kinds.contains(EventKind.of(event.entry()));
            }

            @Override
            public boolean withPieces() {
                return false;
            }

            @Override
            public Object same() {
                return "steps";
            }
        };
    }

    /** All of the kinds given, steps or not; the kinds of ends must be among them. */
    static Pages entries(RunLogStore events, RunId run, Set<EventKind> kinds) {
        return new Pages() {
            @Override
            public List<Event> behind(long seq) {
                return events.entries(run, seq, kinds, PAGE);
            }

            @Override
            public long place(Event event) {
                return event.seq();
            }

            @Override
            public boolean isWanted(Event event) {
                return true;
            }

            @Override
            public boolean withPieces() {
                return kinds.contains(EventKind.MODEL_SPOKE);
            }

            @Override
            public Object same() {
                return kinds;
            }
        };
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
            List<Event> page = rings == exhausted ? List.of() : behind(rings, deadline);
            if (!page.isEmpty()) {
                after = pages.place(page.getLast());
                ended = page.getLast().entry() instanceof Entry.Ended;
                List<Event> wanted = wanted(page);
                if (!wanted.isEmpty()) {
                    return wanted;
                }
            } else if (!bell.await(rings, patience(deadline))) {
                exhausted = NEVER;
                if (System.nanoTime() >= deadline) {
                    return List.of();
                }
            }
        }
        return List.of();
    }

    /** Mostly all of it, which thousands share. */
    private List<Event> wanted(List<Event> page) {
        for (Event event : page) {
            if (!pages.isWanted(event)) {
                return page.stream().filter(pages::isWanted).toList();
            }
        }
        return page;
    }

    /** Pieces that another node stores are told of by nobody, and looked for now and then. */
    private Duration patience(long deadline) {
        Duration left = Duration.ofNanos(deadline - System.nanoTime());
        return pages.withPieces() && left.compareTo(LOOK_AGAIN) > 0 ? LOOK_AGAIN : left;
    }

    private List<Event> behind(long rings, long deadline) throws InterruptedException {
        SharedReading shared = bell.reading();
        SharedReading.Reading reading = shared == null
                ? readAlone(rings, deadline)
                : shared.behind(pages.same(), after, rings, deadline, () -> read(deadline));
        if (reading == null) {
            return List.of();
        }
        exhausted = reading.page().size() < PAGE ? reading.rings() : NEVER;
        return reading.page();
    }

    private SharedReading.@Nullable Reading readAlone(long rings, long deadline) throws InterruptedException {
        List<Event> page = read(deadline);
        return page == null ? null : SharedReading.Reading.of(page, rings);
    }

    private @Nullable List<Event> read(long deadline) throws InterruptedException {
        if (!reading.tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
            return null;
        }
        try {
            return pages.behind(after);
        } finally {
            reading.release();
        }
    }

    @Override
    public void close() {
        if (pages.withPieces()) {
            bells.unhangKeenly(run);
        } else {
            bells.unhang(run);
        }
    }
}
