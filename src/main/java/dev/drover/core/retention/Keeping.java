package dev.drover.core.retention;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long things are kept; null is for ever.
 *
 * @param runs since their end, with all that belongs to them
 * @param events of runs, since the end of theirs; the run itself, its end and its result stay
 * @param deliveries of webhooks that are settled
 * @param audit what the audit and the activity of squads tell
 */
public record Keeping(
        @Nullable Duration runs,
        @Nullable Duration events,
        @Nullable Duration deliveries,
        @Nullable Duration audit) {
    /** After which a log has only its end: a run that goes is pruned beforehand. */
    @Nullable Duration wholeLogs() {
        if (runs == null || events == null) {
            return runs == null ? events : runs;
        }
        return runs.compareTo(events) < 0 ? runs : events;
    }
}
