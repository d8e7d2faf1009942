package dev.drover.core.context;

import dev.drover.core.memory.Pieces;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Cuts a text into pieces while it arrives, and keeps how it begins. */
final class Cutter implements Consumer<String> {
    /** Five pieces go to a model at once; an embedding model may read more than is good for that. */
    static final int LONGEST_PIECE = 1_000;

    private static final int ENOUGH = 32 * 1024;
    private static final int LONGEST_DESCRIPTION = 200;

    private final int window;
    private final StringBuilder rest = new StringBuilder();
    private final List<String> pieces = new ArrayList<>();

    Cutter(int window) {
        this.window = Math.min(window, LONGEST_PIECE);
    }

    @Override
    public void accept(String text) {
        rest.append(text.replace('\0', ' '));
        if (rest.length() >= ENOUGH) {
            rest.delete(0, Pieces.cut(rest, window, this::keep));
        }
    }

    /** All pieces, now that nothing follows; none when there was no text. */
    List<String> pieces() {
        rest.delete(0, Pieces.cut(rest, window, this::keep));
        keep(rest.toString().strip());
        rest.setLength(0);
        return pieces;
    }

    private void keep(String piece) {
        if (!piece.isBlank()) {
            pieces.add(piece);
        }
    }

    /** The first line with a letter or a digit in it, without the marks of a heading. */
    static String description(List<String> pieces) {
        String line = pieces.getFirst()
                .lines()
                .map(each -> each.replaceFirst("^[#>*\\s]+", "").strip())
                .filter(each -> each.codePoints().anyMatch(Character::isLetterOrDigit))
                .findFirst()
                .orElse(pieces.getFirst().lines().findFirst().orElse(""));
        if (line.length() <= LONGEST_DESCRIPTION) {
            return line;
        }
        int gap = line.lastIndexOf(' ', LONGEST_DESCRIPTION - 1);
        int end = gap > LONGEST_DESCRIPTION / 2 ? gap : LONGEST_DESCRIPTION - 1;
        return line.substring(0, Character.isLowSurrogate(line.charAt(end)) ? end - 1 : end) + "…";
    }
}
