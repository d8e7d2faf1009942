package dev.drover.core.memory;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;

/**
 * The indexes used lately, each read by one at a time. Together they take a share of the heap; the one unused for the
 * longest goes first.
 *
 * @param <K> whose index it is
 * @param <I> the index
 */
public final class IndexCache<K, I> {
    private final Supplier<I> fresh;
    private final ToLongFunction<I> bytes;
    private final long mostBytes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<K, Slot<I>> slots = new LinkedHashMap<>(16, 0.75f, true);

    /** @param share one out of so many bytes of the heap is theirs */
    public IndexCache(Supplier<I> fresh, ToLongFunction<I> bytes, int share) {
        this.fresh = fresh;
        this.bytes = bytes;
        this.mostBytes = Runtime.getRuntime().maxMemory() / share;
    }

    /** Whoever fills an index stops here: one that is larger than all may be together is not kept. */
    public long fullAt() {
        return mostBytes - mostBytes / 16;
    }

    /** Brings an index up to date, or puts another in its place, and reads in it; nobody else does meanwhile. */
    public <T> T read(K key, UnaryOperator<I> current, Function<I, T> reading) {
        Slot<I> slot = slot(key);
        slot.lock.lock();
        try {
            slot.index = current.apply(slot.index);
            slot.bytes = bytes.applyAsLong(slot.index);
            return reading.apply(slot.index);
        } finally {
            slot.lock.unlock();
            makeRoom();
        }
    }

    private Slot<I> slot(K key) {
        lock.lock();
        try {
            return slots.computeIfAbsent(key, any -> new Slot<>(fresh.get()));
        } finally {
            lock.unlock();
        }
    }

    /** The index used last goes last, and only when it is too large by itself. */
    private void makeRoom() {
        lock.lock();
        try {
            long all = slots.values().stream().mapToLong(slot -> slot.bytes).sum();
            Iterator<Slot<I>> oldest = slots.values().iterator();
            while (all > mostBytes && oldest.hasNext()) {
                all -= oldest.next().bytes;
                oldest.remove();
            }
        } finally {
            lock.unlock();
        }
    }

    private static final class Slot<I> {
        private final ReentrantLock lock = new ReentrantLock();
        private I index;
        private volatile long bytes;

        Slot(I index) {
            this.index = index;
        }
    }
}
