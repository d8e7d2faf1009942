package dev.drover.core.run;

import dev.drover.core.id.Ids;
import dev.drover.core.id.RunId;
import java.time.Instant;
import java.util.UUID;

/**
 * One stored entry of a run's log.
 *
 * @param seq its place among all entries: 1, 2, 3, without gaps
 * @param step its place among the entries that tell people a step, without gaps; 0 for the others (pieces of a
 *     reply, calls to the model)
 */
public record Event(RunId run, long seq, long step, Instant at, Entry entry) {
    public UUID id() {
        return Ids.derived(run.value(), seq, at);
    }
}
