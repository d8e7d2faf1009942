package dev.drover.core.run;

import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.id.RunId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for runs that are not over and that nothing will ever move. Between a server's death and the moment when
 * another takes its runs up they stand on nothing too: so only what stays so is stuck.
 */
public final class StuckRuns {
    private static final Logger log = LoggerFactory.getLogger(StuckRuns.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);

    /** So long others have to notice that a holder is gone, and to take its runs up, on a busy machine too. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final int LEASES = 3;

    private final List<Supplier<List<Footing>>> rooms;
    private final Duration patience;
    private final LongSupplier nanos;
    private final ReentrantLock looking = new ReentrantLock();
    private final Map<RunId, Long> loose = new HashMap<>();
    private long lookedAt;
    private Sight sight = new Sight(List.of(), Map.of(), false);

    /**
     * @param rooms each tells what its runs stand on, in one query
     * @param lease for how long servers wait for one that is silent
     */
    public StuckRuns(List<Supplier<List<Footing>>> rooms, Duration lease) {
        this(rooms, longer(PATIENCE, lease.multipliedBy(LEASES)), System::nanoTime);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    StuckRuns(List<Supplier<List<Footing>>> rooms, Duration patience, LongSupplier nanos) {
        this.rooms = List.copyOf(rooms);
        this.patience = patience;
        this.nanos = nanos;
        this.lookedAt = nanos.getAsLong() - BETWEEN_LOOKS.toNanos();
    }

    /** @param hasLoose whether runs stand on nothing that may yet be taken up */
    private record Sight(List<Violation> stuck, Map<Why.Waiter, Integer> waiting, boolean hasLoose) {}

    /** How many are stuck, as of some seconds ago at most; what was known when the database is away. */
    public int count() {
        return recent().stuck.size();
    }

    /** The same of those that wait for something named. */
    public int waiting(Why.Waiter waiter) {
        return recent().waiting.getOrDefault(waiter, 0);
    }

    private Sight recent() {
        looking.lock();
        try {
            if (nanos.getAsLong() - lookedAt >= BETWEEN_LOOKS.toNanos()) {
                look();
            }
        } catch (RuntimeException e) {
            log.debug("stuck runs are looked for later: {}", e.toString());
        } finally {
            looking.unlock();
        }
        return sight;
    }

    /** All that are stuck now; takes as long as others have to take a run up, when one stands on nothing. */
    public List<Violation> find() {
        long end = nanos.getAsLong() + patience.toNanos();
        Sight seen = lookNow();
        try {
            while (seen.hasLoose && nanos.getAsLong() < end) {
                Thread.sleep(Math.min(1_000, patience.toMillis()));
                seen = lookNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refused(new Problem.Unavailable("the server is stopping", null));
        }
        return lookNow().stuck;
    }

    private Sight lookNow() {
        looking.lock();
        try {
            return look();
        } finally {
            looking.unlock();
        }
    }

    private Sight look() {
        lookedAt = nanos.getAsLong();
        Map<Why.Waiter, Integer> waiting = new EnumMap<>(Why.Waiter.class);
        List<Violation> stuck = new ArrayList<>();
        Set<RunId> found = new HashSet<>();
        for (Supplier<List<Footing>> room : rooms) {
            for (Footing footing : room.get()) {
                if (footing.waitsFor() != null) {
                    waiting.merge(footing.waitsFor(), 1, Integer::sum);
                } else if (!footing.isFirm()) {
                    found.add(footing.run());
                    if (lookedAt - loose.computeIfAbsent(footing.run(), _ -> lookedAt) >= patience.toNanos()) {
                        stuck.add(violation(footing));
                    }
                }
            }
        }
        loose.keySet().retainAll(found);
        sight = new Sight(List.copyOf(stuck), Map.copyOf(waiting), found.size() > stuck.size());
        return sight;
    }

    private static Violation violation(Footing footing) {
        return new Violation(
                Violation.Kind.STUCK,
                footing.agent(),
                footing.run(),
                0,
                "run " + footing.run() + " is stuck: " + footing.lacks()
                        + "; an operator can stop it (POST /api/v1/runs/" + footing.run()
                        + "/stop), or restart the servers, which take up what they find");
    }
}
