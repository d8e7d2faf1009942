package dev.drover.core.memory;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The words of a text in any language: lower case, without accents. Scripts that put no space between words give every
 * pair of neighbouring characters instead.
 */
public final class Words {
    private static final Pattern ACCENTS = Pattern.compile("[\u0300-\u036F]+");
    private static final int LONGEST = 64;

    private Words() {}

    public static List<String> of(String text) {
        List<String> words = new ArrayList<>();
        int[] characters = folded(text).codePoints().toArray();
        int start = 0;
        for (int i = 0; i <= characters.length; i++) {
            boolean ends = i == characters.length
                    || !isWord(characters[i])
                    || (i > start && isUnspaced(characters[i]) != isUnspaced(characters[i - 1]));
            if (ends) {
                add(words, characters, start, i);
                start = i < characters.length && isWord(characters[i]) ? i : i + 1;
            }
        }
        return words;
    }

    private static String folded(String text) {
        if (text.chars().allMatch(character -> character < 0x80)) {
            return text.toLowerCase(Locale.ROOT);
        }
        String apart = Normalizer.normalize(text, Normalizer.Form.NFKD);
        return Normalizer.normalize(ACCENTS.matcher(apart).replaceAll(""), Normalizer.Form.NFC)
                .toLowerCase(Locale.ROOT);
    }

    private static void add(List<String> words, int[] characters, int start, int end) {
        if (end - start < 1) {
            return;
        }
        if (!isUnspaced(characters[start])) {
            words.add(new String(characters, start, Math.min(end - start, LONGEST)));
            return;
        }
        if (end - start == 1) {
            words.add(new String(characters, start, 1));
        }
        for (int i = start; i + 1 < end; i++) {
            words.add(new String(characters, i, 2));
        }
    }

    /** The signs that some scripts set above and below their letters belong to the word as well. */
    private static boolean isWord(int character) {
        return switch (Character.getType(character)) {
            case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK -> true;
            default -> Character.isLetterOrDigit(character);
        };
    }

    static boolean isUnspaced(int character) {
        if (character < 0x0E00) {
            return false;
        }
        return switch (Character.UnicodeScript.of(character)) {
            case HAN, HIRAGANA, KATAKANA, THAI, LAO, KHMER, MYANMAR -> true;
            default -> false;
        };
    }
}
