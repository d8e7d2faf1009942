package dev.drover.core.run;

import dev.drover.core.Refused;
import dev.drover.core.Transactions;
import dev.drover.core.id.RunId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The truth about every run. One committer a node drains whatever waits into one transaction, so that many runs share
 * the price of one flush to disk; whoever appended waits for that commit. Followers hear of it only afterwards.
 */
public final class RunLog implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RunLog.class);
    private static final int LARGEST_BATCH = 512;
    private static final long DATABASE_AWAY_MILLIS = 250;
    private static final long LOOK_UP_MILLIS = 200;

    private final RunStores stores;
    private final Transactions transactions;
    private final RunNotices notices;
    private final Bells bells;
    private final BlockingQueue<Append> waiting = new LinkedBlockingQueue<>();
    private final Thread committer;
    private volatile boolean closing;

    @SuppressWarnings("this-escape") // The thread starts last, when everything is in place.
    public RunLog(RunRoom room) {
        this.stores = room.stores();
        this.transactions = room.transactions();
        this.notices = room.notices();
        this.bells = room.bells();
        this.committer = Thread.ofVirtual().name("run-log").start(this::commitForever);
    }

    /** Hands events over in order; {@link Append#await} waits until they are on disk. */
    Append submit(Append append) {
        if (closing) {
            append.fail(new IllegalStateException("the server is stopping"));
        } else {
            waiting.add(append);
        }
        return append;
    }

    private void commitForever() {
        List<Append> batch = new ArrayList<>();
        while (!closing || !waiting.isEmpty()) {
            Append first = poll();
            if (first != null) {
                batch.clear();
                batch.add(first);
                waiting.drainTo(batch, LARGEST_BATCH - 1);
                commit(batch);
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

    /** Together if it goes, else one by one, so that one stale holder costs nobody else. */
    private void commit(List<Append> batch) {
        try {
            Set<RunId> held = store(batch);
            batch.forEach(append -> append.settle(held.contains(append.lease().run())));
        } catch (RuntimeException e) {
            log.debug("a batch of {} appends goes one by one: {}", batch.size(), e.toString());
            batch.forEach(this::commitAlone);
        }
    }

    /** While the database is away the append waits for it: a run in flight loses nothing. */
    private void commitAlone(Append append) {
        boolean waitsForDatabase = true;
        while (waitsForDatabase) {
            waitsForDatabase = false;
            try {
                append.settle(!store(List.of(append)).isEmpty());
            } catch (StaleHolder e) {
                append.settle(false);
            } catch (Refused databaseAway) {
                waitsForDatabase = !closing && pause();
                if (!waitsForDatabase) {
                    append.fail(databaseAway);
                }
            } catch (RuntimeException e) {
                settleAfter(e, append);
            }
        }
    }

    /** A place that is taken is either ours, from a commit whose answer was lost, or somebody else's. */
    private void settleAfter(RuntimeException failure, Append append) {
        try {
            if (stores.events().holds(append.events())) {
                append.settle(true);
            } else if (stores.events().end(append.lease().run()).seq()
                    >= append.events().getFirst().seq()) {
                append.settle(false);
            } else {
                log.error("cannot store events of run {}", append.lease().run(), failure);
                append.fail(failure);
            }
        } catch (RuntimeException e) {
            append.fail(failure);
        }
    }

    /** Whose events were stored. The run's row comes first, so that a stop at the same moment waits its turn. */
    private Set<RunId> store(List<Append> batch) {
        Set<RunId> held = transactions.call(() -> {
            for (Append append : batch) {
                RunChange change = append.change();
                if (change != null
                        && !stores.rows()
                                .change(
                                        append.lease(),
                                        change,
                                        append.events().getLast().at())) {
                    throw new StaleHolder();
                }
            }
            Set<RunId> inserted = stores.events().insert(batch);
            notices.grown(stepsOf(batch, inserted));
            return inserted;
        });
        stepsOf(batch, held).forEach(bells::ring);
        return held;
    }

    private static Set<RunId> stepsOf(List<Append> batch, Set<RunId> held) {
        Set<RunId> told = new HashSet<>();
        for (Append append : batch) {
            RunId run = append.lease().run();
            if (held.contains(run) && append.events().stream().anyMatch(event -> event.step() > 0)) {
                told.add(run);
            }
        }
        return told;
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
    }

    /** Rolls a batch back: one of it changes a run under an old fence. */
    private static final class StaleHolder extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
