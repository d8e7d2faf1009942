package dev.drover.core.memory;

import dev.drover.core.id.UserId;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * The indexes of users who searched lately. One is made at a user's first search and brought up to the pool's revision
 * before each later one, so that it is right on every node without a word between them. Together they take a fraction
 * of the heap; of a pool that would not fit alone, the newest memories are found.
 */
final class Indexes {
    private static final int FRACTION = 4;

    private final MemoryStore store;
    private final EmbeddingStore embeddings;
    private final long mostBytes = Runtime.getRuntime().maxMemory() / FRACTION;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<UserId, Slot> slots = new LinkedHashMap<>(16, 0.75f, true);

    Indexes(MemoryStore store, EmbeddingStore embeddings) {
        this.store = store;
        this.embeddings = embeddings;
    }

    /** Reads in the user's index as it stands now; nobody else reads in it meanwhile. */
    <T> T read(UserId user, Function<PoolIndex, T> reading) {
        Slot slot = slot(user);
        slot.lock.lock();
        try {
            return reading.apply(current(user, slot));
        } finally {
            slot.lock.unlock();
            makeRoom();
        }
    }

    void forget(UserId user, java.util.UUID memory) {
        Slot slot = slot(user);
        slot.lock.lock();
        try {
            slot.index.forget(memory);
        } finally {
            slot.lock.unlock();
        }
    }

    private Slot slot(UserId user) {
        lock.lock();
        try {
            return slots.computeIfAbsent(user, any -> new Slot());
        } finally {
            lock.unlock();
        }
    }

    private PoolIndex current(UserId user, Slot slot) {
        long revision = store.revision(user);
        if (slot.index.isWorn()) {
            slot.index = new PoolIndex();
        }
        PoolIndex index = slot.index;
        if (index.revision() < revision) {
            embeddings.changed(user, index.revision(), row -> {
                index.take(row);
                return index.bytes() < mostBytes;
            });
            index.reached(revision);
        }
        slot.bytes = index.bytes();
        return index;
    }

    /** The index used last goes last, and only when it is too large by itself. */
    private void makeRoom() {
        lock.lock();
        try {
            long bytes = slots.values().stream().mapToLong(slot -> slot.bytes).sum();
            Iterator<Slot> oldest = slots.values().iterator();
            while (bytes > mostBytes && oldest.hasNext()) {
                bytes -= oldest.next().bytes;
                oldest.remove();
            }
        } finally {
            lock.unlock();
        }
    }

    private static final class Slot {
        private final ReentrantLock lock = new ReentrantLock();
        private PoolIndex index = new PoolIndex();
        private volatile long bytes;
    }
}
