package dev.drover.core.run;

import dev.drover.core.Bell;
import dev.drover.core.id.RunId;
import dev.drover.core.model.Usage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The way of one run through its lane: it waits for those before it, and then knows what was said in them. */
final class Lane {
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private final LaneStore store;
    private final Bells bells;
    private final LiveRun live;

    Lane(RunRoom room, LiveRun live) {
        this.store = room.stores().lanes();
        this.bells = room.bells();
        this.live = live;
    }

    /** Returns when all runs before this one are over; at once for a run without a lane. */
    void await(Held held) throws InterruptedException {
        UUID lane = held.lane();
        if (lane == null) {
            return;
        }
        Optional<RunId> before = before(lane, held.ordinal());
        while (before.isPresent()) {
            RunId run = before.get();
            Bell bell = bells.hang(run);
            try {
                long rings = bell.rings();
                if (before(lane, held.ordinal()).equals(before)) {
                    bell.await(rings, LOOK_AGAIN);
                }
            } finally {
                bells.unhang(run);
            }
            before = before(lane, held.ordinal());
        }
    }

    private Optional<RunId> before(UUID lane, int ordinal) {
        return Freight.patiently(live, () -> store.openBefore(lane, ordinal));
    }

    /** The session in which the runtime worked for an earlier run. */
    Optional<String> session(Held held, String runtime) {
        UUID lane = held.lane();
        return lane == null
                ? Optional.empty()
                : Freight.patiently(live, () -> store.session(lane, held.ordinal(), runtime));
    }

    /** What earlier runs used in that session. */
    Usage used(Held held, String session) {
        UUID lane = held.lane();
        return lane == null ? Usage.NONE : Freight.patiently(live, () -> store.used(lane, held.ordinal(), session));
    }

    /** What was said in the newest completed runs before this one, oldest first. */
    List<Said> earlier(Held held, int runs) {
        UUID lane = held.lane();
        return lane == null || runs == 0
                ? List.of()
                : Freight.patiently(live, () -> store.earlier(lane, held.ordinal(), runs));
    }
}
