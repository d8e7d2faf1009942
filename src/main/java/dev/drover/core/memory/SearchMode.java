package dev.drover.core.memory;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** By what memories are searched: their words, their meaning, or both. */
public enum SearchMode {
    HYBRID,
    SEMANTIC,
    KEYWORD;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<SearchMode> of(String word) {
        return Arrays.stream(values()).filter(mode -> mode.word().equals(word)).findFirst();
    }
}
