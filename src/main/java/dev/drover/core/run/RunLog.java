package dev.drover.core.run;

import dev.drover.core.Refused;
import dev.drover.core.Transactions;
import dev.drover.core.id.RunId;
import dev.drover.core.usage.AgentTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The truth about every run. One committer a node drains whatever waits into one transaction, so that many runs share
 * the price of one flush to disk; whoever appended waits for that commit. Followers hear of it only afterwards.
 */
public final class RunLog implements LogKeeper, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RunLog.class);
    private static final int LARGEST_BATCH = 512;
    private static final long DATABASE_AWAY_MILLIS = 250;
    private static final long LOOK_UP_MILLIS = 200;

    private final RunStores stores;
    private final Transactions transactions;
    private final RunNotices notices;
    private final Bells bells;
    private final RunHooks hooks;
    private final BlockingQueue<Append> waiting = new LinkedBlockingQueue<>();
    private final Thread committer;
    private volatile boolean closing;

    @SuppressWarnings("this-escape") // The thread starts last, when everything is in place.
    public RunLog(RunRoom room) {
        this.stores = room.stores();
        this.transactions = room.transactions();
        this.notices = room.notices();
        this.bells = room.bells();
        this.hooks = room.hooks();
        this.committer = Thread.ofVirtual().name("run-log").start(this::commitForever);
    }

    @Override
    public EventCodec codec() {
        return stores.events().codec();
    }

    @Override
    public Append submit(Append append) {
        if (closing) {
            append.fail(stopping());
            return append;
        }
        waiting.add(append);
        // The committer may have left between the two, and then nobody else would settle it.
        if (closing && !committer.isAlive() && waiting.remove(append)) {
            append.fail(stopping());
        }
        return append;
    }

    private static RuntimeException stopping() {
        return new IllegalStateException("the server is stopping");
    }

    private void commitForever() {
        List<Append> batch = new ArrayList<>();
        while (!closing || !waiting.isEmpty()) {
            Append first = poll();
            if (first != null) {
                batch.clear();
                batch.add(first);
                waiting.drainTo(batch, LARGEST_BATCH - 1);
                commitOrFail(batch);
            }
        }
    }

    private @Nullable Append poll() {
        try {
            return waiting.poll(LOOK_UP_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            log.debug("nobody should interrupt the committer; it ends by close()", e);
            return null;
        }
    }

    /** Whatever goes wrong, the committer lives on: all runs of this node wait for it. */
    private void commitOrFail(List<Append> batch) {
        try {
            commit(batch);
        } catch (RuntimeException | Error e) {
            log.error("the log broke under a batch of {} appends", batch.size(), e);
            RuntimeException why = new IllegalStateException("the log broke", e);
            batch.forEach(append -> append.fail(why));
        }
    }

    /** Together if it goes, else one by one, so that one stale holder costs nobody else. */
    private void commit(List<Append> batch) {
        List<Append> storable = new ArrayList<>();
        for (Append append : batch) {
            if (!append.fallsWithItsPredecessor()) {
                storable.add(append);
            }
        }
        if (storable.isEmpty()) {
            return;
        }
        try {
            Set<LogPlace> stored = patiently(() -> store(storable));
            storable.forEach(append -> append.settle(stored.contains(append.place())));
        } catch (Refused databaseAway) {
            storable.forEach(append -> append.fail(databaseAway));
        } catch (RuntimeException e) {
            if (storable.size() == 1) {
                settleAfter(e, storable.getFirst());
            } else {
                log.debug("a batch of {} appends goes one by one: {}", storable.size(), e.toString());
                storable.forEach(append -> commit(List.of(append)));
            }
        }
    }

    /** While the database is away everybody waits for it: a run in flight loses nothing. */
    private <T> T patiently(Supplier<T> work) {
        while (true) {
            try {
                return work.get();
            } catch (Refused databaseAway) {
                if (closing || !pause()) {
                    throw databaseAway;
                }
            }
        }
    }

    /** A place that is taken is either ours, from a commit whose answer was lost, or somebody else's. */
    private void settleAfter(RuntimeException failure, Append append) {
        try {
            if (patiently(() -> stores.events().holds(append))) {
                append.settle(true);
            } else if (failure instanceof StaleHolder || patiently(() -> isTaken(append.place()))) {
                append.settle(false);
            } else {
                log.error("cannot store events of run {}", append.lease().run(), failure);
                append.fail(failure);
            }
        } catch (RuntimeException e) {
            append.fail(failure);
        }
    }

    private boolean isTaken(LogPlace place) {
        return stores.events().end(place.run()).seq() >= place.seq();
    }

    /** The places that were taken. The run's row comes first, so that a stop at the same moment waits its turn. */
    private Set<LogPlace> store(List<Append> batch) {
        Set<LogPlace> stored = transactions.call(() -> {
            List<AgentTime> worked = new ArrayList<>();
            for (Append append : batch) {
                change(append, worked);
            }
            stores.rows().use(batch);
            Set<LogPlace> inserted = stores.events().insert(batch);
            notices.grown(stepsOf(batch, inserted));
            Map<RunId, RunStatus> changes = changesOf(batch, inserted);
            if (!changes.isEmpty()) {
                hooks.changed(changes, stores.views()::of);
            }
            stores.usage().add(worked);
            return inserted;
        });
        Set<RunId> told = stepsOf(batch, stored);
        told.forEach(bells::ring);
        stored.stream()
                .map(LogPlace::run)
                .distinct()
                .filter(run -> !told.contains(run))
                .forEach(bells::whisper);
        return stored;
    }

    private void change(Append append, List<AgentTime> worked) {
        RunChange change = append.change();
        if (change == null) {
            return;
        }
        Instant at = append.events().getLast().at();
        if (change instanceof RunChange.Ended) {
            stores.rows().worked(append.lease().run(), at).ifPresent(worked::add);
        }
        if (!stores.rows().change(append.lease(), change, at)) {
            throw new StaleHolder();
        }
    }

    private static Set<RunId> stepsOf(List<Append> batch, Set<LogPlace> stored) {
        Set<RunId> told = new HashSet<>();
        for (Append append : batch) {
            if (stored.contains(append.place()) && append.events().stream().anyMatch(event -> event.step() > 0)) {
                told.add(append.lease().run());
            }
        }
        return told;
    }

    private static Map<RunId, RunStatus> changesOf(List<Append> batch, Set<LogPlace> stored) {
        Map<RunId, RunStatus> changes = new HashMap<>();
        for (Append append : batch) {
            RunChange change = append.change();
            if (change != null && stored.contains(append.place())) {
                changes.put(append.lease().run(), change.status());
            }
        }
        return changes;
    }

    private static boolean pause() {
        try {
            Thread.sleep(DATABASE_AWAY_MILLIS);
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    /** Stores what waits, then stops. Never by interrupt, which would break the connection under a commit. */
    @Override
    public void close() {
        closing = true;
        try {
            committer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        List<Append> late = new ArrayList<>();
        waiting.drainTo(late);
        late.forEach(append -> append.fail(stopping()));
    }

    /** Rolls a batch back: one of it changes a run under an old fence. */
    private static final class StaleHolder extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
