package dev.drover.core.memory;

import dev.drover.core.Transactions;
import dev.drover.core.id.Ids;
import java.time.Clock;

/** What the classes of this room share: one of each on a server. */
public final class MemoryRoom implements AutoCloseable {
    private final MemoryStore store;
    private final EmbeddingStore embeddingStore;
    private final Transactions transactions;
    private final Ids ids;
    private final Clock clock;
    private final Quota quota;
    private final Indexes indexes;
    private final Embeddings embeddings;
    private final EmbeddingWorker worker;

    public MemoryRoom(Stores stores, Transactions transactions, Embedder embedder, Quota quota, Ids ids, Clock clock) {
        this.store = stores.memories();
        this.embeddingStore = stores.embeddings();
        this.transactions = transactions;
        this.ids = ids;
        this.clock = clock;
        this.quota = quota;
        this.indexes = new Indexes(store, embeddingStore);
        this.embeddings = new Embeddings(embedder);
        this.worker = new EmbeddingWorker(store, embeddingStore, transactions, embeddings, clock);
    }

    /** The stores of this room, which share one database. */
    public record Stores(MemoryStore memories, EmbeddingStore embeddings) {}

    /** Begins to make the vectors that are owed, now and whenever there are new ones. */
    public void start() {
        worker.start();
    }

    /** Looks for vectors that are owed, such as those a lost server was at work on. */
    public void catchUp() {
        worker.wake();
    }

    MemoryStore store() {
        return store;
    }

    Transactions transactions() {
        return transactions;
    }

    Ids ids() {
        return ids;
    }

    Clock clock() {
        return clock;
    }

    Quota quota() {
        return quota;
    }

    Indexes indexes() {
        return indexes;
    }

    /** Whether the vectors kept are of this node's model; those of another node's tell us nothing. */
    public boolean keepsOurVectors() {
        return !embeddings.isBroken()
                && embeddingStore.model().filter(embeddings.model()::equals).isPresent();
    }

    /** The one way to the model on this server. */
    public Embeddings embeddings() {
        return embeddings;
    }

    EmbeddingStore embeddingStore() {
        return embeddingStore;
    }

    EmbeddingWorker worker() {
        return worker;
    }

    @Override
    public void close() {
        worker.close();
        embeddings.close();
    }
}
