package dev.drover.core.run;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What was just read from one log, for all who follow it: of thousands whom an event wakes, one asks the database. */
final class SharedReading {
    private static final int KEPT = 8;

    /** That nothing was there is believed for so long: a ring may have been lost. */
    private static final Duration BELIEVED = Duration.ofMillis(200);

    private final Map<Place, Reading> known = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();

    /** Which pages of a log, and behind what. */
    private record Place(Object pages, long behind) {}

    /**
     * What lay there.
     *
     * @param rings how often the bell had rung before it was read
     * @param at when that was, by {@link System#nanoTime}
     */
    record Reading(List<Event> page, long rings, long at) {
        static Reading of(List<Event> page, long rings) {
            return new Reading(page, rings, System.nanoTime());
        }
    }

    /** One read of the log. */
    interface Read {
        /** Null when its turn did not come in time. */
        @Nullable List<Event> page() throws InterruptedException;
    }

    /**
     * What lies behind a place: as somebody read it, or read now.
     *
     * @param pages equal for those who want the same
     * @param rings of the log's bell so far
     * @param until by {@link System#nanoTime}; nothing is found after it
     * @return null when its turn did not come in time
     */
    @Nullable Reading behind(Object pages, long behind, long rings, long until, Read read) throws InterruptedException {
        Place place = new Place(pages, behind);
        Reading reading = known(place, rings);
        if (reading != null) {
            return reading;
        }
        if (!lock.tryLock(Math.max(0, until - System.nanoTime()), TimeUnit.NANOSECONDS)) {
            return null;
        }
        try {
            reading = known(place, rings);
            return reading == null ? keep(place, rings, read) : reading;
        } finally {
            lock.unlock();
        }
    }

    /** Events never change, so whatever was found is good; more may have come behind it, which the next read finds. */
    private @Nullable Reading known(Place place, long rings) {
        Reading reading = known.get(place);
        if (reading == null) {
            return null;
        }
        boolean isGood = !reading.page.isEmpty()
                || (reading.rings >= rings && System.nanoTime() - reading.at < BELIEVED.toNanos());
        return isGood ? reading : null;
    }

    private @Nullable Reading keep(Place place, long rings, Read read) throws InterruptedException {
        List<Event> page = read.page();
        if (page == null) {
            return null;
        }
        if (known.size() >= KEPT) {
            known.clear(); // those who lag read anew
        }
        Reading reading = Reading.of(page, rings);
        known.put(place, reading);
        return reading;
    }
}
