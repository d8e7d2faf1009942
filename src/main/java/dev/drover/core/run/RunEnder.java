package dev.drover.core.run;

import dev.drover.core.Refused;
import dev.drover.core.Transactions;
import dev.drover.core.id.RunId;
import dev.drover.core.model.ToolCall;
import dev.drover.core.tool.ToolResult;
import dev.drover.core.usage.AgentTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Ends a run from outside its loop: takes the lease away from whoever holds it and stores the last event. */
final class RunEnder {
    private static final int TRIES = 5;

    private final UUID node;
    private final RunStores stores;
    private final Transactions transactions;
    private final RunNotices notices;
    private final Workshop workshop;
    private final RunHooks hooks;

    RunEnder(RunRoom room) {
        this.node = room.node();
        this.stores = room.stores();
        this.transactions = room.transactions();
        this.notices = room.notices();
        this.workshop = room.workshop();
        this.hooks = room.hooks();
    }

    /**
     * False when the run was over already. The holder may store an event at the same moment and take the place in the
     * log. Then it loses its lease in a transaction of its own, so that one that stores without pause cannot win again
     * and again; the run is this node's until its end is stored, and is taken up like any other if that never happens.
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
                stores.rows().seizeFor(node, run);
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
        List<AgentTime> worked = stores.rows().worked(run, now).stream().toList();
        stores.rows().change(lease, change, now);
        // The end is read before what is open: whatever the holder stores in between takes our place, and we try again.
        LogEnd end = stores.events().end(run);
        Transcript lastTurn = new Transcript("");
        stores.events().lastTurn(run).forEach(event -> lastTurn.take(event.entry()));
        List<Entry> closing = OpenCalls.closed(lastTurn, this::failed, entry);
        List<LogLine> last = end.continued(run, closing, now, stores.events().codec());
        stores.events().insert(List.of(new Append(lease, last, change)));
        notices.grown(Set.of(run));
        hooks.changed(Map.of(run, change.status()), stores.views()::of);
        andStore.run();
        stores.usage().add(worked);
        return true;
    }

    private ToolResult failed(ToolCall call, String reason) {
        return LiveTools.failed(workshop.toolbox(), call, reason);
    }
}
