package dev.drover.core.memory;

import dev.drover.core.Transactions;
import dev.drover.core.id.UserId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the vectors of memories behind whoever puts them. What is owed stands in the table, so a restart loses none; a
 * node claims some at a time for a while, so that no two work on the same; what a lost node claimed comes back.
 */
final class EmbeddingWorker implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EmbeddingWorker.class);
    private static final int BATCH = 16;
    private static final Duration CLAIM = Duration.ofMinutes(1);
    private static final Duration OTHERS_AT_WORK = Duration.ofMillis(20);

    private final MemoryStore memories;
    private final EmbeddingStore store;
    private final Transactions transactions;
    private final Embeddings embeddings;
    private final Clock clock;
    private final Backlog backlog;

    EmbeddingWorker(
            MemoryStore memories, EmbeddingStore store, Transactions transactions, Embeddings embeddings, Clock clock) {
        this.memories = memories;
        this.store = store;
        this.transactions = transactions;
        this.embeddings = embeddings;
        this.clock = clock;
        this.backlog = new Backlog("memories", embeddings, () -> workOnSome(null));
    }

    void start() {
        if (!embeddings.isBroken()) {
            transactions.run(() -> store.adopt(embeddings.model()));
            backlog.start();
        }
    }

    void wake() {
        backlog.wake();
    }

    /** Makes what is owed to a user while the caller waits; false when time or the model did not allow for all. */
    boolean finish(UserId user, Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        try {
            while (System.nanoTime() - end < 0) {
                if (!workOnSome(user)) {
                    if (!store.owes(user)) {
                        return true;
                    }
                    Thread.sleep(OTHERS_AT_WORK);
                }
            }
        } catch (EmbeddingFailure e) {
            log.debug("not all vectors could be made", e);
        }
        return false;
    }

    /** False when nothing was owed, or another model's vectors are the ones to keep. */
    private boolean workOnSome(@Nullable UserId user) throws EmbeddingFailure, InterruptedException {
        String model = embeddings.model();
        if (!store.model().filter(model::equals).isPresent()) {
            return false;
        }
        Instant now = clock.instant();
        List<EmbeddingStore.Owed> owed = transactions.call(() -> store.claim(model, user, BATCH, now, now.plus(CLAIM)));
        SequencedMap<EmbeddingStore.Owed, List<Vector>> made = new LinkedHashMap<>();
        try {
            for (EmbeddingStore.Owed each : owed) {
                made.put(each, embeddings.of(each.key(), each.value()));
            }
        } finally {
            transactions.run(() -> store(made, model));
            // The one that failed stays claimed, so that it does not hold up the others at the next try.
            if (made.size() + 1 < owed.size()) {
                store.release(owed.subList(made.size() + 1, owed.size()));
            }
        }
        return !owed.isEmpty();
    }

    /** Pools are locked in one order everywhere, so that no two nodes wait for each other. */
    private void store(SequencedMap<EmbeddingStore.Owed, List<Vector>> made, String model) {
        SortedMap<UserId, List<EmbeddingStore.Owed>> byUser = new TreeMap<>(Comparator.comparing(UserId::value));
        made.keySet()
                .forEach(each -> byUser.computeIfAbsent(each.user(), any -> new ArrayList<>())
                        .add(each));
        byUser.forEach((user, ofUser) -> {
            long revision = memories.nextRevision(user);
            for (EmbeddingStore.Owed each : ofUser) {
                store.store(each, model, made.getOrDefault(each, List.of()), revision);
            }
        });
    }

    @Override
    public void close() {
        backlog.close();
    }
}
