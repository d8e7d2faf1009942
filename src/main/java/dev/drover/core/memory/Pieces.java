package dev.drover.core.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Cuts a long text into pieces that overlap, each short enough for a model's window. */
public final class Pieces {
    /** A letter of most scripts but the Latin takes as much of a window as several Latin ones. */
    private static final int FOREIGN = 3;

    private static final int OVERLAP = 5;

    private Pieces() {}

    /** The whole text when it fits. A piece ends between two words if it can, and shares a fifth with the next. */
    public static List<String> of(String text, int window) {
        List<String> pieces = new ArrayList<>();
        int rest = cut(text, window, pieces::add);
        pieces.add(text.substring(rest).strip());
        return pieces;
    }

    /** The same for a text that may go on: gives the pieces that are sure, and returns where the last one begins. */
    public static int cut(CharSequence text, int window, Consumer<String> pieces) {
        int start = 0;
        while (true) {
            int end = end(text, start, window);
            if (end == text.length()) {
                return start;
            }
            pieces.accept(text.subSequence(start, end).toString().strip());
            start = Math.max(start + 1, wordStart(text, end - (end - start) / OVERLAP, end));
        }
    }

    private static int end(CharSequence text, int start, int window) {
        int weight = 0;
        int lastGap = -1;
        for (int i = start; i < text.length(); i += Character.charCount(Character.codePointAt(text, i))) {
            int character = Character.codePointAt(text, i);
            weight += character < 0x250 ? 1 : FOREIGN;
            if (weight > window) {
                boolean gapIsFar = lastGap < start + (i - start) / 2;
                return gapIsFar ? Math.max(i, start + 1) : lastGap;
            }
            if (Character.isWhitespace(character)) {
                lastGap = i;
            }
        }
        return text.length();
    }

    private static int wordStart(CharSequence text, int from, int end) {
        for (int i = from; i < end; i++) {
            if (Character.isWhitespace(text.charAt(i))) {
                return i + 1;
            }
        }
        return Character.isLowSurrogate(text.charAt(from)) ? from + 1 : from;
    }
}
