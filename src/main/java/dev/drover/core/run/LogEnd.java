package dev.drover.core.run;

import dev.drover.core.id.RunId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a log ends: the numbers of its last event and of its last step.
 *
 * @param digest of the last event; null when there is none, or it was stored by a version that had no digests
 */
record LogEnd(long seq, long step, @Nullable Digest digest) {
    /** Of a log without events. */
    static final LogEnd NOTHING = new LogEnd(0, 0, null);

    LogEnd behind(LogLine line) {
        Event event = line.event();
        return new LogEnd(event.seq(), event.step() > 0 ? event.step() : step, line.digest());
    }

    /** The entries as the next lines of this log. */
    List<LogLine> continued(RunId run, List<Entry> entries, Instant now, EventCodec codec) {
        Instant at = now.truncatedTo(ChronoUnit.MILLIS);
        List<LogLine> lines = new ArrayList<>(entries.size());
        LogEnd end = this;
        for (Entry entry : entries) {
            Event event = new Event(run, end.seq + 1, Labels.isStep(entry) ? end.step + 1 : 0, at, entry);
            LogLine line = LogLine.of(end, event, codec);
            lines.add(line);
            end = end.behind(line);
        }
        return lines;
    }
}
