package dev.drover.core.memory;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.UUID;
import java.util.function.IntToDoubleFunction;

/** The memories of one user as a search needs them, up to some revision. Whoever uses it holds its lock. */
final class PoolIndex {
    /** So deep is each list that a fusion looks at. */
    private static final int DEPTH = 200;

    private static final int FEW_DEAD = 1_000;

    private final List<IndexEntry> entries = new ArrayList<>();
    private final Map<UUID, Integer> places = new HashMap<>();
    private final WordIndex words = new WordIndex();
    private long revision;
    private long bytes;

    /** A changed memory leaves its old place dead and takes a new one. */
    void take(Remembered row) {
        revision = Math.max(revision, row.revision());
        places.remove(row.id());
        if (!row.deleted()) {
            List<String> text = row.words();
            IndexEntry entry = IndexEntry.of(row, text.size());
            places.put(row.id(), entries.size());
            entries.add(entry);
            words.add(text);
            bytes += entry.bytes();
        }
    }

    void forget(UUID id) {
        places.remove(id);
    }

    void reached(long now) {
        revision = Math.max(revision, now);
    }

    long revision() {
        return revision;
    }

    long bytes() {
        return bytes;
    }

    /** Whether it is time to make a new one. */
    boolean isWorn() {
        return entries.size() - places.size() > places.size() + FEW_DEAD;
    }

    /** Best first; the score of the best is its share of itself, 1. */
    List<Scored> byWords(String query, IndexEntry.Filter filter) {
        float[] scores = words.scores(Words.of(query), entries);
        List<Scored> best = best(filter, place -> scores[place], 0);
        double most = best.isEmpty() ? 1 : best.getFirst().score();
        return best.stream()
                .map(scored -> new Scored(scored.entry(), scored.score() / most))
                .toList();
    }

    /** Best first, by cosine, of those above the floor. */
    List<Scored> byMeaning(Vector query, IndexEntry.Filter filter, double floor) {
        return best(filter, place -> entries.get(place).cosine(query), floor);
    }

    private List<Scored> best(IndexEntry.Filter filter, IntToDoubleFunction score, double above) {
        PriorityQueue<Scored> best = new PriorityQueue<>(Comparator.comparingDouble(Scored::score));
        for (int place = 0; place < entries.size(); place++) {
            IndexEntry entry = entries.get(place);
            if (!isAlive(entry, place) || !entry.fits(filter)) {
                continue;
            }
            double points = score.applyAsDouble(place);
            Scored worst = best.peek();
            if (points > above && (best.size() < DEPTH || (worst != null && points > worst.score()))) {
                best.add(new Scored(entry, points));
                if (best.size() > DEPTH) {
                    best.poll();
                }
            }
        }
        return best.stream()
                .sorted(Comparator.comparingDouble(Scored::score)
                        .reversed()
                        .thenComparing(scored -> scored.entry().id()))
                .toList();
    }

    private boolean isAlive(IndexEntry entry, int place) {
        Integer now = places.get(entry.id());
        return now != null && now == place;
    }

    /** Those that count, in no order. */
    List<IndexEntry> all(IndexEntry.Filter filter) {
        return places.values().stream()
                .map(entries::get)
                .filter(entry -> entry.fits(filter))
                .toList();
    }

    /** How much a word tells among these memories. */
    double weight(String word) {
        return words.weight(word);
    }

    /** A memory and its points in some list. */
    record Scored(IndexEntry entry, double score) {}
}
