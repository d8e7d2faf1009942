package dev.drover.core.memory;

import dev.drover.core.id.UserId;
import java.util.function.Function;

/**
 * The indexes of users who searched lately. One is made at a user's first search and brought up to the pool's revision
 * before each later one, so that it is right on every node without a word between them. Of a pool that would not fit
 * alone, the newest memories are found.
 */
final class Indexes {
    private static final int SHARE = 4;

    private final MemoryStore store;
    private final EmbeddingStore embeddings;
    private final IndexCache<UserId, PoolIndex> cache = new IndexCache<>(PoolIndex::new, PoolIndex::bytes, SHARE);

    Indexes(MemoryStore store, EmbeddingStore embeddings) {
        this.store = store;
        this.embeddings = embeddings;
    }

    /** Reads in the user's index as it stands now; nobody else reads in it meanwhile. */
    <T> T read(UserId user, Function<PoolIndex, T> reading) {
        return cache.read(user, index -> current(user, index), reading);
    }

    void forget(UserId user, java.util.UUID memory) {
        cache.read(user, index -> index, index -> {
            index.forget(memory);
            return true;
        });
    }

    private PoolIndex current(UserId user, PoolIndex known) {
        long revision = store.revision(user);
        PoolIndex index = known.isWorn() ? new PoolIndex() : known;
        if (index.revision() < revision) {
            embeddings.changed(user, index.revision(), row -> {
                index.take(row);
                return index.bytes() < cache.fullAt();
            });
            index.reached(revision);
        }
        return index;
    }
}
