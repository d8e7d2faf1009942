package dev.drover.core.retention;

import dev.drover.core.Transactions;
import dev.drover.core.agent.Agents;
import dev.drover.core.id.RunId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets go of what is old, a little at a time, so that nobody who reads or appends feels it. Each piece is a transaction
 * that leaves everything whole: whoever comes after a crash goes on with what is left.
 */
public final class Retention implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Retention.class);
    private static final int ROWS_AT_ONCE = 1_000;
    private static final int RUNS_AT_ONCE = 50;
    private static final long PAUSE_MILLIS = 50;

    private final Keeping keeping;
    private final RetentionStores stores;
    private final Agents agents;
    private final Transactions transactions;
    private final Clock clock;
    private volatile boolean closed;

    public Retention(Keeping keeping, RetentionStores stores, Agents agents, Transactions transactions, Clock clock) {
        this.keeping = keeping;
        this.stores = stores;
        this.agents = agents;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Lets go of all that is too old by now; returns when that is done, or the server stops. */
    public void prune() {
        try {
            Instant now = clock.instant();
            Duration logs = keeping.wholeLogs();
            Duration runs = keeping.runs();
            if (logs != null) {
                each("events of runs", () -> pruneLogs(now.minus(logs), logs));
            }
            if (runs != null) {
                each("runs", () -> pruneRuns(now.minus(runs)));
            }
            each("skipped executions", () -> rows(runs, stores.executions()::pruneSkipped));
            each("deliveries", () -> rows(keeping.deliveries(), stores.deliveries()::prune));
            each("entries of the audit", () -> rows(keeping.audit(), stores.audit()::prune));
            each("activities of squads", () -> rows(keeping.audit(), stores.activities()::prune));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Work that tells how much it did. */
    private interface Work {
        long done() throws InterruptedException;
    }

    /** What fails with one kind keeps no other. */
    private static void each(String what, Work work) throws InterruptedException {
        try {
            long count = work.done();
            if (count > 0) {
                log.info("pruned {} {}", count, what);
            }
        } catch (RuntimeException e) {
            log.warn("old {} stay until the next time", what, e);
        }
    }

    /** One piece of rows that are all alike. */
    private interface Piece {
        int prune(Instant before, int most);
    }

    private long rows(@Nullable Duration kept, Piece piece) throws InterruptedException {
        if (kept == null) {
            return 0;
        }
        Instant before = clock.instant().minus(kept);
        return all(() -> piece.prune(before, ROWS_AT_ONCE));
    }

    private long all(IntSupplier piece) throws InterruptedException {
        long sum = 0;
        int done = ROWS_AT_ONCE;
        while (done == ROWS_AT_ONCE && !closed) {
            done = transactions.call(piece::getAsInt);
            sum += done;
            Thread.sleep(PAUSE_MILLIS);
        }
        return sum;
    }

    private long pruneLogs(Instant before, Duration kept) throws InterruptedException {
        String note = "All that stood here and before was pruned: logs are kept for %d days after the end of a run."
                .formatted(kept.toDays());
        long sum = 0;
        List<OldRun> old = stores.old().whole(before, null, RUNS_AT_ONCE);
        while (!old.isEmpty() && !closed) {
            List<RunId> runs = old.stream().map(OldRun::run).toList();
            transactions.run(() -> stores.runs().note(runs, note));
            sum += all(() -> stores.runs().thin(runs, ROWS_AT_ONCE));
            if (!closed) {
                // Last, so that after a crash amid the events whoever comes next finds the run again.
                transactions.run(() -> stores.runs().pruned(runs, clock.instant()));
            }
            old = stores.old().whole(before, old.getLast(), RUNS_AT_ONCE);
        }
        return sum;
    }

    private long pruneRuns(Instant before) throws InterruptedException {
        long sum = 0;
        OldRun last = null;
        do {
            OldRun behind = last;
            List<OldRun> gone = transactions.call(() -> remove(before, behind));
            sum += gone.size();
            last = gone.isEmpty() ? null : gone.getLast();
            Thread.sleep(PAUSE_MILLIS);
        } while (last != null && !closed);
        return sum;
    }

    private List<OldRun> remove(Instant before, @Nullable OldRun behind) {
        List<OldRun> old = stores.old().pruned(before, behind, RUNS_AT_ONCE);
        List<RunId> runs = old.stream().map(OldRun::run).toList();
        if (runs.isEmpty()) {
            return old;
        }
        stores.executions().forget(runs);
        stores.hooks().forget(runs);
        stores.runs().remove(runs);
        for (OldRun run : old) {
            if (run.whole()) {
                stores.artifacts().deleteOf(run.agent());
                stores.runs().forgetSpawn(run.agent());
                agents.prune(run.agent());
            } else if (run.resting()) {
                stores.artifacts().prune(run.agent(), before);
            }
        }
        return old;
    }

    /** Ends what is under way after the piece at hand. */
    @Override
    public void close() {
        closed = true;
    }
}
