package dev.drover.core.run;

import java.util.Set;

/**
 * Which steps of a log are wanted.
 *
 * @param after the step to start behind, in the direction asked for; 0 for the first page
 * @param limit at most so many
 * @param kinds only these; empty for all
 */
public record LogQuery(long after, int limit, boolean newestFirst, Set<EventKind> kinds) {
    public LogQuery {
        kinds = Set.copyOf(kinds);
    }
}
