package dev.drover.core.heartbeat;

import dev.drover.core.id.RunId;
import dev.drover.core.run.LogCheck;
import dev.drover.core.run.Violation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks that the logs of runs are as they were written, as far as they have numbers and hashes. */
public final class HeartbeatLogCheck {
    private static final int RUNS = 50;
    private static final String CHANGED = "; somebody other than Drover changed the table; compare with a backup";

    private final HeartbeatLogStore store;

    public HeartbeatLogCheck(HeartbeatLogStore store) {
        this.store = store;
    }

    /** Some whole logs behind that of the run given: so many that nobody waits for long. */
    public LogCheck.Checked some(@Nullable RunId after) {
        List<HeartbeatLogStore.Row> rows = store.read(after, RUNS);
        List<Violation> found = new ArrayList<>();
        long events = 0;
        for (HeartbeatLogStore.Row row : rows) {
            events += row.events();
            check(row, found);
        }
        RunId last = rows.size() < RUNS ? null : rows.getLast().run();
        return new LogCheck.Checked(rows.size(), events, found, last);
    }

    private static void check(HeartbeatLogStore.Row row, List<Violation> found) {
        Integer gap = row.gap();
        if (gap != null) {
            found.add(violation(row, gap, "event " + gap + " of the heartbeat run is missing"));
        }
        if (row.isTorn()) {
            found.add(violation(row, 0, "pieces of what the programs of the run printed are missing or overlap"));
        } else if (row.isOther()) {
            found.add(violation(
                    row,
                    0,
                    "what the programs of the run printed is not what was kept when it ended: the hash differs"));
        }
    }

    private static Violation violation(HeartbeatLogStore.Row row, long seq, String text) {
        return new Violation(Violation.Kind.LOG, row.agent(), row.run(), seq, text + CHANGED);
    }
}
