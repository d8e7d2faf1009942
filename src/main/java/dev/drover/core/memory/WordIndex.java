package dev.drover.core.memory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;

/**
 * Which numbered texts hold which words, and BM25 over them. A word of a query also meets words that begin with it, and
 * those it is a slightly longer form of, at half the weight: that does for endings in most languages.
 */
public final class WordIndex {
    private static final double K1 = 1.2;
    private static final double B = 0.75;
    private static final float KIN = 0.5f;
    private static final int SHORTEST_STEM = 4;
    private static final int LONGEST_ENDING = 2;
    private static final int MOST_KIN = 24;
    private static final int MOST_QUERY_WORDS = 128;

    /** The same twice: in order for kin, hashed because that is many times faster to fill. */
    private final TreeMap<String, Postings> ordered = new TreeMap<>();

    private final Map<String, Postings> postings = new HashMap<>();
    private long totalLength;
    private int texts;

    /** The number of the text is the number of texts before it. */
    public void add(List<String> words) {
        Map<String, Integer> counts = new HashMap<>();
        words.forEach(word -> counts.merge(word, 1, Integer::sum));
        counts.forEach(
                (word, count) -> postings.computeIfAbsent(word, this::first).add(texts, count));
        totalLength += words.size();
        texts++;
    }

    private Postings first(String word) {
        Postings fresh = new Postings();
        ordered.put(word, fresh);
        return fresh;
    }

    /** How much a word tells: the more, the fewer texts hold it. */
    public double weight(String word) {
        Postings found = postings.get(word);
        return weight(found == null ? 0 : found.size);
    }

    private double weight(int holders) {
        return Math.log(1 + (texts - holders + 0.5) / (holders + 0.5));
    }

    /**
     * The BM25 of every text, by its number; 0 for those that share no word with the query.
     *
     * @param lengths how many words a text has, by its number
     */
    public float[] scores(List<String> query, IntUnaryOperator lengths) {
        float[] scores = new float[texts];
        float[] ofWord = new float[texts];
        double usualLength = texts == 0 ? 1 : Math.max(1, (double) totalLength / texts);
        SequencedSet<String> words = new LinkedHashSet<>(query);
        words.stream().limit(MOST_QUERY_WORDS).forEach(word -> {
            // Of a word and its kin the best counts, so that a text is not praised twice for one thing.
            Arrays.fill(ofWord, 0);
            for (Meeting meeting : meetings(word)) {
                score(meeting, lengths, usualLength, ofWord);
            }
            for (int i = 0; i < scores.length; i++) {
                scores[i] += ofWord[i];
            }
        });
        return scores;
    }

    private void score(Meeting meeting, IntUnaryOperator lengths, double usualLength, float[] scores) {
        Postings found = meeting.postings();
        double weight = weight(found.size) * meeting.share();
        for (int i = 0; i < found.size; i++) {
            int text = found.texts[i];
            double length = 1 - B + B * lengths.applyAsInt(text) / usualLength;
            double score = weight * found.counts[i] * (K1 + 1) / (found.counts[i] + K1 * length);
            scores[text] = Math.max(scores[text], (float) score);
        }
    }

    private List<Meeting> meetings(String word) {
        List<Meeting> meetings = new ArrayList<>();
        Postings same = postings.get(word);
        if (same != null) {
            meetings.add(new Meeting(same, 1));
        }
        boolean unspaced = Words.isUnspaced(word.codePointAt(0));
        if (word.length() >= SHORTEST_STEM || (unspaced && word.length() == 1)) {
            ordered.tailMap(word, false).entrySet().stream()
                    .takeWhile(entry -> entry.getKey().startsWith(word))
                    .limit(MOST_KIN)
                    .forEach(entry -> meetings.add(new Meeting(entry.getValue(), KIN)));
        }
        for (int cut = 1; cut <= LONGEST_ENDING && word.length() - cut >= SHORTEST_STEM - 1; cut++) {
            Postings stem = postings.get(word.substring(0, word.length() - cut));
            if (stem != null) {
                meetings.add(new Meeting(stem, KIN));
            }
        }
        return meetings;
    }

    private record Meeting(Postings postings, float share) {}

    /** The texts that hold one word, and how often. */
    private static final class Postings {
        private int[] texts = new int[2];
        private short[] counts = new short[2];
        private int size;

        void add(int text, int count) {
            if (size == texts.length) {
                texts = Arrays.copyOf(texts, size * 2);
                counts = Arrays.copyOf(counts, size * 2);
            }
            texts[size] = text;
            counts[size] = (short) Math.min(count, Short.MAX_VALUE);
            size++;
        }
    }
}
