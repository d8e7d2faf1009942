package dev.drover.core.memory;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A memory inside an index: everything that ranks it but its words. */
record IndexEntry(
        UUID id,
        String namespace,
        List<String> tags,
        int importance,
        Instant updatedAt,
        @Nullable Instant expiresAt,
        int length,
        int valueHash,
        boolean isShort,
        List<Vector> vectors) {
    private static final int SHORT = 120;
    private static final int VECTOR_OVERHEAD = 64;
    private static final int OVERHEAD = 300;
    private static final int POSTING = 16;

    static IndexEntry of(Remembered row, int length) {
        return new IndexEntry(
                row.id(),
                row.namespace().intern(),
                row.tags(),
                row.importance(),
                row.updatedAt(),
                row.expiresAt(),
                length,
                row.value().hashCode(),
                isShort(row.value()),
                row.vectors());
    }

    boolean fits(Filter filter) {
        return (filter.namespace() == null || filter.namespace().equals(namespace))
                && tags.containsAll(filter.tags())
                && (expiresAt == null || expiresAt.isAfter(filter.now()));
    }

    /** The cosine of the piece that is nearest; below any cosine when there is none. */
    double cosine(Vector query) {
        double best = -2;
        for (Vector vector : vectors) {
            best = Math.max(best, vector.cosine(query));
        }
        return best;
    }

    /**
     * Whether the values say nearly the same: every piece of one is like that piece of the other. The vector of key and
     * value together is left out, since keys differ. Without vectors only equal values do.
     */
    boolean saysTheSame(IndexEntry other, double alike) {
        if (vectors.isEmpty() || other.vectors.isEmpty()) {
            return valueHash == other.valueHash;
        }
        if (pieces() != other.pieces()) {
            return false;
        }
        for (int i = 0; i < pieces(); i++) {
            if (vectors.get(i).cosine(other.vectors.get(i)) < alike) {
                return false;
            }
        }
        return true;
    }

    private int pieces() {
        return isShort ? vectors.size() - 1 : vectors.size();
    }

    /** Whether a value is told with its key, too. */
    static boolean isShort(String value) {
        return value.length() < SHORT;
    }

    /** About what it takes of the heap, its words included. */
    long bytes() {
        return OVERHEAD
                + (long) POSTING * length
                + vectors.stream()
                        .mapToLong(vector -> VECTOR_OVERHEAD + vector.bytes().length)
                        .sum();
    }

    /** Which memories count; a null namespace stands for all. */
    record Filter(@Nullable String namespace, List<String> tags, Instant now) {}
}
