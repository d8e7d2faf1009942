package dev.drover.cli;

import java.util.ArrayList;
import java.util.List;

/** Breaks text into lines between its words. */
final class Paragraph {
    private Paragraph() {}

    /** At least one line; only a word that is too long by itself goes beyond the width. */
    static List<String> wrapped(String text, int width) {
        List<String> lines = new ArrayList<>();
        for (String line : text.lines().toList()) {
            StringBuilder part = new StringBuilder();
            for (String word : line.split(" ", -1)) {
                if (!part.isEmpty() && part.length() + word.length() >= width) {
                    lines.add(part.toString());
                    part.setLength(0);
                }
                part.append(part.isEmpty() ? "" : " ").append(word);
            }
            lines.add(part.toString());
        }
        return lines.isEmpty() ? List.of("") : lines;
    }
}
