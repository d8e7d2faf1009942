package dev.drover.core.run;

import dev.drover.core.Refused;
import dev.drover.core.Transactions;
import dev.drover.core.computer.Uninterrupted;
import dev.drover.core.id.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** Ends a run from outside its loop: takes the lease away from whoever holds it and stores the last event. */
final class RunEnder {
    private static final int TRIES = 20;

    private final RunStores stores;
    private final Transactions transactions;
    private final RunNotices notices;
    private final Workshop workshop;

    RunEnder(RunStores stores, Transactions transactions, RunNotices notices, Workshop workshop) {
        this.stores = stores;
        this.transactions = transactions;
        this.notices = notices;
        this.workshop = workshop;
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
                    workshop.observer().ended(run, change.status(), change.error());
                }
                return ended;
            } catch (Refused e) {
                throw e;
            } catch (RuntimeException e) {
                if (attempt == TRIES) {
                    throw e;
                }
                // A holder that stores without pause would otherwise take the place again and again.
                Uninterrupted.pause(
                        Duration.ofMillis(ThreadLocalRandom.current().nextLong(2L * attempt)));
            }
        }
    }

    private boolean endOnce(RunId run, Entry.Ended entry, Runnable andStore) {
        Optional<Lease> seized = stores.rows().seize(run);
        if (seized.isEmpty()) {
            return false;
        }
        Lease lease = seized.get();
        Instant now = workshop.clock().instant();
        RunChange.Ended change = RunChange.Ended.of(entry);
        stores.rows().change(lease, change, now);
        // The end is read before what is open: whatever the holder stores in between takes our place, and we try again.
        LogEnd end = stores.events().end(run);
        Transcript lastTurn = new Transcript("");
        stores.events().lastTurn(run).forEach(event -> lastTurn.take(event.entry()));
        List<Event> last = end.continued(run, OpenCalls.closed(lastTurn, workshop, entry), now);
        stores.events().insert(List.of(new Append(lease, last, change, null)));
        notices.grown(Set.of(run));
        andStore.run();
        return true;
    }
}
