package dev.drover.core.scenario;

import java.text.Normalizer;
import java.util.HashSet;
import java.util.Set;

/** Names that models may call, out of those that people gave: 1 to 64 letters, digits, '_' and '-', each once. */
final class ToolNames {
    private static final int LONGEST = 64;

    private final Set<String> taken = new HashSet<>();

    /** The name made to fit, with the number behind it when another tool has it or nothing of it was left. */
    String of(String given, int number) {
        String plain = cut(cleaned(given), LONGEST);
        if (!plain.isEmpty() && taken.add(plain)) {
            return plain;
        }
        String stem = plain.isEmpty() ? "tool" : plain;
        String name = numbered(stem, "_" + number);
        for (int more = 2; !taken.add(name); more++) {
            name = numbered(stem, "_" + number + "_" + more);
        }
        return name;
    }

    private static String numbered(String stem, String tail) {
        return cut(stem, LONGEST - tail.length()) + tail;
    }

    private static String cut(String name, int length) {
        return name.substring(0, Math.min(length, name.length()));
    }

    /** Accents go and letters stay; whatever else there is becomes one line under. */
    private static String cleaned(String given) {
        return Normalizer.normalize(given, Normalizer.Form.NFKD)
                .replaceAll("\\p{M}+", "")
                .replaceAll("[^A-Za-z0-9_-]+", "_")
                .replaceAll("^_+|_+$", "");
    }
}
