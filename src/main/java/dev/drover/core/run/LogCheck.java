package dev.drover.core.run;

import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.id.RunId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Checks that logs are as they were written: numbers without gaps, chains of digests, intents, ends. */
public final class LogCheck {
    private static final int RUNS = 500;
    private static final int EVENTS = 50_000;

    private final RunStores stores;
    private final int mostRuns;
    private final int mostEvents;

    public LogCheck(RunStores stores) {
        this(stores, RUNS, EVENTS);
    }

    /** @param mostRuns of which some are read at once, fewer when they have more events than so many */
    LogCheck(RunStores stores, int mostRuns, int mostEvents) {
        this.stores = stores;
        this.mostRuns = mostRuns;
        this.mostEvents = mostEvents;
    }

    /**
     * What came of checking some logs.
     *
     * @param last the last of them; null when there are no more
     */
    public record Checked(
            long runs,
            long events,
            List<Violation> found,
            @Nullable RunId last) {
        public Checked {
            found = List.copyOf(found);
        }
    }

    /** Some whole logs behind that of the run given: so many that nobody waits for long. */
    public Checked some(@Nullable RunId after) {
        Reading reading = new Reading();
        stores.checks().read(after, mostRuns, reading);
        return reading.done(reading.broken || reading.runs == mostRuns);
    }

    /** One log; refused when there is no such run. */
    public Checked one(RunId run) {
        Reading reading = new Reading();
        stores.checks().read(run, reading);
        if (reading.runs == 0) {
            throw new Refused(new Problem.NotFound(Problem.Thing.RUN, run.toString()));
        }
        return reading.done(false);
    }

    /** Breaks off between two logs when it has seen enough. */
    private final class Reading implements Predicate<LogRow> {
        private final List<Violation> found = new ArrayList<>();
        private @Nullable LogVerdict current;
        private long runs;
        private long events;
        private boolean broken;

        @Override
        public boolean test(LogRow row) {
            LogVerdict verdict = current;
            if (verdict == null || !verdict.owner().run().equals(row.owner().run())) {
                if (events >= mostEvents) {
                    broken = true;
                    return false;
                }
                finish();
                verdict = new LogVerdict(row.owner(), stores.events().codec());
                current = verdict;
                runs++;
            }
            verdict.take(row);
            events += row.seq() > 0 ? 1 : 0;
            return true;
        }

        private void finish() {
            if (current != null) {
                found.addAll(current.whole());
            }
        }

        Checked done(boolean more) {
            finish();
            RunId last = more ? Objects.requireNonNull(current).owner().run() : null;
            return new Checked(runs, events, found, last);
        }
    }
}
