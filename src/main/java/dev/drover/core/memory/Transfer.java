package dev.drover.core.memory;

import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.id.MemoryId;
import dev.drover.core.id.UserId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Takes many memories in at once, and gives all of them out. */
public final class Transfer {
    /** So many items one import may have. */
    public static final int MOST_ITEMS = 1_000;

    private static final int BATCH = 100;
    private static final int PAGE = 200;

    private final MemoryRoom room;
    private final Memories memories;

    public Transfer(MemoryRoom room, Memories memories) {
        this.room = room;
        this.memories = memories;
    }

    /**
     * Puts each item. Those that do not fit are told, and the others go in; refused only when the pool was full before
     * the first.
     *
     * @param items each makes its wish, or refuses
     * @param skipKnown whether a memory that lives already stays as it is
     */
    public Imported take(UserId user, List<Supplier<PutMemory>> items, boolean skipKnown) {
        Refused.when(items.size() > MOST_ITEMS, "memories", "holds " + items.size() + " items; at most 1,000");
        Tally tally = new Tally();
        for (int from = 0; from < items.size(); from += BATCH) {
            int start = from;
            int end = Math.min(items.size(), from + BATCH);
            // All of a batch is kept or none, and so is what is counted of it.
            Tally batch = room.transactions().call(() -> taken(user, items, start, end, skipKnown));
            tally.add(batch);
        }
        room.worker().wake();
        Problem.MemoryFull full = tally.full;
        if (full != null && tally.imported + tally.skipped == 0) {
            throw new Refused(full);
        }
        return new Imported(tally.imported, tally.skipped, tally.failed);
    }

    private Tally taken(UserId user, List<Supplier<PutMemory>> items, int from, int end, boolean skipKnown) {
        Tally tally = new Tally();
        Instant now = room.clock().instant().truncatedTo(ChronoUnit.MILLIS);
        for (int i = from; i < end; i++) {
            try {
                PutMemory order = items.get(i).get();
                tally.count(skipKnown ? memories.writeUnlessKnown(user, order, now) : memories.write(user, order, now));
            } catch (Refused e) {
                tally.failed.add(new Failed(i, e.problem()));
                if (e.problem() instanceof Problem.MemoryFull full) {
                    tally.full = full;
                }
            }
        }
        return tally;
    }

    /** A page of everything that lives, newest first, after the one given. */
    public List<Memory> give(UserId user, @Nullable String namespace, @Nullable MemoryId after) {
        FindMemories wanted = new FindMemories(namespace, List.of(), null, PAGE, after);
        return room.store().list(user, wanted, room.clock().instant());
    }

    private static final class Tally {
        private final List<Failed> failed = new ArrayList<>();
        private int imported;
        private int skipped;
        private Problem.@Nullable MemoryFull full;

        void count(Memories.Stored stored) {
            if (stored.outcome() == Memories.Outcome.UNCHANGED) {
                skipped++;
            } else {
                imported++;
            }
        }

        void add(Tally other) {
            failed.addAll(other.failed);
            imported += other.imported;
            skipped += other.skipped;
            full = other.full == null ? full : other.full;
        }
    }

    /** What became of the items. */
    public record Imported(int imported, int skipped, List<Failed> failed) {
        public Imported {
            failed = List.copyOf(failed);
        }
    }

    /** An item that did not go in, by its place, and why. */
    public record Failed(int index, Problem problem) {}
}
