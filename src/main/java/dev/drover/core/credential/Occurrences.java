package dev.drover.core.credential;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Finds many words in a text at once, and what stands in their place when they are hidden. */
final class Occurrences {
    private static final String STARS = "***";

    private final Map<Character, List<Word>> byFirst = new HashMap<>();

    /** @param words with the name each is hidden under */
    Occurrences(Map<String, String> words) {
        words.forEach((text, name) -> add(new Word(text, name)));
        // Found as themselves, so that what is hidden is not hidden again, whatever the name looks like.
        words.values().stream().distinct().forEach(name -> add(new Word(STARS + name + STARS, name)));
    }

    private void add(Word word) {
        byFirst.computeIfAbsent(word.text().charAt(0), first -> new ArrayList<>())
                .add(word);
    }

    String hidden(String text) {
        return hidden(text, in(text));
    }

    /** A word that begins behind half an escape is none. */
    String hiddenInJson(String text) {
        return hidden(text, finds(text, at -> !isEscaped(text, at)));
    }

    private static String hidden(String text, List<Found> finds) {
        if (finds.isEmpty()) {
            return text;
        }
        StringBuilder hidden = new StringBuilder(text.length());
        int from = 0;
        for (Found found : finds) {
            hidden.append(text, from, found.begin())
                    .append(STARS)
                    .append(found.name())
                    .append(STARS);
            from = found.end();
        }
        return hidden.append(text, from, text.length()).toString();
    }

    private static boolean isEscaped(String text, int at) {
        int slashes = 0;
        while (at - slashes > 0 && text.charAt(at - slashes - 1) == '\\') {
            slashes++;
        }
        return slashes % 2 == 1;
    }

    /** In order and apart; words that overlap are one find, under the name of the first. */
    List<Found> in(String text) {
        return finds(text, at -> true);
    }

    private List<Found> finds(String text, IntPredicate begins) {
        List<Found> finds = new ArrayList<>();
        for (int at = 0; at < text.length() && !byFirst.isEmpty(); at++) {
            Word longest = longest(text, at);
            if (longest == null || !begins.test(at)) {
                continue;
            }
            int end = at + longest.text().length();
            if (!finds.isEmpty() && finds.getLast().end() > at) {
                Found before = finds.removeLast();
                finds.add(new Found(before.begin(), Math.max(before.end(), end), before.name()));
            } else {
                finds.add(new Found(at, end, longest.name()));
            }
        }
        return finds;
    }

    private @Nullable Word longest(String text, int at) {
        Word longest = null;
        for (Word word : byFirst.getOrDefault(text.charAt(at), List.of())) {
            boolean longer =
                    longest == null || word.text().length() > longest.text().length();
            if (longer && text.startsWith(word.text(), at)) {
                longest = word;
            }
        }
        return longest;
    }

    /** Up to where a text that goes on holds no beginning of a word. */
    int settled(String text) {
        int settled = 0;
        while (settled < text.length() && !mayBegin(text, settled)) {
            settled++;
        }
        for (Found found : in(text)) {
            if (found.begin() < settled && settled < found.end()) {
                return found.begin();
            }
        }
        return settled;
    }

    private boolean mayBegin(String text, int at) {
        int rest = text.length() - at;
        for (Word word : byFirst.getOrDefault(text.charAt(at), List.of())) {
            if (word.text().length() > rest && text.regionMatches(at, word.text(), 0, rest)) {
                return true;
            }
        }
        return false;
    }

    record Found(int begin, int end, String name) {}

    /** Its text is secret: it is never printed. */
    private record Word(String text, String name) {
        @Override
        public String toString() {
            return "Word[" + name + "]";
        }
    }
}
