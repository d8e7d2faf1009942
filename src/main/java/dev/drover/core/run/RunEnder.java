package dev.drover.core.run;

import dev.drover.core.Refused;
import dev.drover.core.Transactions;
import dev.drover.core.id.RunId;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Ends a run from outside its loop: takes the lease away from whoever holds it and stores the last event. */
final class RunEnder {
    private static final int TRIES = 10;

    private final RunStores stores;
    private final Transactions transactions;
    private final RunNotices notices;
    private final RunObserver observer;
    private final Clock clock;

    RunEnder(RunStores stores, Transactions transactions, RunNotices notices, RunObserver observer, Clock clock) {
        this.stores = stores;
        this.transactions = transactions;
        this.notices = notices;
        this.observer = observer;
        this.clock = clock;
    }

    /**
     * False when the run was over already. The holder may store an event at the same moment and take the place in the
     * log; then this tries again behind it, and from then on the holder's fence is too old.
     *
     * @param andStore is done in the same transaction
     */
    boolean end(RunId run, Entry.Ended entry, Runnable andStore) {
        for (int attempt = 1; ; attempt++) {
            try {
                boolean ended = transactions.call(() -> endOnce(run, entry, andStore));
                if (ended) {
                    RunChange.Ended change = RunChange.Ended.of(entry);
                    observer.ended(run, change.status(), change.error());
                }
                return ended;
            } catch (Refused e) {
                throw e;
            } catch (RuntimeException e) {
                if (attempt == TRIES) {
                    throw e;
                }
            }
        }
    }

    private boolean endOnce(RunId run, Entry.Ended entry, Runnable andStore) {
        Optional<Lease> seized = stores.rows().seize(run);
        if (seized.isEmpty()) {
            return false;
        }
        Lease lease = seized.get();
        RunLogStore.Position end = stores.events().end(run);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Event last = new Event(run, end.seq() + 1, end.step() + 1, now, entry);
        RunChange.Ended change = RunChange.Ended.of(entry);
        stores.rows().change(lease, change, now);
        stores.events().insert(List.of(new Append(lease, List.of(last), change)));
        notices.grown(Set.of(run));
        andStore.run();
        return true;
    }
}
