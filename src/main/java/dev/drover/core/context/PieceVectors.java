package dev.drover.core.context;

import dev.drover.core.Transactions;
import dev.drover.core.id.ContextId;
import dev.drover.core.memory.Backlog;
import dev.drover.core.memory.EmbeddingFailure;
import dev.drover.core.memory.Embeddings;
import dev.drover.core.memory.MemoryRoom;
import dev.drover.core.memory.Pieces;
import dev.drover.core.memory.Vector;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * Makes the vectors of pieces behind whoever adds a file. What is owed stands in the table, so a restart loses none; a
 * node claims some at a time for a while, and what a lost node claimed comes back.
 */
public final class PieceVectors implements AutoCloseable {
    /** Few, since a run's question to the model waits behind them. */
    private static final int BATCH = 8;

    private static final Duration CLAIM = Duration.ofMinutes(1);

    private final PieceStore store;
    private final MemoryRoom meaning;
    private final Transactions transactions;
    private final Clock clock;
    private final Backlog backlog;

    public PieceVectors(PieceStore store, MemoryRoom meaning, Transactions transactions, Clock clock) {
        this.store = store;
        this.meaning = meaning;
        this.transactions = transactions;
        this.clock = clock;
        this.backlog = new Backlog("files", meaning.embeddings(), this::some);
    }

    /** Begins to make what is owed, now and whenever there is more; memory has begun before. */
    public void start() {
        if (meaning.keepsOurVectors()) {
            transactions.run(() -> store.adopt(meaning.embeddings().model()));
            backlog.start();
        }
    }

    /** Looks for vectors that are owed, such as those a lost server was at work on. */
    public void wake() {
        backlog.wake();
    }

    private boolean some() throws EmbeddingFailure, InterruptedException {
        Embeddings embeddings = meaning.embeddings();
        String model = embeddings.model();
        Instant now = clock.instant();
        List<PieceStore.Owed> owed = transactions.call(() -> store.claim(model, BATCH, now, now.plus(CLAIM)));
        SequencedMap<PieceStore.Place, List<Vector>> made = new LinkedHashMap<>();
        try {
            for (PieceStore.Owed each : owed) {
                made.put(each.place(), embeddings.of(Pieces.of(each.text(), embeddings.window())));
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

    /** Files are locked in one order everywhere, so that no two nodes wait for each other. */
    private void store(SequencedMap<PieceStore.Place, List<Vector>> made, String model) {
        TreeMap<ContextId, List<PieceStore.Place>> byFile = new TreeMap<>(Comparator.comparing(ContextId::value));
        made.keySet()
                .forEach(place -> byFile.computeIfAbsent(place.context(), any -> new ArrayList<>())
                        .add(place));
        byFile.forEach((file, places) -> store.nextRevision(file)
                .ifPresent(revision -> places.forEach(
                        place -> store.store(place, model, made.getOrDefault(place, List.of()), revision))));
    }

    @Override
    public void close() {
        backlog.close();
    }
}
