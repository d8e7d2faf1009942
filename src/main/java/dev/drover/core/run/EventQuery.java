package dev.drover.core.run;

import dev.drover.core.Refused;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which events of a whole log are wanted, by their place among all.
 *
 * @param after only behind this one; 0 for the beginning
 * @param before only those ahead of this one, the last of them first chosen; null when they are wanted from the front
 * @param limit at most so many
 * @param kinds only these; empty for all
 * @param text only those that hold it, in any case; empty for all
 * @param pieces whether the pieces of replies that are whole by now are wanted too
 */
public record EventQuery(
        long after, @Nullable Long before, int limit, Set<EventKind> kinds, String text, boolean pieces) {
    private static final int LONGEST_TEXT = 200;

    public EventQuery {
        kinds = Set.copyOf(kinds);
        Refused.when(
                text.length() > LONGEST_TEXT,
                "text",
                "has " + text.length() + " characters; a search takes at most " + LONGEST_TEXT);
        Refused.when(text.indexOf('\0') >= 0, "text", "holds a NUL character, which no log does");
    }

    /** The same with another limit. */
    EventQuery limited(int other) {
        return new EventQuery(after, before, other, kinds, text, pieces);
    }

    /** Where it begins to look. */
    long place() {
        return before == null ? after : before;
    }

    /** What was found on the way, oldest first. */
    List<Event> inOrder(List<Event> found) {
        return before == null ? found : found.reversed();
    }

    /** The same from another place on. */
    EventQuery from(Event last) {
        return before == null
                ? new EventQuery(last.seq(), null, limit, kinds, text, pieces)
                : new EventQuery(after, last.seq(), limit, kinds, text, pieces);
    }
}
