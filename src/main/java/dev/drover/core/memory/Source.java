package dev.drover.core.memory;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Where a memory came from. */
public enum Source {
    MANUAL,
    AUTO_EXTRACTED,
    CONSOLIDATED;

    /** As it is stored and shown. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Source> of(String word) {
        return Arrays.stream(values())
                .filter(source -> source.word().equals(word))
                .findFirst();
    }
}
