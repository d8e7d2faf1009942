package dev.drover.core.context;

import dev.drover.core.id.ContextId;
import dev.drover.core.memory.Ranking;
import dev.drover.core.memory.Vector;
import dev.drover.core.memory.WordIndex;
import dev.drover.core.memory.Words;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The files of one agent as a search needs them. Whoever uses it holds its lock. */
final class FileIndex {
    private static final double NONE = Double.NEGATIVE_INFINITY;
    private static final int OVERHEAD = 300;
    private static final int POSTING = 16;
    private static final int VECTOR_OVERHEAD = 64;

    private final List<PieceStore.Place> places = new ArrayList<>();
    private final List<List<Vector>> vectors = new ArrayList<>();
    private final List<Integer> lengths = new ArrayList<>();
    private final Map<PieceStore.Place, Integer> numbers = new HashMap<>();
    private final Map<ContextId, Long> revisions = new HashMap<>();
    private final WordIndex words = new WordIndex();
    private long bytes;

    /** A piece never changes its words; its vectors come later. */
    void take(PieceStore.Read piece) {
        Integer known = numbers.get(piece.place());
        piece.vectors().forEach(vector -> bytes += VECTOR_OVERHEAD + vector.bytes().length);
        if (known != null) {
            vectors.set(known, piece.vectors());
            return;
        }
        List<String> said = Words.of(piece.text());
        numbers.put(piece.place(), places.size());
        places.add(piece.place());
        vectors.add(piece.vectors());
        lengths.add(said.size());
        words.add(said);
        bytes += OVERHEAD + (long) POSTING * said.size();
    }

    /** Up to which revision a file has been read; 0 for a new one. */
    long revision(ContextId file) {
        return revisions.getOrDefault(file, 0L);
    }

    void reached(ContextId file, long revision) {
        revisions.put(file, revision);
    }

    /** Whether a file in here is the agent's no more. */
    boolean isOutOf(Collection<ContextId> files) {
        return !files.containsAll(revisions.keySet());
    }

    long bytes() {
        return bytes;
    }

    /** The pieces that fit best, by words and, if that is known, by meaning. */
    List<PieceStore.Place> best(String question, @Nullable Vector meaning, int most) {
        float[] scores = words.scores(Words.of(question), lengths::get);
        List<Integer> byWords = numbers(Ranking.best(places.size(), place -> scores[place], 0));
        List<Integer> byMeaning = meaning == null
                ? List.of()
                : numbers(Ranking.best(places.size(), place -> cosine(place, meaning), Ranking.LEAST_ALIKE));
        return Ranking.fused(byWords, byMeaning).entrySet().stream()
                .sorted(Map.Entry.<Integer, Double>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(most)
                .map(entry -> places.get(entry.getKey()))
                .toList();
    }

    private static List<Integer> numbers(List<Ranking.Placed> placed) {
        return placed.stream().map(Ranking.Placed::place).toList();
    }

    private double cosine(int place, Vector meaning) {
        double best = NONE;
        for (Vector vector : vectors.get(place)) {
            best = Math.max(best, vector.cosine(meaning));
        }
        return best;
    }
}
