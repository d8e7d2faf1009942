package dev.drover.core.memory;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.IntToDoubleFunction;

/** The memories of one user as a search needs them, up to some revision. Whoever uses it holds its lock. */
final class PoolIndex {
    private static final double NONE = Double.NEGATIVE_INFINITY;
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
        float[] scores =
                words.scores(Words.of(query), place -> entries.get(place).length());
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

    private List<Scored> best(IndexEntry.Filter filter, IntToDoubleFunction score, double floor) {
        return Ranking.best(entries.size(), place -> counts(place, filter) ? score.applyAsDouble(place) : NONE, floor)
                .stream()
                .map(placed -> new Scored(entries.get(placed.place()), placed.points()))
                .sorted(Comparator.comparingDouble(Scored::score)
                        .reversed()
                        .thenComparing(scored -> scored.entry().id()))
                .toList();
    }

    private boolean counts(int place, IndexEntry.Filter filter) {
        IndexEntry entry = entries.get(place);
        return isAlive(entry, place) && entry.fits(filter);
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
