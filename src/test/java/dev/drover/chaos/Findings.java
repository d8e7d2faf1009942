package dev.drover.chaos;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import java.util.ArrayList;
import java.util.List;

/** What was found that must not be. */
final class Findings {
    private final List<String> violations = new ArrayList<>();

    @FormatMethod
    synchronized void expect(boolean holds, @FormatString String otherwise, Object... values) {
        if (!holds) {
            violations.add(otherwise.formatted(values));
        }
    }

    synchronized List<String> all() {
        return List.copyOf(violations);
    }
}
