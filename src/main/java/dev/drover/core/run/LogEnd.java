package dev.drover.core.run;

import dev.drover.core.id.RunId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Where a log ends: the numbers of its last event and of its last step. */
record LogEnd(long seq, long step) {
    /** Of a log in which every event so far is a step. */
    static LogEnd at(Event last) {
        return new LogEnd(last.seq(), last.step());
    }

    LogEnd behind(Entry entry) {
        return new LogEnd(seq + 1, Labels.isStep(entry) ? step + 1 : step);
    }

    /** The entries as the next events of this log. */
    List<Event> continued(RunId run, List<Entry> entries, Instant now) {
        Instant at = now.truncatedTo(ChronoUnit.MILLIS);
        List<Event> events = new ArrayList<>(entries.size());
        LogEnd end = this;
        for (Entry entry : entries) {
            end = end.behind(entry);
            events.add(new Event(run, end.seq, Labels.isStep(entry) ? end.step : 0, at, entry));
        }
        return events;
    }
}
