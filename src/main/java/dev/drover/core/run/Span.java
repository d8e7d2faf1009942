package dev.drover.core.run;

import dev.drover.core.model.Usage;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of a run's time.
 *
 * @param seq the entry that it began with
 * @param name the model or the tool; what was waited for
 * @param until null while it lasts
 * @param usage the tokens of a model's reply; none else
 */
public record Span(
        Kind kind,
        long seq,
        String name,
        Instant from,
        @Nullable Instant until,
        Usage usage,
        boolean failed) {
    /** Where time goes. */
    public enum Kind {
        MODEL,
        TOOL,
        WAITING
    }

    Span ended(Instant at, boolean badly) {
        return new Span(kind, seq, name, from, at, usage, badly);
    }

    Span answered(String by, Instant at, Usage used) {
        return new Span(kind, seq, by.isEmpty() ? name : by, from, at, used, false);
    }
}
